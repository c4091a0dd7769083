"""Hand-over, referral, the humane end of a file that is not a victim's, and how long it is kept."""

from datetime import date
from typing import Any

import pytest

from db.accounts import Role
from db.cases import CaseState, ClosingOutcome
from db.handover import Direction
from db.people import PersonKind
from db.support import SupportKind
from db.verification import Outcome
from services import (
    cases,
    figures,
    handover,
    history,
    next_steps,
    office_values,
    people,
    periods,
    referrals,
    retention,
    support,
    verification,
)
from services.access import case_for
from services.errors import Invalid, NotReady, Refused
from services.next_steps import Next
from services.office import Office
from services.people import Companion
from services.registers import case_forms, case_sheet
from services.work import Actor, Work, command_line
from tests import factories as make

DAY = date(2018, 8, 1)


def writing(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def opened(office: Office, outcome: Outcome | None = None, **known: Any) -> int:
    with writing(office) as work:
        case = make.case(work, **known)
        if outcome is not None:
            paper = "A.D28.1" if outcome is Outcome.VICTIM else None
            verification.conclude(work, case, outcome=outcome, concluded_on=date(2018, 7, 20), paper=paper)
        return case.id


def labour(office: Office) -> Actor:
    return make.actor(office, Role.LABOUR_DEPT, make.LABOUR)


def waiting(office: Office, case_id: int, actor: Actor | None = None) -> list[Next]:
    with Work(office, actor or labour(office), today=make.TODAY) as work:
        return list(next_steps.of(work, cases.view(work, case_id)).waiting)


def given_over(work: Work, case_id: int, **known: Any) -> list[Any]:
    case = case_for(work, case_id)
    subject = cases.view(work, case_id).person.id
    facts = {"person_ids": [subject], "direction": Direction.OUT, "handed_on": DAY, "counterpart": "Công an tỉnh"}
    return handover.hand_over(work, case, **(facts | known))


def test_people_are_handed_over_together_by_one_paper(any_office: Office) -> None:
    case_id = opened(any_office)
    with writing(any_office, labour(any_office)) as work:
        case = case_for(work, case_id)
        child = people.add(
            work, case, facts=Companion(kind=PersonKind.ACCOMPANYING_MINOR, full_name="Nông A", relation="Con")
        )
        both = [cases.view(work, case_id).person.id, child.id]
        unit = make.unit(work, "Công an Huyện Na Rì").id
        made = given_over(work, case_id, person_ids=both, unit_id=unit, minutes_number=" 05/BB ", note="khỏe")
        assert [row.minutes_number for row in made] == ["05/BB", "05/BB"]
        assert all(row.counterpart is None for row in made)  # the unit is said once
        assert case.state is CaseState.RECEIVED
        view = cases.view(work, case_id)
        assert handover.gone(view.handovers) == set(both) and handover.all_gone(view.people, view.handovers)
    with writing(any_office, labour(any_office)) as work:
        given_over(work, case_id, person_ids=both[1:], direction=Direction.IN, handed_on=date(2018, 8, 5))
        view = cases.view(work, case_id)
        assert handover.gone(view.handovers) == {both[0]}
        told = [moment.sentence for moment in history.of(work, case_id)]
        assert any("bàn giao, trao trả" in line for line in told)
        assert not any("05/BB" in line or "khỏe" in line for line in told)


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"handed_on": date(2021, 1, 1)}, "handed_on"),
        ({"handed_on": date(2018, 7, 2)}, "handed_on"),  # before the reception
        ({"person_ids": []}, "person_ids"),
        ({"person_ids": [1]}, "person_ids"),  # nobody of this file
        ({"counterpart": "  "}, "unit_id"),
        ({"unit_id": 1}, "unit_id"),
    ],
)
def test_a_hand_over_that_cannot_be_is_refused(office: Office, known: dict[str, Any], field: str) -> None:
    case_id = opened(office)
    with writing(office, labour(office)) as work, pytest.raises(Invalid) as refused:
        given_over(work, case_id, **known)
    assert list(refused.value.problems) == [field]


def test_nobody_is_handed_out_twice(office: Office) -> None:
    case_id = opened(office)
    with writing(office, labour(office)) as work:
        given_over(work, case_id)
        with pytest.raises(Invalid) as refused:
            given_over(work, case_id, handed_on=date(2018, 8, 2))
    assert list(refused.value.problems) == ["person_ids"]


def test_those_without_the_right_hand_nobody_over(office: Office) -> None:
    case_id, shelter = opened(office), make.actor(office, Role.SHELTER, make.SHELTER)
    with writing(office, labour(office)) as work:
        unit = make.unit(work, make.SHELTER).id
        cases.hand_to(work, case_for(work, case_id), unit_id=unit, since=date(2018, 7, 4))
    with writing(office, shelter) as work:
        with pytest.raises(Refused):
            given_over(work, case_id)
        with pytest.raises(Refused):
            referrals.refer(work, case_for(work, case_id), referred_on=DAY, purpose="khám", body="Bệnh viện")


def test_a_foreign_victim_waits_to_be_returned_by_the_steps_of_the_law(office: Office) -> None:
    case_id = opened(office, Outcome.VICTIM, nationality="Lào", ethnic=None)
    item = next(item for item in waiting(office, case_id) if item.form == "hand_over")
    assert len(item.lines) == 5 and any("03 ngày" in line and "Điều 8" in line for line in item.lines)
    with writing(office, labour(office)) as work:
        given_over(work, case_id, counterpart="Cơ quan chức năng nước bạn", place="Cửa khẩu")
    forms = [item.form for item in waiting(office, case_id)]
    assert "hand_over" not in forms and "close" in forms
    with writing(office, labour(office)) as work:
        asked = case_forms.asked(work, case_forms.CLOSE, case_id)
        assert case_forms.CLOSE.start(asked)["outcome"] is ClosingOutcome.HANDED_OVER


