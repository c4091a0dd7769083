"""Several people at once: shared facts once, one file a person, nothing half done."""

from datetime import date

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState, Place, Way
from db.fields import PartialDate
from db.people import Person, PersonKind, Sex
from db.verification import VerificationRequest
from services import case_search, figures, incident_view, incidents, intake, periods
from services.errors import Invalid, NotReady, Refused
from services.incidents import Shared
from services.office import Office
from services.people import Companion, Known
from services.work import Work, command_line
from tests import factories as make

DAY = date(2020, 10, 15)
NA_RI = "UBND Huyện Na Rì"


def begin(work: Work, **known: object) -> int:
    facts = {
        "received_on": DAY,
        "unit_id": make.unit(work, NA_RI).id,
        "way": Way.RESCUED,
        "place": Place.ABROAD,
        "country": "Trung Quốc",
        "expected": 5,
    }
    return incidents.begin(work, facts=Shared(**(facts | known))).id


def officer(office: Office):
    return make.actor(office, Role.LOCAL, NA_RI)


def opened(office: Office) -> int:
    with Work(office, officer(office), write=True, today=make.TODAY) as work:
        return begin(work)


def receive(work: Work, incident_id: int, name: str, **known: object) -> Case:
    return incidents.receive(work, incident_view.find(work, incident_id), facts=Known(full_name=name, **known))


def test_the_shared_facts_stand_on_each_file(any_office: Office) -> None:
    incident_id = opened(any_office)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        first = receive(work, incident_id, "Vàng Thị Mỷ", sex=Sex.FEMALE)
        home = {"home_district_id": make.area(work, "Huyện Ba Bể").id}
        incident = incident_view.find(work, incident_id)
        second = incidents.receive(work, incident, facts=Known(full_name="Lý Thị Sao"), home=home)
        child = Companion(full_name="Vàng A Páo", kind=PersonKind.ACCOMPANYING_MINOR, birth=PartialDate("2016"))
        incidents.bring_along(work, incident, with_case=first.id, facts=child)
    with Work(any_office, officer(any_office), today=make.TODAY) as work:
        view = incident_view.view(work, incident_id)
        assert view.incident.code == "VV-2020-0001" and view.entered == 3 and view.left == 2 and not view.hidden
        assert [[str(p.full_name) for p in file.people] for file in view.files] == [
            ["Vàng Thị Mỷ", "Vàng A Páo"],
            ["Lý Thị Sao"],
        ]
        for case in (work.session.get(Case, first.id), work.session.get(Case, second.id)):
            assert (case.received_on, case.way, case.place, case.country) == (
                DAY,
                Way.RESCUED,
                Place.ABROAD,
                "Trung Quốc",
            )
            assert case.unit_id == view.incident.unit_id
        assert work.session.get(Case, second.id).home_district_id == home["home_district_id"]


def test_each_person_is_kept_at_once(any_office: Office) -> None:
    incident_id = opened(any_office)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        receive(work, incident_id, "Vàng Thị Mỷ")
    with (
        pytest.raises(Invalid) as refused,
        Work(any_office, officer(any_office), write=True, today=make.TODAY) as work,
    ):
        receive(work, incident_id, "Lý Thị Sao", birth=PartialDate("2021"))
    assert set(refused.value.problems) == {"birth"}
    with Work(any_office, officer(any_office), today=make.TODAY) as work:
        assert incident_view.view(work, incident_id).entered == 1


def test_what_cannot_be_is_refused_with_a_sentence(any_office: Office) -> None:
    wrong = {"expected": 0, "province": "Hà Nội", "received_on": date(2021, 1, 1), "country": "x" * 61}
    with (
        pytest.raises(Invalid) as refused,
        Work(any_office, officer(any_office), write=True, today=make.TODAY) as w,
    ):
        begin(w, **wrong)
    assert set(refused.value.problems) == set(wrong)


def test_an_incident_of_another_district_is_not_there(any_office: Office) -> None:
    """Until one of its people is theirs; then they see that file and the count, not the others."""
    incident_id = opened(any_office)
    elsewhere = make.actor(any_office, Role.LOCAL, "UBND Huyện Ba Bể", account_id=8)
    with pytest.raises(Refused), Work(any_office, elsewhere, today=make.TODAY) as work:
        incident_view.view(work, incident_id)
    with pytest.raises(Refused), Work(any_office, elsewhere, write=True, today=make.TODAY) as work:
        incident = work.session.get(incidents.Incident, incident_id)
        incidents.receive(work, incident, facts=Known(full_name="Lý Thị Sao"))
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident = incident_view.find(work, incident_id)
        receive(work, incident_id, "Vàng Thị Mỷ")
        home = {"home_district_id": make.area(work, "Huyện Ba Bể").id}
        incidents.receive(work, incident, facts=Known(full_name="Lý Thị Sao"), home=home)
    with Work(any_office, elsewhere, today=make.TODAY) as work:
        view = incident_view.view(work, incident_id)
        assert [str(file.subject.full_name) for file in view.files] == ["Lý Thị Sao"]
        assert view.hidden == 1 and view.entered == 2


def test_the_unit_that_wrote_it_down_keeps_sight_of_an_empty_incident(any_office: Office) -> None:
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident_id = begin(work, unit_id=make.unit(work, make.LABOUR).id)
    with Work(any_office, officer(any_office), today=make.TODAY) as work:
        assert incident_view.find(work, incident_id).id == incident_id
        assert [line.id for line in incident_view.waiting(work)] == [incident_id]


