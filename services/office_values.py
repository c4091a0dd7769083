"""The legal values this office fills in itself: time limits, rates, holidays, each with its document.

The national tables are never edited; what is entered here holds where they are empty or unverified, and a
rate of the province comes before the national one. Nothing entered is changed or taken out either: a later
document is a new row. Of two rows for the same day the one entered later corrects the other; both are shown.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.plan import OfficeValue
from services import law, limits, retention
from services.access import Right, require
from services.errors import Invalid
from services.law import Bound, MissingValue, Regime
from services.law.values import FIRST_DAY_OF_B, HOURS, MONTHS, WORKING, all_deadlines, all_norms
from services.lifecycle import not_future
from services.limits import office_figures
from services.text import clean, vn_date, vn_number
from services.work import Work

HOLIDAY = "holiday"
WORDS = {HOLIDAY: "Ngày nghỉ lễ, tết"} | retention.KEYS
DAYS, DONG = "ngày", "đồng"
LIMIT_UNITS = (DAYS, WORKING, MONTHS, HOURS)
NUMBERED = ("deadline:", "norm:")  # what a number can say; lists and forms are texts
MOST = {DAYS: 3_660, WORKING: 3_660, MONTHS: 1_200, HOURS: 87_840, DONG: 10**12}  # more is a slip of the pen
DAY = timedelta(days=1)
LONGEST_HOLIDAY = 31  # days in one entry: more is a slip of the pen
NOT_OFFERED = "Văn bản đã quy định mức này, hoặc không có mức này vào ngày áp dụng."
SAME = "Mức này đã được nhập với ngày áp dụng và văn bản này."


@dataclass(frozen=True)
class Entered:
    """A value the office entered, with the words of what it is. `until`: the last day it holds, if a later
    one follows; `corrected`: the document that says otherwise for the same day."""

    key: str
    label: str
    value: int
    unit: str
    effective_from: date
    document: str
    document_date: date
    until: date | None = None
    corrected: str = ""

    @property
    def basis(self) -> str:
        return f"{self.document} ngày {vn_date(self.document_date)}"

    def holds(self, day: date) -> bool:
        return not self.corrected and self.effective_from <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Holiday:
    """One day of a year's table: whether it is a holiday, and every document that said so or took it back."""

    day: date
    off: bool
    said: tuple[str, ...]


def missing(work: Work, day: date | None = None) -> list[MissingValue]:
    """What is still empty on a day (today). Raises Refused without the right to see the plan."""
    require(work, Right.PLAN)
    return law.missing(day or work.today, office_figures(work))


def entered(work: Work) -> list[Entered]:
    """Every limit and rate the office entered, the latest effect first; holidays have their own table."""
    require(work, Right.PLAN)
    by_key: dict[str, list[OfficeValue]] = defaultdict(list)
    for row in office_figures(work):
        if row.key != HOLIDAY:
            by_key[row.key].append(row)
    found = [one for rows in by_key.values() for one in _followed(rows)]
    return sorted(found, key=lambda one: one.effective_from, reverse=True)


def holidays(work: Work, year: int) -> list[Holiday]:
    """The holidays of a year as the office entered them, day by day; those taken back too."""
    require(work, Right.PLAN)
    found: dict[date, list[OfficeValue]] = defaultdict(list)
    for row in office_figures(work):
        if row.key == HOLIDAY and row.effective_from.year == year:
            found[row.effective_from].append(row)
    return [Holiday(day, bool(found[day][-1].value), tuple(map(_said, found[day]))) for day in sorted(found)]


def choices(work: Work, day: date) -> list[tuple[str, str]]:
    """(key, words) of what may be entered for a day: what the texts leave empty, the rates a province may set,
    and what the office set before. After 30/6/2025 also for those who keep the law of 2011."""
    require(work, Right.PLAN)
    regimes = (Regime.B, Regime.A) if day >= FIRST_DAY_OF_B else (Regime.A,)
    keys = [value.key for value in law.missing(day) if value.key.startswith(NUMBERED)]
    keys += [f"norm:{row.code}" for regime in regimes for row in law.on(day, regime).norms if _may_be_set(row)]
    keys += [*retention.KEYS, *(row.key for row in office_figures(work) if row.key != HOLIDAY)]
    return [(key, label_of(key)) for key in dict.fromkeys(keys)]


