"""Periods of figures: reading them, naming them, and the days on which they begin and end.

A month ends on the plan's `cut_day` and begins the day after the one before it ended; longer
periods are made of months. So periods tile time, whatever the rows of `cut_day` say. The figures of
a plan begin on 1 January of its first year and end on 31 December of its last.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from services.errors import Invalid
from services.law.plans import CutDay, Plan
from services.law.plans import plan as plan_of
from services.text import vn_date

DAY = timedelta(days=1)
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_HALVES = {1: "6 tháng đầu năm", 2: "6 tháng cuối năm"}
_Y = "((?:19|20|21)[0-9]{2})"  # years a register can hold
_MONTH = re.compile(f"{_Y}-(0[1-9]|1[0-2])")
_QUARTER = re.compile(f"{_Y}Q([1-4])")
_HALF = re.compile(f"{_Y}H([12])")
_YEAR = re.compile(_Y)
_YEARS = re.compile(f"{_Y}-{_Y}")
_DAYS = re.compile(f"({_Y}-[0-9]{{2}}-[0-9]{{2}})[.][.]({_Y}-[0-9]{{2}}-[0-9]{{2}})")
EXAMPLES = "2018-03, 2018Q3, 2018H1, 2018, 2016-2018 hoặc 2018-07-01..2018-09-25"


class PlanRule(Protocol):
    """What a plan says about periods (`services.law.Plan` does)."""

    @property
    def first_year(self) -> int: ...
    @property
    def last_year(self) -> int: ...
    @property
    def cut_days(self) -> Sequence[CutDay]: ...


@dataclass(frozen=True, slots=True)
class Period:
    """Both ends are included. `key` is what `parse` reads ("2018Q3"), `label` what people read."""

    start: date
    end: date
    key: str
    label: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end


def parse(text: str, plan: PlanRule | None = None) -> Period:
    """`2018-03`, `2018Q3`, `2018H1`, `2018`, `2016-2018` or `2018-07-01..2018-09-25`.

    Any case, spaces anywhere. Raises Invalid, with a sentence, for anything else.
    """
    key = re.sub(r"\s", "", text).upper().replace("–", "-")
    try:
        for form, make in _FORMS:
            if match := form.fullmatch(key):
                return make(match, plan or plan_of())
    except ValueError:  # a day that is not in the calendar
        pass
    raise Invalid(sentence=f"Kỳ báo cáo không đúng. Ghi dạng {EXAMPLES}.")


def month(year: int, number: int, plan: PlanRule | None = None) -> Period:
    label = f"Tháng {number} năm {year}"
    return _months(year * 12 + number - 1, 1, f"{year}-{number:02d}", label, plan)


def quarter(year: int, number: int, plan: PlanRule | None = None) -> Period:
    label = f"Quý {_ROMAN[number]} năm {year}"
    return _months(year * 12 + 3 * number - 3, 3, f"{year}Q{number}", label, plan)


def half(year: int, number: int, plan: PlanRule | None = None) -> Period:
    label = f"{_HALVES[number]} {year}"
    return _months(year * 12 + 6 * number - 6, 6, f"{year}H{number}", label, plan)


def years(first: int, last: int, plan: PlanRule | None = None) -> Period:
    """One year (`first == last`) or several whole years."""
    one = first == last
    label = f"Năm {first}" if one else f"Giai đoạn {first} - {last}"
    key = str(first) if one else f"{first}-{last}"
    return _months(first * 12, 12 * (last - first + 1), key, label, plan)


def days(start: date, end: date) -> Period:
    label = f"Từ ngày {vn_date(start)} đến ngày {vn_date(end)}"
    return Period(start, end, f"{start.isoformat()}..{end.isoformat()}", label)


def quarters(year: int, plan: PlanRule | None = None) -> tuple[Period, ...]:
    return tuple(quarter(year, number, plan) for number in (1, 2, 3, 4))


def months(period: Period, plan: PlanRule | None = None) -> tuple[Period, ...]:
    """The months of a period, in order. They tile it: a month it holds only in part is cut."""
    index = period.start.year * 12 + period.start.month - 1  # its month, or the one after when cut early
    found = []
    while (one := month(*_year_month(index), plan)).start <= period.end:
        if one.end >= period.start:
            start, end = max(one.start, period.start), min(one.end, period.end)
            found.append(one if (start, end) == (one.start, one.end) else days(start, end))
        index += 1
    return tuple(found)


def parts(period: Period, plan: PlanRule | None = None) -> tuple[Period, ...]:
    """The next smaller periods: years of several years, quarters of a year or half, else months."""
    if match := _YEARS.fullmatch(period.key):
        return tuple(years(year, year, plan) for year in range(int(match[1]), int(match[2]) + 1))
    if _YEAR.fullmatch(period.key):
        return quarters(int(period.key), plan)
    if match := _HALF.fullmatch(period.key):
        return quarters(int(match[1]), plan)[2 * int(match[2]) - 2 :][:2]
    return months(period, plan)


def previous(period: Period, plan: PlanRule | None = None) -> Period:
    """The period of the same kind just before; for two days, as many days before the first."""
    if match := _MONTH.fullmatch(period.key):
        return month(*_year_month(int(match[1]) * 12 + int(match[2]) - 2), plan)
    if match := _QUARTER.fullmatch(period.key):
        year, index = divmod(int(match[1]) * 4 + int(match[2]) - 2, 4)
        return quarter(year, index + 1, plan)
    if match := _HALF.fullmatch(period.key):
        year, index = divmod(int(match[1]) * 2 + int(match[2]) - 2, 2)
        return half(year, index + 1, plan)
    if match := _YEARS.fullmatch(period.key):
        first, length = int(match[1]), int(match[2]) - int(match[1]) + 1
        return years(first - length, first - 1, plan)
    if _YEAR.fullmatch(period.key):
        return years(int(period.key) - 1, int(period.key) - 1, plan)
    return days(period.start - (period.end - period.start) - DAY, period.start - DAY)


def year_before(period: Period, plan: PlanRule | None = None) -> Period:
    """The same period a year earlier. For whole years this is `previous`."""
    for form, make in ((_MONTH, month), (_QUARTER, quarter), (_HALF, half)):
        if match := form.fullmatch(period.key):
            return make(int(match[1]) - 1, int(match[2]), plan)
    if _DAYS.fullmatch(period.key):
        return days(_a_year_earlier(period.start), _a_year_earlier(period.end))
    return previous(period, plan)


def as_of(period: Period, asked: date | None, today: date) -> date:
    """The day of the figures: facts dated later do not count. Never after the period's last day,
    the day asked for, or today."""
    return min(period.end, asked or today, today)


def remarks(period: Period, plan: Plan) -> tuple[str, ...]:
    """What a report must say about its period: a plan signed within it, an unusual length."""
    said = []
    if date(plan.first_year, 1, 1) <= period.start <= plan.signed:
        signed = f"Kế hoạch ban hành ngày {vn_date(plan.signed)}"
        said.append(f"{signed}; số liệu tính từ ngày 01/01/{plan.first_year}.")
    if not (_DAYS.fullmatch(period.key) or _is_usual(period, plan)):
        span = f"từ ngày {vn_date(period.start)} đến ngày {vn_date(period.end)}"
        said.append(f"Kỳ này tính {span}, khác kỳ thường do quy định về ngày chốt số liệu.")
    return tuple(said)


def _is_usual(period: Period, plan: Plan) -> bool:
    """Whether one and the same `cut_day` ended this period and the one before."""
    cut = _cut_day(period.end.replace(day=1), plan)
    ends = (period.start - DAY, period.end)
    return all(day.day == min(cut, monthrange(day.year, day.month)[1]) for day in ends)


def _months(first: int, count: int, key: str, label: str, plan: PlanRule | None) -> Period:
    rule = plan or plan_of()
    return Period(_month_end(first - 1, rule) + DAY, _month_end(first + count - 1, rule), key, label)


def _month_end(index: int, plan: PlanRule) -> date:
    """The last day of the figures of a month (counted year * 12 + month - 1)."""
    year, number = _year_month(index)
    last = monthrange(year, number)[1]
    if number == 12 and year in (plan.first_year - 1, plan.last_year):
        return date(year, 12, 31)
    return date(year, number, min(_cut_day(date(year, number, 1), plan), last))


def _cut_day(first_of_month: date, plan: PlanRule) -> int:
    """The row that governs a month: the latest that began by its first day; before all rows, 31."""
    begun = [row for row in plan.cut_days if row.valid_from <= first_of_month]
    return max(begun, key=lambda row: row.valid_from).day if begun else 31


def _year_month(index: int) -> tuple[int, int]:
    year, month_index = divmod(index, 12)
    return year, month_index + 1


def _a_year_earlier(day: date) -> date:
    year = day.year - 1
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _parse_years(match: re.Match[str], plan: PlanRule) -> Period:
    first, last = int(match[1]), int(match[2])
    if last < first:
        raise Invalid(sentence="Năm cuối của kỳ báo cáo phải sau năm đầu.")
    return years(first, last, plan)


def _parse_days(match: re.Match[str], plan: PlanRule) -> Period:
    start, end = date.fromisoformat(match[1]), date.fromisoformat(match[3])
    if end < start:
        raise Invalid(sentence="Ngày cuối của kỳ báo cáo phải sau ngày đầu.")
    return days(start, end)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], PlanRule], Period]], ...] = (
    (_MONTH, lambda m, plan: month(int(m[1]), int(m[2]), plan)),
    (_QUARTER, lambda m, plan: quarter(int(m[1]), int(m[2]), plan)),
    (_HALF, lambda m, plan: half(int(m[1]), int(m[2]), plan)),
    (_YEAR, lambda m, plan: years(int(m[0]), int(m[0]), plan)),
    (_YEARS, _parse_years),
    (_DAYS, _parse_days),
)
