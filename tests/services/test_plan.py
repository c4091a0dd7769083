"""The plan beside what was done for it; the legal values the office fills in."""

from datetime import date

import pytest

from db.accounts import Role
from db.cases import Place, Way
from db.verification import Outcome
from services import law, limits, office_values, periods, plan, verification
from services.errors import Invalid, Refused
from services.office import Office
from services.plan import Served
from services.work import Work, command_line
from tests import factories as f

WHOLE = periods.parse("2016-2020")


def test_every_clause_stands_under_one_heading() -> None:
    current = law.plan()
    shown = [c.id for headings in plan.parts(current).values() for heading in headings for c in heading.clauses]
    assert sorted(shown) == sorted(clause.id for clause in current.clauses)
    assert list(plan.parts(current)) == ["II", "III", "IV", "V", "VI"]


def test_a_clause_is_served_in_part_or_said_to_come_later() -> None:
    current = law.plan()
    assert sum(plan.tally(current).values()) == len(current.clauses)
    for clause in current.clauses:
        assert (plan.served(clause) is Served.LATER) == bool(clause.later)


def test_subjects_name_clauses_of_the_plan() -> None:
    assert set(plan.SUBJECTS) <= {clause.id for clause in law.plan().clauses}


def test_what_was_done_is_counted_live(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work, received_on=date(2018, 7, 3))
        here = {"place": Place.IN_PROVINCE, "country": None, "way": Way.RESCUED, "full_name": "Lý Thị Sáy"}
        f.case(work, received_on=date(2018, 7, 4), **here)
        verification.conclude(work, case, outcome=Outcome.VICTIM, concluded_on=date(2018, 8, 1))
    with Work(office, f.actor(office, Role.LABOUR_DEPT, f.LABOUR)) as work:
        done = plan.done(work, WHOLE)
    by_id = {clause.id: done.of(clause) for clause in law.plan().clauses}
    assert by_id["II.1.b.2"] == ("Đã tiếp nhận 2 trường hợp.",)
    assert by_id["II.1.b.2.3"] == ("Đã tiếp nhận 1 trường hợp bị mua bán tại tỉnh.",)
    assert by_id["V.2.1"] == ("Đã kết luận 1 hồ sơ, 1 là nạn nhân; còn 1 chưa kết luận.",)
    assert "1/2, đạt 50,0%" in by_id["II.1.a.1"][0] and len(by_id["II.1.a.1"]) == 2
    assert by_id["II.1.b.1"] == () and by_id["II.1.c.1"] == ()


@pytest.mark.parametrize(("role", "at"), [(Role.LEADER, "Ủy ban nhân dân tỉnh"), (Role.PARTNER, "Sở Tư pháp")])
def test_exact_figures_are_refused_to_those_without_the_right(office: Office, role: Role, at: str) -> None:
    with Work(office, f.actor(office, role, at)) as work:
        assert plan.current(work).id == "2016-2020"
        with pytest.raises(Refused):
            plan.done(work, WHOLE)


def test_administrators_have_no_plan(office: Office) -> None:
    with Work(office, f.actor(office, Role.ADMIN, f.LABOUR)) as work, pytest.raises(Refused):
        plan.current(work)


def enter(work: Work, **known: object) -> None:
    facts: dict[str, object] = {
        "key": "deadline:B.VERIFY.POLICE",
        "effective_from": date(2025, 7, 1),
        "value": 20,
        "unit": "ngày",
        "document": "99/QĐ-UBND",
        "document_date": date(2025, 7, 1),
    }
    office_values.enter(work, **(facts | known))  # type: ignore[arg-type]


def test_a_value_of_the_office_fills_an_empty_limit(any_office: Office) -> None:
    officer, day = f.actor(any_office, Role.LABOUR_DEPT, f.LABOUR), date(2026, 1, 5)
    with Work(any_office, officer, write=True) as work:
        assert limits.due(work, "VERIFY.POLICE", day).on is None
        before = {value.key for value in office_values.missing(work, day)}
        enter(work)
    with Work(any_office, officer) as work:
        due = limits.due(work, "VERIFY.POLICE", day)
        assert due.on == date(2026, 1, 25) and "99/QĐ-UBND" in due.source
        assert before - {value.key for value in office_values.missing(work, day)} == {"deadline:B.VERIFY.POLICE"}
        assert [one.document for one in office_values.entered(work)] == ["99/QĐ-UBND"]


def test_what_the_law_gives_is_not_the_office_s_to_change(office: Office) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as refused:
        enter(work, key="deadline:A.VERIFY.POLICE", effective_from=date(2018, 1, 1))
    assert set(refused.value.problems) == {"key"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"value": 0}, "value"), ({"value": None}, "value"), ({"document_date": date(2999, 1, 1)}, "document_date")],
)
def test_a_value_without_ground_is_refused(office: Office, wrong: dict[str, object], field: str) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as refused:
        enter(work, **wrong)
    assert set(refused.value.problems) == {field}


def test_a_value_is_entered_once_a_day_and_key(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        enter(work)
        with pytest.raises(Invalid):
            enter(work, value=30)
        enter(work, value=30, effective_from=date(2026, 1, 1))
    with Work(office, command_line()) as work:
        assert limits.due(work, "VERIFY.POLICE", date(2025, 12, 31)).on == date(2026, 1, 20)
        assert limits.due(work, "VERIFY.POLICE", date(2026, 1, 1)).on == date(2026, 1, 31)


def test_a_holiday_is_a_day_without_an_amount(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        enter(work, key=office_values.HOLIDAY, effective_from=date(2026, 9, 2), value=None, unit=None)
        assert date(2026, 9, 2) in law.holidays(limits.office_figures(work))


@pytest.mark.parametrize(("role", "at"), [(Role.POLICE, "Công an tỉnh"), (Role.PARTNER, "Sở Tư pháp")])
def test_only_the_standing_agency_enters_values(office: Office, role: Role, at: str) -> None:
    with Work(office, f.actor(office, role, at), write=True) as work, pytest.raises(Refused):
        enter(work)
