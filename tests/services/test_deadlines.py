"""Deadlines are pure functions of dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.deadlines import Clock, add_months, due, is_working_day, lateness
from services.law import Limit, LimitUnit

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
FRIDAY = date(2018, 3, 9)


def test_no_figure_no_date() -> None:
    assert due(None, FRIDAY) is None
    assert due(Limit(0, LimitUnit.NONE), FRIDAY) is None
    assert lateness(None, FRIDAY).clock is Clock.NO_LIMIT
    assert lateness(None, FRIDAY).words == "Không có thời hạn luật định"


@pytest.mark.parametrize(
    ("limit", "last"),
    [
        (Limit(0, LimitUnit.IMMEDIATE), date(2018, 3, 9)),
        (Limit(12, LimitUnit.HOUR), date(2018, 3, 9)),
        (Limit(72, LimitUnit.HOUR), date(2018, 3, 12)),
        (Limit(3, LimitUnit.DAY), date(2018, 3, 12)),
        (Limit(3, LimitUnit.DAY, working=True), date(2018, 3, 14)),
        (Limit(2, LimitUnit.MONTH), date(2018, 5, 9)),
        (Limit(5, LimitUnit.DAY_BEFORE), date(2018, 3, 4)),
        (Limit(30, LimitUnit.DAY_BEFORE, working=True), date(2018, 1, 26)),
    ],
)
def test_from_a_friday(limit: Limit, last: date) -> None:
    assert due(limit, FRIDAY) == last


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert add_months(date(2018, 1, 31), 1) == date(2018, 2, 28)
    assert add_months(date(2016, 1, 31), 1) == date(2016, 2, 29)
    assert add_months(date(2016, 2, 29), 12) == date(2017, 2, 28)
    assert add_months(date(2018, 12, 31), 2) == date(2019, 2, 28)


@given(DAYS, st.integers(1, 40), st.sets(DAYS, max_size=30))
def test_working_days_are_counted_one_by_one(start: date, amount: int, holidays: set[date]) -> None:
    last = due(Limit(amount, LimitUnit.DAY, working=True), start, holidays)
    assert last is not None
    span = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))
    assert sum(is_working_day(day, holidays) for day in span) == amount
    assert is_working_day(last, holidays)


@given(DAYS, st.integers(0, 60))
def test_months_never_go_back_and_keep_the_day_or_the_months_end(start: date, months: int) -> None:
    later = add_months(start, months)
    assert later >= start
    assert later.day == start.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS)
def test_late_begins_the_day_after(due_on: date, today: date) -> None:
    found = lateness(due_on, today)
    assert (found.clock is Clock.LATE) == (today > due_on)
    assert found.days == abs((due_on - today).days)


def test_what_is_done_is_judged_by_its_own_day() -> None:
    assert lateness(FRIDAY, date(2030, 1, 1), done_on=FRIDAY).clock is Clock.DONE
    late = lateness(FRIDAY, date(2030, 1, 1), done_on=FRIDAY + timedelta(days=2))
    assert late.words == "Xong muộn 2 ngày"
