"""Text at the boundary: cleaning, folding for search, dates and amounts as Vietnamese offices write them."""

import re
import unicodedata
from datetime import date

from db.fields import PartialDate
from services.errors import Invalid

_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(  # the last three: half characters and those no XML (so no Excel file) may hold
    r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ud800-\udfff\ufffe\uffff]"
)
_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z")
_MONTH = re.compile(r"(\d{1,2})[/.\-](\d{4})\Z")
_YEAR = re.compile(r"\d{4}\Z")
_AMOUNT = re.compile(r"(\d{1,3}([. ]\d{3})+|\d+)\s*(đ|đồng|vnđ|vnd)?\Z", re.IGNORECASE)
MOST_DIGITS = 18  # of an amount: what a column holds
_MARKS = dict.fromkeys(map(ord, "đĐðÐɖƉ"), "d")  # the last four only look like the first two

NOT_AN_AMOUNT = "Số tiền phải là số nguyên, ví dụ 1.440.000."


def clean(text: str) -> str:
    """NFC, no control or direction marks, single inner spaces, nothing outside. Lines are kept."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    text = _CONTROL.sub("", text)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def fold(text: str) -> str:
    """For search and comparison: no marks, no case, `đ` is `d`. `Đỗ Thị Hòa` → `do thi hoa`."""
    decomposed = unicodedata.normalize("NFD", clean(text).translate(_MARKS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def parse_date(text: str) -> date:
    """`dd/mm/yyyy` with `/ - .`, day first. Raises Invalid when it is not such a day."""
    match = _DATE.match(clean(text))
    if not match:
        raise Invalid(sentence="Ghi ngày/tháng/năm, ví dụ 05/03/2018.")
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise Invalid(sentence="Ngày này không có trong lịch.") from None


def parse_partial(text: str) -> PartialDate:
    """`dd/mm/yyyy`, `mm/yyyy` or `yyyy`; what is not known stays unknown."""
    text = clean(text)
    try:
        if _YEAR.match(text):
            return PartialDate(text)
        if match := _MONTH.match(text):
            return PartialDate(f"{match[2]}-{int(match[1]):02d}")
        if _DATE.match(text):
            return PartialDate(parse_date(text).isoformat())
    except ValueError:
        pass
    raise Invalid(sentence="Ghi ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 05/03/1999, 03/1999, 1999.")


def parse_amount(text: str) -> int:
    """`1.440.000 đ` → 1440000 (đồng). Raises Invalid when it is not a whole amount."""
    match = _AMOUNT.match(clean(text))
    digits = re.sub(r"\D", "", match[1]) if match else ""
    if not 0 < len(digits) <= MOST_DIGITS:
        raise Invalid(sentence=NOT_AN_AMOUNT)
    return int(digits)


def vn_date(day: date | PartialDate | None) -> str:
    """03/04/1999, 04/1999 or 1999, as much as is known."""
    if day is None:
        return ""
    return "/".join(reversed((day if isinstance(day, str) else day.isoformat()).split("-")))


def vn_number(number: int | float | None, digits: int = 0) -> str:
    """1.440.000 and 92,9."""
    if number is None:
        return ""
    text = f"{number:,.{digits}f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
