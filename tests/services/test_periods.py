"""Periods: reading them, naming them, and tiling time."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import law, periods
from services.errors import Invalid
from services.law import CutDay

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    first_year: int
    last_year: int
    cut_days: tuple[CutDay, ...]


ROWS = st.lists(
    st.builds(
        CutDay,
        valid_from=st.dates(date(2014, 1, 1), date(2023, 12, 31)),
        day=st.integers(1, 31),
        document=st.just(""),
    ),
    max_size=5,
    unique_by=lambda row: row.valid_from,
)
RULES = st.builds(Rule, st.just(2016), st.just(2020), ROWS.map(tuple))


@pytest.mark.parametrize(
    ("text", "key", "label"),
    [
        ("2018-03", "2018-03", "Tháng 3 năm 2018"),
        ("2018q3", "2018Q3", "Quý III năm 2018"),
        (" 2018 h1 ", "2018H1", "6 tháng đầu năm 2018"),
        ("2018H2", "2018H2", "6 tháng cuối năm 2018"),
        ("2018", "2018", "Năm 2018"),
        ("2016 - 2018", "2016-2018", "Giai đoạn 2016 - 2018"),
        ("2016–2020", "2016-2020", "Giai đoạn 2016 - 2020"),
        ("2018-07-01 .. 2018-09-25", "2018-07-01..2018-09-25", "Từ ngày 01/07/2018 đến ngày 25/09/2018"),
    ],
)
def test_reads_what_people_type(text: str, key: str, label: str) -> None:
    found = periods.parse(text)
    assert (found.key, found.label) == (key, label)
    assert periods.parse(found.key) == found


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "0000", "2018-13", "2018-00", "2018Q5", "2018Q0", "2018H3", "18Q1", "2018..2019"),
        *("2018-02-30..2018-03-01", "2018-09-25..2018-07-01", "2020-2016", "٢٠١٨", "2018\x00"),
    ],
)
def test_refuses_the_rest_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        periods.parse(text)
    assert refused.value.sentence.startswith(("Kỳ báo cáo", "Năm cuối", "Ngày cuối"))


@given(st.text(max_size=25))
def test_never_fails_otherwise(text: str) -> None:
    with suppress(Invalid):
        assert periods.parse(text).start <= periods.parse(text).end


@given(RULES)
def test_months_tile_time(rule: Rule) -> None:
    every = [periods.month(year, number, rule) for year in range(2013, 2025) for number in range(1, 13)]
    for before, after in pairwise(every):
        assert after.start == before.end + DAY
        assert after.start <= after.end


@given(RULES, st.sampled_from(["quarter", "half", "year", "plan", "two days"]), st.integers(2014, 2023))
def test_longer_periods_are_made_of_shorter_ones(rule: Rule, kind: str, year: int) -> None:
    period = {
        "quarter": lambda: periods.quarter(year, 2, rule),
        "half": lambda: periods.half(year, 2, rule),
        "year": lambda: periods.years(year, year, rule),
        "plan": lambda: periods.years(year, year + 2, rule),
        "two days": lambda: periods.days(date(year, 2, 10), date(year, 7, 20)),
    }[kind]()
    for made_of in (periods.months(period, rule), periods.parts(period, rule)):
        assert made_of[0].start == period.start
        assert made_of[-1].end == period.end
        assert all(b.start == a.end + DAY for a, b in pairwise(made_of))


@given(RULES, st.integers(2014, 2023), st.integers(1, 4))
def test_the_one_before_ends_the_day_before(rule: Rule, year: int, number: int) -> None:
    for period in (
        periods.month(year, 3 * number, rule),
        periods.quarter(year, number, rule),
        periods.half(year, (number + 1) // 2, rule),
        periods.years(year, year, rule),
        periods.years(year, year + number, rule),
        periods.days(date(year, number, 3), date(year, number + 3, 20)),
    ):
        assert periods.previous(period, rule).end == period.start - DAY


@given(RULES)
def test_a_plan_begins_on_1_january_and_ends_on_31_december(rule: Rule) -> None:
    whole = periods.years(2016, 2020, rule)
    assert (whole.start, whole.end) == (date(2016, 1, 1), date(2020, 12, 31))


def test_a_year_earlier() -> None:
    earlier = {
        "2018-03": "2017-03",
        "2018Q1": "2017Q1",
        "2018H2": "2017H2",
        "2018": "2017",
        "2016-2018": "2013-2015",
    }
    earlier["2020-02-29..2020-03-05"] = "2019-02-28..2019-03-05"
    for key, before in earlier.items():
        assert periods.year_before(periods.parse(key)).key == before


def test_quarters_and_parts() -> None:
    assert [q.key for q in periods.quarters(2018)] == ["2018Q1", "2018Q2", "2018Q3", "2018Q4"]
    assert [p.key for p in periods.parts(periods.parse("2018H2"))] == ["2018Q3", "2018Q4"]
    assert [p.key for p in periods.parts(periods.parse("2016-2018"))] == ["2016", "2017", "2018"]
    assert [p.key for p in periods.parts(periods.parse("2018Q1"))] == ["2018-01", "2018-02", "2018-03"]


def test_the_day_of_the_figures() -> None:
    quarter = periods.parse("2018Q3")
    today = date(2026, 11, 23)
    assert periods.as_of(quarter, None, today) == date(2018, 9, 30)
    assert periods.as_of(quarter, date(2018, 8, 1), today) == date(2018, 8, 1)
    assert periods.as_of(quarter, date(2019, 8, 1), today) == date(2018, 9, 30)
    assert periods.as_of(quarter, None, date(2018, 9, 20)) == date(2018, 9, 20)


def test_says_that_the_plan_was_signed_within_the_period() -> None:
    plan = law.plan()
    said = "Kế hoạch ban hành ngày 07/11/2016; số liệu tính từ ngày 01/01/2016."
    assert periods.remarks(periods.parse("2016"), plan) == (said,)
    assert periods.remarks(periods.parse("2016Q4"), plan) == (said,)
    assert periods.remarks(periods.parse("2017Q1"), plan) == ()


def test_says_that_a_change_of_rule_made_the_period_unusual() -> None:
    changed = (*law.plan().cut_days, CutDay(valid_from=date(2019, 3, 12), day=14, document="NĐ 09/2019"))
    plan = replace(law.plan(), cut_days=changed)
    unusual = [q.key for y in (2018, 2019, 2020) for q in periods.quarters(y, plan) if periods.remarks(q, plan)]
    assert unusual == ["2019Q2", "2020Q4"]
    always_30 = replace(law.plan(), cut_days=(CutDay(valid_from=date(2000, 1, 1), day=30, document=""),))
    assert periods.remarks(periods.parse("2018-04", always_30), always_30) == ()
