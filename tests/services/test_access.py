"""Rights, areas and redaction: deny by default, one table."""

from datetime import date

import pytest
from sqlmodel import select

from db.accounts import Role
from db.people import Person
from db.places import Area
from db.trail import Action, TrailEntry
from services import case_search, cases, intake, verification
from services.access import GRANTS, Right, case_for, clear, has, rights_of, shows
from services.errors import Refused
from services.office import Office
from services.work import Actor, Work
from tests import factories as make

NOBODY = Actor(None, "không ai")
# What each role may do, written down a second time on purpose: a change of the table must be meant.
POLICY = {
    Role.LABOUR_DEPT: "read_cases intake support import export statistics report plan law templates",
    Role.POLICE: "read_cases intake verify protect export statistics report plan templates",
    Role.LOCAL: "read_cases intake support export statistics report plan",
    Role.SHELTER: "read_cases support plan",
    Role.PARTNER: "read_cases plan",
    Role.LEADER: "plan",
    Role.ADMIN: "accounts trail",
}


def test_nobody_may_do_anything(office: Office) -> None:
    assert rights_of(NOBODY) == frozenset()
    with Work(office, NOBODY) as work, pytest.raises(Refused):
        case_search.find(work)


@pytest.mark.parametrize("role", Role)
def test_the_policy(role: Role) -> None:
    assert {right.value for right in GRANTS[role].rights} == set(POLICY[role].split())


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN])
def test_leaders_and_administrators_see_no_person(office: Office, role: Role) -> None:
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case_id = make.case(work).id
    stranger = make.actor(office, role, "Ủy ban nhân dân tỉnh")
    assert not has(stranger, Right.READ_CASES)
    with Work(office, stranger, today=make.TODAY) as work, pytest.raises(Refused):
        cases.view(work, case_id)


def test_a_head_reads_the_trail_of_the_unit(office: Office) -> None:
    assert has(make.actor(office, Role.LOCAL, "UBND Huyện Na Rì", head=True), Right.TRAIL)
    assert not has(make.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), Right.TRAIL)


def test_protection_details_are_not_for_the_labour_department(office: Office) -> None:
    labour, police = (
        make.actor(office, *who) for who in ((Role.LABOUR_DEPT, make.LABOUR), (Role.POLICE, "Công an tỉnh"))
    )
    assert "protection" not in {s.value for s in clear(labour)}
    assert "protection" in {s.value for s in clear(police)}


def test_a_leader_sees_no_identity_in_clear(office: Office) -> None:
    leader = make.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh")
    assert shows(leader, Person.sex) and not shows(leader, Person.full_name)
    assert not shows(leader, Person.identity_index)


def test_police_asked_to_verify_see_the_file(office: Office) -> None:
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    asked = make.actor(office, Role.POLICE, "Công an Huyện Ba Bể")
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case = make.case(work)
        case_id = case.id
    with Work(office, asked, today=make.TODAY) as work, pytest.raises(Refused):
        case_for(work, case_id)
    with Work(office, officer, write=True, today=make.TODAY) as work:
        unit = make.unit(work, "Công an Huyện Ba Bể").id
        verification.request(work, case_for(work, case_id), requested_on=date(2018, 7, 4), unit_id=unit)
    with Work(office, asked, today=make.TODAY) as work:
        assert case_for(work, case_id).id == case_id


def test_a_hand_over_ends_with_its_day(office: Office) -> None:
    officer, shelter = (
        make.actor(office, Role.POLICE, "Công an tỉnh"),
        make.actor(office, Role.SHELTER, make.SHELTER),
    )
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case = make.case(work)
        at = make.unit(work, make.SHELTER).id
        cases.hand_to(work, case, unit_id=at, since=date(2018, 7, 5), until=date(2018, 9, 5))
    for day, sees in ((date(2018, 7, 4), 0), (date(2018, 7, 5), 1), (date(2018, 9, 5), 1), (date(2018, 9, 6), 0)):
        with Work(office, shelter, today=day) as work:
            assert case_search.find(work).total == sees, day


def test_a_reading_is_written_before_anything_is_shown(office: Office) -> None:
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case_id = make.case(work).id
    for _ in range(2):
        with Work(office, officer, today=make.TODAY) as work:
            cases.view(work, case_id)
    with Work(office, officer) as work:
        read = work.session.exec(select(TrailEntry).where(TrailEntry.action == Action.READ)).all()
        assert [(entry.case_id, entry.actor_id) for entry in read] == [(case_id, officer.account_id)]


def test_a_commune_sees_what_lives_there(office: Office) -> None:
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    with Work(office, officer, write=True, today=make.TODAY) as work:
        commune = work.session.exec(select(Area).where(Area.name == "Xã Kim Hỷ")).first()
        make.case(work, home_commune_id=commune.id)
        make.case(work, full_name="Người khác")
        district_id, commune_id = commune.parent_id, commune.id
    local = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    from dataclasses import replace

    from db.places import AreaLevel

    held = replace(local.holdings[0], area_id=commune_id, area_level=AreaLevel.COMMUNE, unit_id=1)
    with Work(office, replace(local, holdings=(held,)), today=make.TODAY) as work:
        assert case_search.find(work).total == 1
    assert district_id


def test_correcting_keeps_who_and_which_fields(office: Office) -> None:
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case = make.case(work)
        case_id = case.id
    with Work(office, officer, write=True, today=make.TODAY) as work:
        case = case_for(work, case_id)
        person = work.session.exec(select(Person).where(Person.case_id == case_id)).one()
        facts = intake.facts_of(case, person)
        facts.full_name, facts.ethnic = "Nông Thị Mây", "Nùng"
        intake.correct(work, case, person, facts=facts)
    with Work(office, officer, today=make.TODAY) as work:
        entry = work.session.exec(
            select(TrailEntry).where(TrailEntry.action == Action.UPDATE, TrailEntry.object == "person")
        ).one()
        assert set(entry.fields.split(",")) == {"full_name", "ethnic"}
        assert cases.view(work, case_id).person.full_name == "Nông Thị Mây"


def test_whoever_receives_keeps_seeing_the_file(office: Office) -> None:
    """A district's officer enters somebody for another unit: the file is handed to their own from that day."""
    local = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with Work(office, local, write=True, today=make.TODAY) as work:
        elsewhere = make.case(work, home_district_id=None)
        here = make.case(work)
    with Work(office, local, today=make.TODAY) as work:
        assert case_search.find(work).total == 2
        handed = cases.view(work, elsewhere.id).handed
        assert [(row.unit_id, row.since, row.until) for row in handed] == [
            (local.holdings[0].unit_id, elsewhere.received_on, None)
        ]
        assert cases.view(work, here.id).handed == []


def test_nothing_is_handed_to_those_who_see_everything(office: Office) -> None:
    for who in (make.actor(office, Role.LABOUR_DEPT, make.LABOUR), Actor(None, "máy chủ", operator=True)):
        with Work(office, who, write=True, today=make.TODAY) as work:
            case = make.case(work)
            assert cases.view(work, case.id).handed == []
