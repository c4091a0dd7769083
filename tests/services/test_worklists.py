"""Work lists: what waits, since when, how late, and for whom. On both engines."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.accounts import Role
from db.plan import OfficeValue
from db.support import SupportKind
from db.trail import Action, TrailEntry
from db.verification import Outcome
from services import cases, limits, protection, support, verification
from services.errors import Refused
from services.office import Office
from services.work import Actor, Work, command_line
from services.worklists import LISTS, Tally, Where, count, counts, of_screen, page
from tests import factories as f

ASKED = date(2018, 7, 5)


def total(
    office: Office, name: str, *, today: date = f.TODAY, late: bool = False, actor: Actor | None = None
) -> int:
    with Work(office, actor or command_line(), today=today) as work:
        found = LISTS[name]
        shown = page(work, found, Where(late=late))
        assert shown.total == len(shown.rows) == count(work, found, Where(late=late))
        return shown.total


@pytest.fixture
def asked(any_office: Office) -> int:
    """A file under verification since 5 July 2018."""
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = f.case(work)
        verification.request(work, case, requested_on=ASKED, unit_id=f.unit(work).id)
        return case.id


def test_a_new_file_waits_for_its_request(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = f.case(work, received_on=date(2018, 7, 3))
        assert count(work, LISTS["to_request"]) == 1
        verification.request(work, case, requested_on=ASKED, unit_id=f.unit(work).id)
        work.session.flush()
        assert count(work, LISTS["to_request"]) == 0


@pytest.mark.parametrize("days, late", [(19, 0), (20, 0), (21, 1)])
def test_a_verification_is_late_after_twenty_days(any_office: Office, asked: int, days: int, late: int) -> None:
    today = ASKED + timedelta(days=days)
    assert total(any_office, "verifying", today=today, late=True) == late
    with Work(any_office, command_line(), today=today) as work:
        line = page(work, LISTS["verifying"]).rows[0]
    assert line.since == ASKED and line.days == days and line.due is not None
    assert line.due.on == ASKED + timedelta(days=20) and line.due.late is bool(late)


def test_a_limit_nobody_verified_makes_nothing_late(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=date(2026, 11, 1)) as work:
        case = f.case(work, received_on=date(2026, 1, 5), home_district_id=None)
        verification.request(work, case, requested_on=date(2026, 1, 6), unit_id=f.unit(work).id)
    assert total(any_office, "verifying", today=date(2026, 11, 1), late=True) == 0
    with Work(any_office, command_line(), today=date(2026, 11, 1)) as work:
        due = page(work, LISTS["verifying"]).rows[0].due
    assert due is not None and due.on is None and due.words == limits.NOT_KNOWN


def test_a_limit_the_office_filled_in_counts(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=date(2026, 11, 1)) as work:
        work.session.add(
            OfficeValue(
                key="deadline:B.VERIFY.POLICE",
                effective_from=date(2025, 7, 1),
                value=30,
                unit="ngày",
                document="01/2025/QĐ-THỬ",
                document_date=date(2025, 6, 30),
            )
        )
        case = f.case(work, received_on=date(2026, 1, 5), home_district_id=None)
        verification.request(work, case, requested_on=date(2026, 1, 6), unit_id=f.unit(work).id)
    assert total(any_office, "verifying", today=date(2026, 2, 5), late=True) == 0
    assert total(any_office, "verifying", today=date(2026, 2, 6), late=True) == 1


def test_the_late_condition_says_what_the_due_day_says(any_office: Office) -> None:
    """Over the change of the law, each day: late in SQL exactly when the line itself is late."""
    with Work(any_office, command_line(), write=True, today=date(2025, 8, 20)) as work:
        for number in range(0, 90, 7):
            case = f.case(work, received_on=date(2025, 5, 20) + timedelta(days=number), home_district_id=None)
            verification.request(work, case, requested_on=case.received_on, unit_id=f.unit(work).id)
    for today in (date(2025, 6, 20), date(2025, 7, 10), date(2025, 8, 20)):
        with Work(any_office, command_line(), today=today) as work:
            lines = page(work, LISTS["verifying"]).rows
            by_line = {line.case.id for line in lines if line.due and line.due.late}
            in_sql = {line.case.id for line in page(work, LISTS["verifying"], Where(late=True)).rows}
        assert by_line == in_sql


def test_a_reopened_file_waits_from_its_reopening(any_office: Office, asked: int) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        verification.conclude(work, case, outcome=Outcome.INSUFFICIENT, concluded_on=date(2018, 7, 20))
        verification.reopen(work, case, reopened_on=date(2019, 2, 1), reason="Có tài liệu mới")
    with Work(any_office, command_line(), today=f.TODAY) as work:
        assert page(work, LISTS["verifying"]).rows[0].since == date(2019, 2, 1)


def test_protection_waits_by_person_until_a_measure(any_office: Office, asked: int) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        need = protection.declare_need(work, case, declared_on=date(2018, 7, 6))
    assert total(any_office, "unguarded") == 1
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        protection.declare_need(work, case, person_id=need.person_id, refused_on=date(2018, 7, 9))
    assert total(any_office, "unguarded") == 0  # refused
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        protection.declare_need(work, case, person_id=need.person_id)
        measure = protection.apply_measure(work, case, measure="A.P5", applied_on=date(2018, 7, 10))
    assert (total(any_office, "unguarded"), total(any_office, "guarded")) == (0, 1)
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        view = cases.view(work, asked)
        ended = next(row for row in view.measures if row.id == measure.id)
        protection.end_measure(work, view.case, ended, ended_on=date(2018, 8, 1))
    assert (total(any_office, "unguarded"), total(any_office, "guarded")) == (0, 0)


def test_a_need_waits_until_it_is_met_or_refused(any_office: Office, asked: int) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        support.declare_need(work, case, kind=SupportKind.MEDICAL)  # undated: from the reception
        support.declare_need(work, case, kind=SupportKind.VOCATIONAL, declared_on=date(2018, 9, 1))
        support.declare_need(work, case, kind=SupportKind.LOAN, refused=True)
    assert (total(any_office, "needs"), total(any_office, "initial")) == (2, 1)
    with Work(any_office, command_line(), today=f.TODAY) as work:
        lines = page(work, LISTS["needs"]).rows
        assert [(line.since, line.detail) for line in lines] == [
            (date(2018, 7, 3), SupportKind.MEDICAL.label),
            (date(2018, 9, 1), SupportKind.VOCATIONAL.label),
        ]
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=date(2018, 9, 2))
    assert (total(any_office, "needs"), total(any_office, "initial")) == (1, 0)


def test_initial_support_waits_where_nobody_asked_yet(any_office: Office, asked: int) -> None:
    assert total(any_office, "initial") == 1
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        case = cases.view(work, asked).case
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 20))
    assert total(any_office, "initial") == 0


def test_a_list_shows_one_page_and_counts_all(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        for number in range(7):
            f.case(work, received_on=date(2018, 1, 1) + timedelta(days=number))
    with Work(any_office, command_line(), today=f.TODAY) as work:
        second = page(work, LISTS["to_request"], number=2, size=5)
        assert (second.total, len(second.rows), second.pages) == (7, 2, 2)
        assert second.rows[0].since == date(2018, 1, 6)
        assert page(work, LISTS["to_request"], number=99, size=5).number == 2


def test_unit_and_district_narrow_a_list(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        border = f.unit(work, "Bộ đội Biên phòng")
        f.case(work)
        f.case(work, unit_id=border.id, home_district_id=f.area(work, "Huyện Ba Bể").id)
        work.session.flush()
        assert count(work, LISTS["to_request"], Where(unit_id=border.id)) == 1
        assert count(work, LISTS["to_request"], Where(district_id=f.area(work, "Huyện Na Rì").id)) == 1


def test_each_sees_the_lists_of_their_work_in_their_area(any_office: Office, asked: int) -> None:
    na_ri = f.actor(any_office, Role.LOCAL, "UBND Huyện Na Rì")
    ba_be = f.actor(any_office, Role.LOCAL, "UBND Huyện Ba Bể")
    assert total(any_office, "verifying", actor=na_ri) == 1
    assert total(any_office, "verifying", actor=ba_be) == 0
    with Work(any_office, na_ri) as work:
        assert [found.name for found in of_screen(work, "support")] == ["initial", "needs", "to_close"]
        for refused in ("protection", "nowhere"):
            with pytest.raises(Refused):
                of_screen(work, refused)
        with pytest.raises(Refused):
            page(work, LISTS["guarded"])


def test_today_counts_what_each_can_do_with_the_late_first(any_office: Office, asked: int) -> None:
    police = f.actor(any_office, Role.POLICE, "Công an tỉnh")
    with Work(any_office, police, today=f.TODAY) as work:
        found = counts(work)
    assert [(one.name, tally) for one, tally in found] == [
        ("verifying", Tally(total=1, late=1, soon=0)),
        ("incomplete", Tally(total=1)),
    ]
    with Work(any_office, f.actor(any_office, Role.LEADER, "Ủy ban nhân dân tỉnh"), today=f.TODAY) as work:
        assert counts(work) == []


def test_a_page_of_names_stands_in_the_trail(any_office: Office, asked: int) -> None:
    total(any_office, "verifying", actor=f.actor(any_office, Role.POLICE, "Công an tỉnh"))
    with Work(any_office, command_line()) as work:
        seen = work.session.exec(select(TrailEntry).where(TrailEntry.action == Action.LIST)).all()
    assert [entry.fields for entry in seen] == [format(asked, "x")]
