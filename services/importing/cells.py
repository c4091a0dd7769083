"""What stands in one cell, read strictly: a day, a birth, an amount, an identity number, a text.

Each function returns the value, or raises Invalid with the sentence of the refusal. A second value,
where there is one, is the sentence of a warning.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import from_excel

from db.fields import PartialDate
from services.errors import Invalid
from services.support import MOST, NOT_LIKELY
from services.text import NOT_AN_AMOUNT, clean, fold, parse_amount, parse_date, parse_partial, vn_date

Cell = str | int | float | bool | datetime | date | time | timedelta | None

DASHES = frozenset({"-", "–", "—", "_", "…", "...", ".", "/"})
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"})
AROUND_SIGNS = re.compile(r"\s*([/.\-])\s*")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T ]00:00(:00)?)?\Z")
COMMAS = re.compile(r"\d{1,3}(,\d{3}){2,}\Z")
SERIALS = range(20_000, 80_000)  # Excel's days 1954–2119: a date whose cell lost its format
YEARS = range(1900, 2101)
REGAINED = {8: 9, 11: 12}  # typed as a number, an identity number lost its leading zero


@dataclass(frozen=True)
class Support:
    """A cell of one kind of support. `delivered` with `amount` None: not money."""

    delivered: bool = False
    refused: bool = False
    amount: int | None = None


NEED, REFUSED, GIVEN = Support(), Support(refused=True), Support(delivered=True)
SUPPORT_WORDS = {"co nhu cau": NEED, "tu choi": REFUSED, "x": GIVEN}


def text_of(value: Cell) -> str:
    """The cell as text; empty for nothing and for a lone dash."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, date):
        return vn_date(value.date() if isinstance(value, datetime) else value)
    text = clean(str(value))
    if text in ERRORS:
        raise Invalid(sentence="Ô này báo lỗi công thức.")
    return "" if text in DASHES else text


def day(value: Cell, epoch: datetime) -> tuple[date | None, str]:
    """A day: an Excel date, text, or a date that lost its format (with a warning)."""
    if isinstance(value, datetime):
        return value.date(), ""
    if isinstance(value, date):
        return value, ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(value, epoch)
    text = AROUND_SIGNS.sub(r"\1", text_of(value))
    if not text:
        return None, ""
    if match := ISO.match(text):
        text = f"{match[3]}/{match[2]}/{match[1]}"
    return parse_date(text), ""


def birth(value: Cell, epoch: datetime) -> tuple[PartialDate | None, str]:
    """A birth: a day, a month or a year, as much as is written."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value in YEARS:
        return PartialDate(str(int(value))), ""
    if isinstance(value, str):
        text = AROUND_SIGNS.sub(r"\1", text_of(value))
        if not text:
            return None, ""
        if not ISO.match(text):
            return parse_partial(text), ""
    found, warning = day(value, epoch)
    return (PartialDate(found.isoformat()) if found else None), warning


def support(value: Cell) -> tuple[Support | None, str]:
    """Empty, a need, a refusal, a support without money, or an amount in đồng."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _given(_whole(value))
    text = text_of(value)
    if not text:
        return None, ""
    if known := SUPPORT_WORDS.get(fold(text)):
        return known, ""
    return _given(parse_amount(text.replace(",", "") if COMMAS.match(text) else text))


def identity(value: Cell) -> tuple[str | None, str, str]:
    """(number, warning, what is kept in the notes): 9 or 12 digits, a lost zero regained."""
    text = text_of(value)
    if not text:
        return None, "", ""
    digits = re.sub(r"[\s.\-]", "", text)
    if digits.isascii() and digits.isdigit() and len(digits) in REGAINED:
        whole = digits.zfill(REGAINED[len(digits)])
        return whole, f"Số có {len(digits)} chữ số: đã thêm lại số 0 ở đầu.", ""
    if digits.isascii() and digits.isdigit() and len(digits) in REGAINED.values():
        return digits, "", ""
    return None, "Số không đủ 9 hoặc 12 chữ số: được giữ trong ghi chú.", text


def _serial(value: int | float, epoch: datetime) -> tuple[date, str]:
    if abs(value) < SERIALS.stop and int(value) in SERIALS:  # neither endless nor no number
        found: Any = from_excel(int(value), epoch)
        if isinstance(found, datetime):
            return found.date(), f"Ô là số {int(value)}, đọc là ngày {vn_date(found.date())}."
    raise Invalid(sentence="Ngày phải ghi dạng ngày/tháng/năm.")


def _whole(value: int | float) -> int:
    if value != value or value in (float("inf"), float("-inf")) or value != int(value) or value < 0:
        raise Invalid(sentence=NOT_AN_AMOUNT)
    return int(value)


def _given(amount: int) -> tuple[Support, str]:
    if amount > MOST:
        raise Invalid(sentence=NOT_LIKELY)
    if amount == 0:
        return GIVEN, "Số tiền bằng 0: ghi là đã hỗ trợ, không bằng tiền."
    return Support(delivered=True, amount=amount), ""


def shown(value: Cell) -> str:
    """The cell as text for the notes, whatever stands in it."""
    try:
        return text_of(value)
    except Invalid:
        return ""
