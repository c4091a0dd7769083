"""The legal values this office fills in itself: time limits, rates, holidays, each with its document.

The national tables are never edited; what is entered here holds where they are empty or unverified.
"""

from dataclasses import dataclass
from datetime import date

from db.plan import OfficeValue
from services import law
from services.access import Right, require
from services.errors import Invalid
from services.law import MissingValue
from services.law.values import HOURS, MONTHS, WORKING, all_deadlines, all_norms
from services.lifecycle import not_future
from services.limits import office_figures
from services.text import clean
from services.work import Work

HOLIDAY, HOLIDAY_WORDS = "holiday", "Một ngày nghỉ lễ, tết"
DAYS, DONG = "ngày", "đồng"
LIMIT_UNITS = (DAYS, WORKING, MONTHS, HOURS)
NUMBERED = ("deadline:", "norm:")  # what a number can say; lists and forms are texts


@dataclass(frozen=True)
class Entered:
    """A value the office entered, with the words of what it is."""

    label: str
    value: int
    unit: str
    effective_from: date
    document: str
    document_date: date


def missing(work: Work, day: date | None = None) -> list[MissingValue]:
    """What is still empty on a day (today). Raises Refused without the right to see the plan."""
    require(work, Right.PLAN)
    return law.missing(day or work.today, office_figures(work))


def entered(work: Work) -> list[Entered]:
    """Everything the office entered, the latest effect first."""
    require(work, Right.PLAN)
    found = sorted(office_figures(work), key=lambda row: row.effective_from, reverse=True)
    return [
        Entered(label_of(row.key), row.value, row.unit, row.effective_from, row.document, row.document_date)
        for row in found
    ]


def choices(work: Work, day: date) -> list[tuple[str, str]]:
    """(key, words) of what may be entered for a day: what is empty then, what the office set before, a holiday."""
    found = {value.key: value.label for value in missing(work, day) if value.key.startswith(NUMBERED)}
    found |= {row.key: label_of(row.key) for row in office_figures(work) if row.key != HOLIDAY}
    return [*found.items(), (HOLIDAY, HOLIDAY_WORDS)]


def units_for(key: str) -> tuple[str, ...]:
    """The units a value may be given in."""
    return LIMIT_UNITS if key.startswith("deadline:") else (DONG,) if key.startswith("norm:") else (DAYS,)


def enter(
    work: Work,
    *,
    key: str,
    effective_from: date,
    value: int | None,
    unit: str | None,
    document: str,
    document_date: date,
) -> OfficeValue:
    """Keeps a value from a day on. An earlier one of the same key holds until then. Raises Invalid."""
    require(work, Right.LAW)
    if key not in dict(choices(work, effective_from)):
        raise Invalid({"key": "Văn bản đã quy định mức này, hoặc không có mức này vào ngày áp dụng."})
    if key == HOLIDAY:
        value, unit = 1, DAYS
    if value is None or value <= 0:
        raise Invalid({"value": "Cần ghi mức, là số nguyên lớn hơn 0."})
    not_future(work, "document_date", document_date)
    if any(row.key == key and row.effective_from == effective_from for row in office_figures(work)):
        raise Invalid({"effective_from": "Đã có mức áp dụng từ ngày này."})
    row = OfficeValue(
        key=key,
        effective_from=effective_from,
        value=value,
        unit=unit or units_for(key)[0],
        document=clean(document),
        document_date=document_date,
    )
    work.session.add(row)
    work.session.flush()
    work.session.info.pop("office figures", None)
    return row


def label_of(key: str) -> str:
    """The words of a key, from the tables of law; the key itself if they no longer have it."""
    if key == HOLIDAY:
        return HOLIDAY_WORDS
    return _labels().get(key, key)


def _labels() -> dict[str, str]:
    limits = {f"deadline:{row.step}": f"Thời hạn: {row.label}" for row in all_deadlines()}
    return limits | {f"norm:{row.code}": f"Mức hỗ trợ: {row.vi}" for row in all_norms()}
