"""Which limit runs for which file, until when; and the same found in SQL. On both engines."""

from datetime import date, timedelta

import pytest

from db.cases import Case, Way
from db.people import Person
from db.verification import Extension
from services import limits, verification
from services.limits import VERIFY
from services.office import Office
from services.records import rows
from services.work import Work, command_line
from services.worklists import LISTS, Where, page, tally
from tests import factories as f

ASKED = date(2018, 7, 5)
DISTRICT = "Công an Huyện Na Rì"


def file(work: Work, *asked: tuple[date, str], **known: object) -> Case:
    """A file under verification, asked of those units on those days."""
    case = f.case(work, **known)
    for day, unit in asked or ((ASKED, "Công an tỉnh"),):
        verification.request(work, case, requested_on=day, unit_id=f.unit(work, unit).id)
    return case


def extend(work: Work, case: Case, until: date, extended_on: date = ASKED + timedelta(days=15)) -> None:
    work.session.add(Extension(case_id=case.id, extended_on=extended_on, until=until, number="1/GH"))


def foreign(work: Work, **known: object) -> Case:
    case = file(work, **known)
    rows(work, Person, case)[0].nationality = "Lào"
    return case


@pytest.mark.parametrize(
    ("make", "article", "due_on"),
    [
        (lambda work: file(work), "Điều 24(4)", date(2018, 7, 25)),
        (lambda work: file(work, way=Way.RESCUED), "Điều 25(1), 24(4)", date(2018, 7, 25)),
        (foreign, "Điều 8(2)(c)", date(2018, 7, 25)),
        (
            lambda work: file(work, (date(2018, 6, 20), DISTRICT), (ASKED, "Công an tỉnh")),
            "Điều 6(3)(c)",
            date(2018, 9, 3),
        ),
    ],
    ids=["reported", "rescued", "foreign", "complex"],
)
def test_the_limit_follows_how_the_person_came_and_who_verifies(
    any_office: Office,
    make,  # type: ignore[no-untyped-def]
    article: str,
    due_on: date,
) -> None:
    with Work(any_office, command_line(), write=True, today=date(2018, 8, 1)) as work:
        case = make(work)
        due = limits.due(work, VERIFY, ASKED, case)
        assert due is not None and due.on == due_on and article in due.source
        work.session.flush()
        line = page(work, LISTS["verifying"]).rows[0]
    assert line.due == due


def test_in_the_new_law_every_file_has_the_one_limit_that_is_not_known_yet(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=date(2026, 3, 1)) as work:
        case = file(work, (date(2026, 1, 6), "Công an tỉnh"), way=Way.RESCUED, home_district_id=None)
        due = limits.due(work, VERIFY, date(2026, 1, 6), case)
    assert due is not None and due.on is None and due.words == limits.NOT_KNOWN
    assert due.missing == "deadline:B.VERIFY.POLICE" and due.start == date(2026, 1, 6)


def test_an_extension_moves_the_end_and_the_lists_follow(any_office: Office) -> None:
    until = date(2018, 9, 5)
    with Work(any_office, command_line(), write=True, today=date(2018, 8, 1)) as work:
        case = file(work)
        extend(work, case, until)
        due = limits.due(work, VERIFY, ASKED, case)
        assert due is not None and due.on == until and "đã gia hạn" in due.words
        case_id = case.id
    for today, expected in [
        (date(2018, 8, 28), (1, 0, 0)),  # eight days before
        (date(2018, 8, 29), (1, 0, 1)),
        (until, (1, 0, 1)),
        (until + timedelta(days=1), (1, 1, 0)),
    ]:
        with Work(any_office, command_line(), today=today) as work:
            assert tally(work, LISTS["verifying"]) == expected, today
            assert tally(work, LISTS["extended"]) == expected
            assert page(work, LISTS["extended"]).rows[0].case.id == case_id


