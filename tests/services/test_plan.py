"""The plan beside what was done for it; the legal values the office fills in."""

from datetime import date

import pytest

from db.accounts import Role
from db.cases import Place, Way
from db.verification import Outcome
from services import law, periods, plan, verification
from services.errors import Refused
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
        verification.conclude(work, case, outcome=Outcome.VICTIM, concluded_on=date(2018, 8, 1), paper="A.D28.1")
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
