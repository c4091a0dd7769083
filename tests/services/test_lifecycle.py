"""A file goes its way through `take()`; every forbidden move is refused with a sentence."""

from datetime import date

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState, CaseStep, Place
from db.support import SupportKind
from db.verification import Outcome
from services import case_search, cases, history, protection, support, verification
from services.access import case_for
from services.errors import Invalid, NotReady, Refused
from services.office import Office
from services.work import Work
from tests import factories as make


def opened(office: Office, actor, **known) -> int:
    with Work(office, actor, write=True, today=make.TODAY) as work:
        return make.case(work, **known).id


def police(office: Office):
    return make.actor(office, Role.POLICE, "Công an tỉnh")


def test_the_whole_way(any_office: Office) -> None:
    officer, labour = police(any_office), make.actor(any_office, Role.LABOUR_DEPT, make.LABOUR)
    case_id = opened(any_office, officer)
    with Work(any_office, officer, write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        asked = make.unit(work, "Công an Huyện Na Rì").id
        verification.request(work, case, requested_on=date(2018, 7, 5), unit_id=asked, number="12/CV")
        verification.conclude(
            work, case, outcome=Outcome.VICTIM, concluded_on=date(2018, 7, 25), paper="A.D28.1", paper_number="7"
        )
        protection.apply_measure(work, case, measure="A.P2", applied_on=date(2018, 7, 6))
    with Work(any_office, labour, write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        support.deliver(work, case, kind=SupportKind.TRAVEL, delivered_on=date(2018, 7, 4), amount=420_000)
        cases.close(work, case, outcome=cases.ClosingOutcome.REINTEGRATED, closed_on=date(2019, 1, 2))
    with Work(any_office, officer, today=make.TODAY) as work:
        seen = cases.view(work, case_id)
        assert seen.case.state is CaseState.CLOSED
        assert [need.kind for need in seen.needs] == [SupportKind.TRAVEL]
        assert len(seen.protection_needs) == 1
        steps = work.session.exec(select(CaseStep.step).where(CaseStep.case_id == case_id)).all()
        assert set(steps) == {"receive", "request", "conclude_victim", "close"}
        told = [moment.sentence for moment in history.of(work, case_id)]
        assert any("Kết luận: là nạn nhân" in line or "kết luận: là nạn nhân" in line for line in told)
        assert not any("Mẩy" in line or "420" in line for line in told)


def test_a_victim_needs_place_and_way(office: Office) -> None:
    officer = police(office)
    case_id = opened(office, officer, place=Place.UNKNOWN, country=None)
    with Work(office, officer, write=True, today=make.TODAY) as work, pytest.raises(Invalid) as refused:
        verification.conclude(
            work, case_for(work, case_id), outcome=Outcome.VICTIM, concluded_on=date(2018, 7, 25)
        )
    assert "nơi bị mua bán" in refused.value.sentence


def test_no_conclusion_before_its_request(office: Office) -> None:
    officer = police(office)
    case_id = opened(office, officer)
    with pytest.raises(Invalid), Work(office, officer, write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        verification.request(work, case, requested_on=date(2018, 7, 10), unit_id=None)
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 9))
    with Work(office, officer, today=make.TODAY) as work:
        assert cases.view(work, case_id).case.state is CaseState.RECEIVED  # nothing half-done


def test_a_forbidden_move_is_refused(office: Office) -> None:
    officer = police(office)
    case_id = opened(office, officer)
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        with pytest.raises(NotReady):
            verification.reopen(work, case, reopened_on=date(2018, 8, 1), reason="có tài liệu mới")
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 9))
        with pytest.raises(NotReady):
            verification.request(work, case, requested_on=date(2018, 8, 1), unit_id=None)
        with pytest.raises(Invalid):
            verification.reopen(work, case, reopened_on=date(2018, 8, 1), reason=" ")
        verification.reopen(work, case, reopened_on=date(2018, 8, 1), reason="có tài liệu mới")
        assert case.state is CaseState.VERIFYING