def test_an_extension_of_before_the_reopening_no_longer_counts(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=date(2019, 3, 1)) as work:
        case = file(work)
        extend(work, case, date(2018, 9, 5))
        verification.conclude(
            work, case, outcome=verification.Outcome.INSUFFICIENT, concluded_on=date(2018, 8, 20)
        )
        verification.reopen(work, case, reopened_on=date(2019, 2, 1), reason="Có tài liệu mới")
    with Work(any_office, command_line(), today=date(2019, 2, 5)) as work:
        line = page(work, LISTS["verifying"]).rows[0]
        assert line.due is not None and line.due.on == date(2019, 2, 21)
        assert tally(work, LISTS["extended"]).total == 0


def test_an_extension_ends_two_months_after_the_request_at_the_latest(office: Office) -> None:
    with Work(office, command_line(), write=True, today=date(2018, 8, 1)) as work:
        assert limits.extension_cap(work, file(work), VERIFY, ASKED) == date(2018, 9, 5)
        assert limits.extension_cap(work, file(work, way=Way.RESCUED), VERIFY, date(2018, 6, 30)) == date(
            2018, 8, 30
        )
        assert limits.extension_cap(work, foreign(work), VERIFY, ASKED) is None  # the article has no extension
    with Work(office, command_line(), write=True, today=date(2026, 3, 1)) as work:
        new = file(work, (date(2026, 1, 6), "Công an tỉnh"), home_district_id=None)
        assert limits.extension_cap(work, new, VERIFY, date(2026, 1, 6)) is None


@pytest.mark.parametrize("today", [date(2025, 6, 20), date(2025, 7, 10), date(2025, 7, 20), date(2025, 8, 20)])
def test_late_and_soon_in_sql_are_what_each_line_says(any_office: Office, today: date) -> None:
    """Over the change of the law, with every kind of file and with extensions."""
    with Work(any_office, command_line(), write=True, today=date(2025, 8, 20)) as work:
        for number, back in enumerate(range(0, 80, 5)):
            day = date(2025, 5, 20) + timedelta(days=back)
            here = {"received_on": day, "home_district_id": None}
            kinds = ({}, {"way": Way.RESCUED})
            case = file(work, (day, "Công an tỉnh"), **here, **kinds[number % 2])  # type: ignore[arg-type]
            if number % 3 == 0:
                extend(work, case, day + timedelta(days=33), extended_on=day)
    with Work(any_office, command_line(), today=today) as work:
        lines = page(work, LISTS["verifying"]).rows
        dues = [(line.case.id, line.due.on) for line in lines if line.due and line.due.on]
        late = {case for case, on in dues if on < today}
        soon = {case for case, on in dues if today <= on <= today + timedelta(days=7)}
        found = {line.case.id for line in page(work, LISTS["verifying"], Where(late=True)).rows}
        near = {line.case.id for line in page(work, LISTS["verifying"], Where(soon=True)).rows}
        rest = {line.case.id for line in page(work, LISTS["verifying"], Where(rest=True)).rows}
    assert (found, near) == (late, soon) and len(dues) > 5
    assert rest == {line.case.id for line in lines} - late - soon


def test_a_case_without_a_law_has_no_due_day(office: Office) -> None:
    with Work(office, command_line()) as work:
        assert limits.due(work, "NO.SUCH.STEP", ASKED) is None
        said = limits.due(work, "PROTECT.DECIDE", ASKED)
    assert said is not None and said.on is None and said.missing == ""
    assert said.words == "Văn bản không quy định số ngày."


def test_a_step_keeps_the_limit_of_the_law_of_its_first_day(office: Office) -> None:
    """Asked on the last day of the old law, twenty days run, whatever today is."""
    with Work(office, command_line(), write=True, today=date(2026, 3, 1)) as work:
        old = file(work, (date(2025, 6, 30), "Công an tỉnh"), received_on=date(2025, 6, 20), home_district_id=None)
        due = limits.due(work, VERIFY, date(2025, 6, 30), old)
    assert due is not None and due.on == date(2025, 7, 20)