def test_a_citizen_is_not_proposed_for_return(office: Office) -> None:
    case_id = opened(office, Outcome.VICTIM, nationality="Việt Nam")
    assert not any(item.form == "hand_over" for item in waiting(office, case_id))


def test_under_the_new_law_the_steps_of_return_have_no_basis_yet(office: Office) -> None:
    with Work(office, command_line(), write=True, today=date(2025, 9, 1)) as work:
        case = make.case(work, received_on=date(2025, 8, 1), home_district_id=None, nationality="Lào", ethnic=None)
        verification.conclude(work, case, outcome=Outcome.VICTIM, concluded_on=date(2025, 8, 20))
        found = next_steps.of(work, cases.view(work, case.id)).waiting
    item = next(item for item in found if item.form == "hand_over")
    assert not item.lines and "Chưa có căn cứ" in item.words


# Not a victim, humanely


def test_what_was_given_to_somebody_who_is_not_a_victim_stays_counted(any_office: Office) -> None:
    case_id, actor = opened(any_office), labour(any_office)
    with writing(any_office, actor) as work:
        case = case_for(work, case_id)
        support.deliver(work, case, kind=SupportKind.ESSENTIALS, delivered_on=date(2018, 7, 5), amount=300_000)
        support.declare_need(work, case, kind=SupportKind.MEDICAL, declared_on=date(2018, 7, 6))
    with writing(any_office) as work:
        verification.conclude(
            work, case_for(work, case_id), outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 20)
        )
    found = waiting(any_office, case_id)
    assert [item.form for item in found] == ["deliver", "refer", "close"]
    with writing(any_office, actor) as work:
        case = case_for(work, case_id)
        with pytest.raises(Invalid) as refused:
            support.declare_need(work, case, kind=SupportKind.TRAVEL, declared_on=date(2018, 7, 21))
        assert "không phải nạn nhân" in refused.value.sentence
        support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=date(2018, 7, 22), amount=50_000)
        referrals.refer(work, case, referred_on=date(2018, 7, 23), body="Trạm y tế", purpose="khám sức khỏe")
        assert figures.money(work, periods.parse("2018")).total == 350_000
    assert [item.form for item in waiting(any_office, case_id)] == ["close"]


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"referred_on": date(2021, 1, 1)}, "referred_on"),
        ({"referred_on": date(2018, 7, 1)}, "referred_on"),
        ({"purpose": " "}, "purpose"),
        ({"body": None}, "unit_id"),
    ],
)
def test_a_referral_says_where_and_what_for(office: Office, known: dict[str, Any], field: str) -> None:
    case_id = opened(office)
    facts = {"referred_on": DAY, "body": "Trạm y tế", "purpose": "khám sức khỏe"} | known
    with writing(office, labour(office)) as work, pytest.raises(Invalid) as refused:
        referrals.refer(work, case_for(work, case_id), **facts)
    assert list(refused.value.problems) == [field]


def test_a_referral_shows_the_file_to_nobody(office: Office) -> None:
    case_id = opened(office)
    with writing(office, labour(office)) as work:
        unit = make.unit(work, "Sở Tư pháp").id
        referrals.refer(work, case_for(work, case_id), referred_on=DAY, unit_id=unit, purpose="trợ giúp pháp lý")
    partner = make.actor(office, Role.PARTNER, "Sở Tư pháp")
    with Work(office, partner, today=make.TODAY) as work, pytest.raises(Refused):
        cases.view(work, case_id)


def test_a_closed_file_takes_no_hand_over(office: Office) -> None:
    case_id = opened(office, Outcome.NOT_VICTIM)
    with writing(office, labour(office)) as work:
        cases.close(work, case_for(work, case_id), outcome=ClosingOutcome.NOT_VICTIM, closed_on=DAY)
    with writing(office, labour(office)) as work, pytest.raises(NotReady):
        given_over(work, case_id)


@pytest.mark.parametrize(
    ("outcome", "until"), [(Outcome.NOT_VICTIM, date(2020, 8, 31)), (Outcome.VICTIM, date(2028, 8, 31))]
)
def test_a_closed_file_is_kept_as_long_as_the_offices_paper_says(
    office: Office, outcome: Outcome, until: date
) -> None:
    case_id, actor = opened(office, outcome), labour(office)
    with writing(office, actor) as work:
        cases.close(work, case_for(work, case_id), outcome=ClosingOutcome.OTHER, closed_on=date(2018, 8, 31))
        view = cases.view(work, case_id)
        assert retention.keeping(work, view.closings[0], view.conclusions).words == retention.NO_BASIS
        assert any(retention.NO_BASIS in block.note for block in case_sheet.sheet(work, view))
        for key, months in ((retention.NOT_VICTIM, 24), (retention.VICTIM, 120)):
            office_values.enter(
                work,
                key=key,
                effective_from=date(2018, 1, 1),
                value=months,
                unit=None,
                document="Quyết định 12/QĐ",
                document_date=date(2017, 12, 1),
            )
        kept = retention.keeping(work, view.closings[0], view.conclusions)
        assert kept.until == until and "Quyết định 12/QĐ" in kept.words