def test_an_incident_waits_until_everybody_is_entered(any_office: Office) -> None:
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident_id = begin(work, expected=2)
        receive(work, incident_id, "Vàng Thị Mỷ")
        assert [(line.entered, line.expected) for line in incident_view.waiting(work)] == [(1, 2)]
        receive(work, incident_id, "Lý Thị Sao")
        work.session.flush()
        assert incident_view.waiting(work) == []


def shared(incident: object, **changed: object) -> Shared:
    names = (*incidents.COPIED, *incidents.OWN)
    return Shared(**({name: getattr(incident, name) for name in names} | changed))


def test_a_correction_is_carried_only_to_files_that_still_hold_the_old_fact(any_office: Office) -> None:
    incident_id = opened(any_office)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        first = receive(work, incident_id, "Vàng Thị Mỷ", phone="0912 345 678")
        other = receive(work, incident_id, "Lý Thị Sao")
        person = incident_view.files_of(work, incident_view.find(work, incident_id), True)[1].subject
        facts = intake.facts_of(other, person)
        facts.country = "Lào"
        intake.correct(work, other, person, facts=facts)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident = incident_view.find(work, incident_id)
        would = incidents.still_holding(work, incident, {"country": "Myanmar", "way": Way.SELF_RETURN})
        assert {case_id: names for case_id, (_, names) in would.items()} == {
            first.id: ["way", "country"],
            other.id: ["way"],
        }
        facts = shared(incident, country="Myanmar", way=Way.SELF_RETURN)
        carried = incidents.correct(work, incident, facts=facts, carry=True)
        assert len(carried) == 2
    with Work(any_office, officer(any_office), today=make.TODAY) as work:
        found = {str(f.subject.full_name): f for f in incident_view.view(work, incident_id).files}
        assert [(f.case.country, f.case.way) for f in found.values()] == [
            ("Myanmar", Way.SELF_RETURN),
            ("Lào", Way.SELF_RETURN),
        ]
        assert found["Vàng Thị Mỷ"].subject.phone == "0912345678"


def test_a_correction_of_the_incident_alone_leaves_the_files(any_office: Office) -> None:
    incident_id = opened(any_office)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        receive(work, incident_id, "Vàng Thị Mỷ")
        incident = incident_view.find(work, incident_id)
        assert incidents.correct(work, incident, facts=shared(incident, country="Lào")) == []
    with Work(any_office, officer(any_office), today=make.TODAY) as work:
        view = incident_view.view(work, incident_id)
        assert view.incident.country == "Lào" and view.files[0].case.country == "Trung Quốc"


def test_verification_is_asked_for_everybody_or_nobody(any_office: Office) -> None:
    incident_id = opened(any_office)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        for name in ("Vàng Thị Mỷ", "Lý Thị Sao", "Chưa rõ tên"):
            receive(work, incident_id, name)
    with pytest.raises(Invalid), Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident = incident_view.find(work, incident_id)
        police = make.unit(work, "Công an tỉnh").id
        incidents.request_for_all(work, incident, requested_on=date(2021, 2, 1), unit_id=police)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        assert not work.session.exec(select(VerificationRequest)).all()
        incident = incident_view.find(work, incident_id)
        police = make.unit(work, "Công an tỉnh").id
        made = incidents.request_for_all(work, incident, requested_on=DAY, unit_id=police, number="15/ĐN")
        assert len(made) == 3 and {row.number for row in made} == {"15/ĐN"}
    with Work(any_office, officer(any_office), today=make.TODAY) as work:
        view = incident_view.view(work, incident_id)
        assert {file.case.state for file in view.files} == {CaseState.VERIFYING}
        assert incident_view.to_request(view) == []
    with pytest.raises(NotReady), Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident = incident_view.find(work, incident_id)
        incidents.request_for_all(work, incident, requested_on=DAY, unit_id=make.unit(work, "Công an tỉnh").id)


def test_nobody_is_brought_along_into_a_file_outside_the_incident(any_office: Office) -> None:
    incident_id = opened(any_office)
    facts = Companion(full_name="Vàng A Páo", kind=PersonKind.RELATIVE)
    with pytest.raises(Refused), Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        elsewhere = make.case(work, unit_id=make.unit(work, NA_RI).id)
        incident = incident_view.find(work, incident_id)
        incidents.bring_along(work, incident, with_case=elsewhere.id, facts=facts)


def test_the_figures_count_those_who_came_along_on_lines_of_their_own(any_office: Office) -> None:
    incident_id = opened(any_office)
    with Work(any_office, officer(any_office), write=True, today=make.TODAY) as work:
        incident = incident_view.find(work, incident_id)
        mother = receive(work, incident_id, "Vàng Thị Mỷ", birth=PartialDate("1995"))
        for kind in (PersonKind.ACCOMPANYING_MINOR, PersonKind.RELATIVE):
            facts = Companion(full_name="Vàng A Páo", kind=kind)
            incidents.bring_along(work, incident, with_case=mother.id, facts=facts)
    with Work(any_office, command_line(), today=make.TODAY) as work:
        year = periods.parse("2020")
        assert figures.account(work, year).received == 1
        assert figures.companions(work, year) == {PersonKind.ACCOMPANYING_MINOR: 1, PersonKind.RELATIVE: 1}
        assert case_search.find(work).total == 1
        assert len(work.session.exec(select(Person)).all()) == 3
