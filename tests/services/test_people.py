"""The people of a file, and what a file still lacks: said of one file as it is found among all."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from db.accounts import Role
from db.base import table_of
from db.cases import Case, CaseState, Place, Purpose, Way
from db.fields import PartialDate
from db.people import Person, PersonKind, Sex
from db.verification import Outcome
from services import completeness, people, verification
from services.access import Right
from services.ages import AgeBand, band_of
from services.completeness import NOW, WANTED
from services.errors import Invalid, Refused
from services.office import Office
from services.people import Companion
from services.records import rows
from services.work import Work, command_line
from tests import factories as make

DAY = date(2018, 7, 3)


def work_of(office: Office) -> Work:
    return Work(office, command_line(), write=True, today=make.TODAY)


def child(**known: Any) -> Companion:
    return Companion(**({"full_name": "Vàng A Páo", "kind": PersonKind.ACCOMPANYING_MINOR} | known))


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("2002-07-04", AgeBand.UNDER_16),
        ("2002-07-03", AgeBand.UNDER_18),
        ("2000-07-04", AgeBand.UNDER_18),
        ("2000-07-03", AgeBand.ADULT),
        ("2000-07", AgeBand.UNDER_18),  # a month is its 15th
        ("2000", AgeBand.ADULT),  # a year is 1 July
    ],
)
def test_three_bands_on_the_day_of_reception(birth: str, expected: AgeBand) -> None:
    assert band_of(PartialDate(birth), DAY) is expected


def test_who_was_born_on_a_leap_day_grows_up_on_the_first_of_march() -> None:
    born = PartialDate("2000-02-29")
    assert (
        band_of(born, date(2018, 2, 28)) is AgeBand.UNDER_18 and band_of(born, date(2018, 3, 1)) is AgeBand.ADULT
    )


def test_somebody_beside_the_subject_is_added_and_corrected(any_office: Office) -> None:
    with work_of(any_office) as work:
        case = make.case(work)
        facts = child(phone="0912 345.678", guardian_phone="+84 12", relation=" con ", birth=PartialDate("2015"))
        person = people.add(work, case, facts=facts)
        assert (person.phone, person.guardian_phone, person.relation) == ("0912345678", "+8412", "con")
        assert person.phone_index
    with work_of(any_office) as work:
        case = work.session.get(Case, case.id)
        beside = next(p for p in rows(work, Person, case) if p.kind is not PersonKind.SUBJECT)
        people.correct(work, case, beside, facts=child(full_name="Vàng A Sính", kind=PersonKind.RELATIVE))
        assert beside.phone is None and beside.phone_index is None
    with work_of(any_office) as work:
        found = {str(p.full_name): p.kind for p in work.session.exec(select(Person))}
        assert found == {"Nông Thị Mẩy": PersonKind.SUBJECT, "Vàng A Sính": PersonKind.RELATIVE}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"kind": PersonKind.SUBJECT}, "kind"),
        ({"birth": PartialDate("1990")}, "birth"),
        ({"birth": PartialDate("2019")}, "birth"),
        ({"phone": "hỏi chị"}, "phone"),
        ({"guardian_phone": "x"}, "guardian_phone"),
        ({"relation": "x" * 61}, "relation"),
        ({"identity_number": "12"}, "identity_number"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(office: Office, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused, work_of(office) as work:
        people.add(work, make.case(work), facts=child(**wrong))
    assert set(refused.value.problems) == {field}


def test_the_subject_and_people_of_other_files_are_not_corrected_here(office: Office) -> None:
    with work_of(office) as work:
        case, other = make.case(work), make.case(work)
        beside = people.add(work, other, facts=child())
        for person in (rows(work, Person, case)[0], beside):
            with pytest.raises(Refused):
                people.correct(work, case, person, facts=child())


def test_a_shelter_adds_nobody(office: Office) -> None:
    with work_of(office) as work:
        case_id = make.case(work).id
    shelter = make.actor(office, Role.SHELTER, make.SHELTER)
    with pytest.raises(Refused), Work(office, shelter, write=True, today=make.TODAY) as work:
        people.add(work, work.session.get(Case, case_id), facts=child())


def test_the_safe_contact_is_for_those_who_see_identities(office: Office) -> None:
    with work_of(office) as work:
        case = make.case(work, phone="0912345678", safe_contact="gọi chị Hoa", no_contact="sau 20 giờ")
        person = rows(work, Person, case)[0]
        known = people.safe_contact(work, person)
        assert known and (known.call, known.never) == ("0912345678 – gọi chị Hoa", "sau 20 giờ")
        assert people.safe_contact(work, rows(work, Person, make.case(work))[0]) is None
    with Work(office, make.actor(office, Role.LEADER, make.LABOUR), today=make.TODAY) as work:
        assert people.safe_contact(work, person) is None


COMPLETE: dict[str, Any] = {
    "full_name": "Nông Thị Mẩy", "sex": Sex.FEMALE, "birth": PartialDate("1990"), "ethnic": "Tày",
    "safe_contact": "gọi mẹ", "way": Way.RESCUED, "place": Place.ABROAD, "country": "Lào",
    "purpose": Purpose.UNKNOWN, "address": "Thôn Nà Tâu",
}  # fmt: skip
LACKING: dict[str, dict[str, Any]] = {
    "full_name": {"full_name": "chưa rõ  tên"},
    "sex": {"sex": None},
    "birth": {"birth": None},
    "guardian_name": {"birth": PartialDate("2001-01")},
    "language": {"interpreter": True},
    "safe_contact": {"safe_contact": None},
    "way": {"way": None},
    "place": {"place": None, "country": None},
    "country": {"country": None},
    "purpose": {"purpose": None},
    "home": {"home_district_id": None},
    "ethnic": {"ethnic": None},
    "address": {"address": None},
}
BESIDE: dict[str, dict[str, Any]] = {
    "full_name": {"full_name": "Chưa rõ tên"},
    "sex": {"sex": None},
    "birth": {"birth": None, "guardian_name": None},
    "relation": {"relation": None},
    "guardian_name": {"guardian_name": None},
}


def advance(work: Work, case: Case, state: CaseState) -> None:
    """To a state in which the fact is asked for."""
    if state is not CaseState.RECEIVED:
        verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)
    if state is CaseState.VICTIM:
        verification.conclude(work, case, outcome=Outcome.VICTIM, concluded_on=DAY, right=Right.IMPORT)


def both(work: Work, case: Case) -> set[str]:
    """What the file lacks now, by name: as said of it, and as the lists find it; the two must agree."""
    work.session.flush()
    said = {one.words for one in completeness.of(work, case, rows(work, Person, case)) if one.now}
    file = table_of(Case).c

    def found(key: str = "") -> bool:
        statement = sa.select(file.id).where(file.id == case.id, completeness.condition(key))
        return work.session.scalar(statement) is not None

    keys = {wanted.key for wanted in WANTED if found(wanted.key)}
    assert {wanted.words[0].lower() + wanted.words[1:] for wanted in WANTED if wanted.key in keys} == said
    assert found() == bool(said)
    return keys


@pytest.mark.parametrize("key", [None, *LACKING])
def test_each_fact_is_missed_in_its_time(any_office: Office, key: str | None) -> None:
    wanted = next((one for one in WANTED if one.key == key), None)
    with work_of(any_office) as work:
        for state in (CaseState.RECEIVED, CaseState.VERIFYING, CaseState.VICTIM):
            if state is CaseState.VICTIM and key in ("way", "place"):
                continue  # a victim has them
            case = make.case(work, **(COMPLETE | (LACKING[key] if key else {})))
            advance(work, case, state)
            expected = {key} if wanted and state in NOW[wanted.since] else set()
            assert both(work, case) == expected


@pytest.mark.parametrize("key", [None, *BESIDE])
def test_people_beside_are_asked_for_less(any_office: Office, key: str | None) -> None:
    facts = {
        "relation": "con",
        "sex": Sex.MALE,
        "birth": PartialDate("2015-03-01"),
        "guardian_name": "Nông Thị Mẩy",
    }
    with work_of(any_office) as work:
        case = make.case(work, **COMPLETE)
        person = people.add(work, case, facts=child(**(facts | (BESIDE[key] if key else {}))))
        assert both(work, case) == ({key} if key else set())
        missing = completeness.of(work, case, rows(work, Person, case))
        assert {(one.form, one.row_id) for one in missing} == ({("edit_person", person.id)} if key else set())


@pytest.mark.parametrize("birth", ["2000-07-03", "2000-07-04", "2000-07", "2000-06", "2000", "2001", "2004-02-29"])
def test_who_needs_a_guardian_is_the_same_in_every_list(any_office: Office, birth: str) -> None:
    with work_of(any_office) as work:
        case = make.case(work, **(COMPLETE | {"birth": PartialDate(birth)}))
        grown = band_of(PartialDate(birth), DAY) is AgeBand.ADULT
        assert both(work, case) == (set() if grown else {"guardian_name"})


def test_what_will_be_needed_is_said_before_it_is_missed(office: Office) -> None:
    with work_of(office) as work:
        case = make.case(
            work, **(COMPLETE | {"place": None, "country": None, "phone": None, "safe_contact": None})
        )
        said = {one.words: one.now for one in completeness.of(work, case, rows(work, Person, case))}
        assert said == {"cách liên hệ an toàn": True, "nơi bị mua bán": False}