def test_nothing_lies_in_the_future(office: Office) -> None:
    officer = police(office)
    with Work(office, officer, write=True, today=make.TODAY) as work, pytest.raises(Invalid):
        make.case(work, received_on=date(2021, 1, 1))


def test_each_verb_asks_its_right(office: Office) -> None:
    officer, partner = police(office), make.actor(office, Role.PARTNER, "Sở Tư pháp")
    local = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    case_id = opened(office, officer)
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        with pytest.raises(Refused):  # money is not the police's
            support.deliver(work, case, kind=SupportKind.TRAVEL, delivered_on=date(2018, 7, 4))
    with Work(office, local, write=True, today=make.TODAY) as work:
        with pytest.raises(Refused):  # conclusions are not the district's
            verification.conclude(
                work, case_for(work, case_id), outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 9)
            )
        with pytest.raises(Refused):
            protection.apply_measure(work, case_for(work, case_id), measure="A.P2", applied_on=date(2018, 7, 9))
    with Work(office, partner, write=True, today=make.TODAY) as work, pytest.raises(Refused):
        make.case(work)


def test_an_area_ends_at_its_border(office: Office) -> None:
    officer = police(office)
    here, there = (make.actor(office, Role.LOCAL, f"UBND Huyện {name}") for name in ("Na Rì", "Ba Bể"))
    shelter = make.actor(office, Role.SHELTER, make.SHELTER)
    case_id = opened(office, officer)
    with Work(office, here, today=make.TODAY) as work:
        assert case_search.find(work).total == 1
    for stranger in (there, shelter):
        with Work(office, stranger, today=make.TODAY) as work:
            assert case_search.find(work).total == 0
            with pytest.raises(Refused):
                cases.view(work, case_id)
    with Work(office, officer, write=True, today=make.TODAY) as work:
        at = make.unit(work, make.SHELTER).id
        cases.hand_to(work, case_for(work, case_id), unit_id=at, since=date(2018, 7, 8))
    with Work(office, shelter, today=make.TODAY) as work:
        assert cases.view(work, case_id).case.id == case_id


def test_a_list_shows_no_name_to_those_who_may_not_see_it(office: Office) -> None:
    officer = police(office)
    opened(office, officer)
    leader = make.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh")
    with Work(office, leader, today=make.TODAY) as work, pytest.raises(Refused):
        case_search.find(work)


@pytest.mark.parametrize("typed", ["nong thi may", "NÔNG THỊ MẨY", "may nong", "Mẩy"])
def test_names_are_found_folded(any_office: Office, typed: str) -> None:
    officer = police(any_office)
    opened(any_office, officer)
    opened(any_office, officer, full_name="Đỗ Văn Hoà")
    with Work(any_office, officer, today=make.TODAY) as work:
        found = case_search.find(work, case_search.CaseFilter(text=typed))
        assert [row.name for row in found.rows] == ["Nông Thị Mẩy"]


def test_a_list_page_is_in_the_trail_once(office: Office) -> None:
    from db.trail import Action, TrailEntry

    officer = police(office)
    opened(office, officer)
    for _ in range(3):
        with Work(office, officer, today=make.TODAY) as work:
            case_search.find(work)
    with Work(office, officer) as work:
        entries = work.session.exec(select(TrailEntry).where(TrailEntry.action == Action.LIST)).all()
        assert len(entries) == 1


def test_two_editors_one_wins(any_office: Office) -> None:
    from services.errors import Conflict

    officer = police(any_office)
    case_id = opened(any_office, officer)
    with Work(any_office, officer, today=make.TODAY) as slow:
        stale = case_for(slow, case_id)
        with Work(any_office, officer, write=True, today=make.TODAY) as quick:
            case_for(quick, case_id).note = "bản của người thứ nhất"
        slow.session.expunge(stale)
    with pytest.raises(Conflict), Work(any_office, officer, write=True, today=make.TODAY) as work:
        work.session.add(stale)
        stale.note = "bản của người thứ hai"
    with Work(any_office, officer, today=make.TODAY) as work:
        assert work.session.get(Case, case_id).note == "bản của người thứ nhất"