def units_for(key: str) -> tuple[str, ...]:
    """The units a value may be given in."""
    if key in retention.KEYS:
        return (MONTHS,)
    return LIMIT_UNITS if key.startswith("deadline:") else (DONG,)


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
    """Keeps a limit or a rate from a day on; an earlier one of the same key holds until then. Raises Invalid."""
    require(work, Right.LAW)
    if key not in dict(choices(work, effective_from)):
        raise Invalid({"key": NOT_OFFERED})
    if value is None or value <= 0:
        raise Invalid({"value": "Cần ghi mức, là số nguyên lớn hơn 0."})
    not_future(work, "document_date", document_date)
    _not_below(key, effective_from, value)
    unit, document = unit or units_for(key)[0], clean(document)
    if unit not in units_for(key):
        raise Invalid({"unit": "Cần chọn đơn vị tính."})
    if value > MOST[unit]:
        raise Invalid({"value": f"Mức quá lớn: nhiều nhất {vn_number(MOST[unit])} {unit}."})
    told = (key, effective_from, value, unit, document)
    if any((r.key, r.effective_from, r.value, r.unit, r.document) == told for r in office_figures(work)):
        raise Invalid({"effective_from": SAME})
    return _add(work, [effective_from], key, value, unit, document, document_date)[0]


def enter_holidays(
    work: Work, *, first: date, last: date | None = None, document: str, document_date: date
) -> list[OfficeValue]:
    """Enters the days of an announcement, both ends included; days already known stay as they are."""
    require(work, Right.LAW)
    not_future(work, "document_date", document_date)
    days = [day for day in _days(first, last) if day not in limits.holidays(work)]
    if not days:
        raise Invalid({"first": "Những ngày này đã là ngày nghỉ."})
    return _add(work, days, HOLIDAY, 1, DAYS, clean(document), document_date)


def cancel_holidays(
    work: Work, *, first: date, last: date | None = None, document: str, document_date: date
) -> list[OfficeValue]:
    """Takes holidays back, by a document: new rows say so, the old ones stay to be read."""
    require(work, Right.LAW)
    not_future(work, "document_date", document_date)
    days = [day for day in _days(first, last) if day in limits.holidays(work)]
    if not days:
        raise Invalid({"first": "Không có ngày nghỉ nào trong những ngày này."})
    return _add(work, days, HOLIDAY, 0, DAYS, clean(document), document_date)


def label_of(key: str) -> str:
    """The words of a key, from the tables of law; the key itself if they no longer have it."""
    return WORDS.get(key) or _labels().get(key, key)


def _said(row: OfficeValue) -> str:
    basis = f"{row.document} ngày {vn_date(row.document_date)}"
    return basis if row.value else f"Bỏ ngày nghỉ: {basis}"


def _days(first: date, last: date | None) -> Iterator[date]:
    last = last or first
    if last < first:
        raise Invalid({"last": "Ngày cuối trước ngày đầu."})
    if (last - first).days >= LONGEST_HOLIDAY:
        raise Invalid({"last": f"Mỗi lần nhập nhiều nhất {LONGEST_HOLIDAY} ngày liền nhau."})
    return (first + number * DAY for number in range((last - first).days + 1))


def _add(
    work: Work, days: Sequence[date], key: str, value: int, unit: str, document: str, document_date: date
) -> list[OfficeValue]:
    made = [
        OfficeValue(
            key=key, effective_from=day, value=value, unit=unit, document=document, document_date=document_date
        )
        for day in days
    ]
    work.session.add_all(made)
    work.session.flush()
    limits.changed(work)
    return made


def _followed(rows: Sequence[OfficeValue]) -> Iterator[Entered]:
    """The values of one key in the order of entering, each with what came after it."""
    for number, row in enumerate(rows):
        again = [later for later in rows[number + 1 :] if later.effective_from == row.effective_from]
        after = [other.effective_from for other in rows if other.effective_from > row.effective_from]
        yield Entered(
            row.key,
            label_of(row.key),
            row.value,
            row.unit,
            row.effective_from,
            row.document,
            row.document_date,
            min(after) - DAY if after else None,
            again[-1].document if again else "",
        )


def _may_be_set(row: law.Norm) -> bool:
    """What is paid at the real price or given free of charge has no rate."""
    return row.basis not in (law.Basis.PRICE, law.Basis.SERVICE)


def _not_below(key: str, day: date, value: int) -> None:
    """A province may pay more than the least that the national text asks for, not less."""
    kind, _, code = key.partition(":")
    row = law.norm(code, day) or law.norm(code, day, Regime.A) if kind == "norm" else None
    if row and row.amount and row.bound is Bound.MIN and value < row.amount:
        least = f"{vn_number(row.amount)} đồng"
        raise Invalid({"value": f"Thấp hơn mức tối thiểu {least} của {law.cite(row.legal)}."})


def _labels() -> dict[str, str]:
    known = {f"deadline:{row.step}": f"Thời hạn: {row.label}" for row in all_deadlines()}
    return known | {f"norm:{row.code}": f"Mức hỗ trợ: {row.vi}" for row in all_norms()}
