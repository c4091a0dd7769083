"""The definitions of the figures, one invented situation each."""

from collections.abc import Callable
from datetime import date

import pytest

from db.accounts import Role
from db.cases import Place, Reopening, Way
from db.people import Sex
from db.verification import Outcome, VerificationRequest
from services import figures
from services.errors import Refused
from services.figures import Line, line_of
from services.office import Office
from services.work import Actor
from tests.factories import actor, area, case, unit
from tests.services.counted import Q3, Q4, concluded, reading, writing


def test_a_file_concluded_reopened_and_concluded_again_balances(any_office: Office) -> None:
    with writing(any_office) as work:
        found = case(work, received_on=date(2018, 6, 1))
        work.session.add(concluded(found, date(2018, 7, 10), Outcome.INSUFFICIENT))
        work.session.add(Reopening(case_id=found.id, reopened_on=date(2018, 8, 1)))
        work.session.add(concluded(found, date(2018, 10, 2)))
    with reading(any_office) as work:
        third, fourth = figures.account(work, Q3), figures.account(work, Q4)
    assert (third.opening, third.received, third.reopened) == (1, 0, 1)
    assert (third.insufficient, third.victim, third.closing) == (1, 0, 1)
    assert (fourth.opening, fourth.victim, fourth.closing) == (1, 1, 0)


def test_all_on_one_day_balances(office: Office) -> None:
    day = date(2018, 7, 3)
    with writing(office) as work:
        found = case(work, received_on=day)
        work.session.add(concluded(found, day, Outcome.NOT_VICTIM))
        work.session.add(Reopening(case_id=found.id, reopened_on=day))
        work.session.add(concluded(found, day))
    with reading(office) as work:
        counts = figures.account(work, Q3)
    assert (counts.received, counts.reopened, counts.concluded, counts.closing) == (1, 1, 2, 0)


def test_a_second_conclusion_without_a_reopening_changes_nothing(office: Office) -> None:
    with writing(office) as work:
        found = case(work)
        work.session.add(concluded(found, date(2018, 7, 10)))
        work.session.add(concluded(found, date(2018, 8, 10), Outcome.NOT_VICTIM))
    with reading(office) as work:
        counts = figures.account(work, Q3)
    assert (counts.victim, counts.not_victim, counts.closing) == (1, 0, 0)


def test_a_conclusion_older_than_the_reception_takes_effect_with_it(office: Office) -> None:
    with writing(office) as work:
        work.session.add(concluded(case(work, received_on=date(2018, 10, 5)), date(2018, 9, 1)))
    with reading(office) as work:
        third, fourth = figures.account(work, Q3), figures.account(work, Q4)
    assert (third.concluded, third.closing) == (0, 0)
    assert (fourth.received, fourth.victim, fourth.closing) == (1, 1, 0)


def test_what_is_dated_after_the_day_of_the_figures_does_not_count(office: Office) -> None:
    with writing(office) as work:
        found = case(work, received_on=date(2018, 7, 3))
        work.session.add(VerificationRequest(case_id=found.id, requested_on=date(2018, 9, 26)))
        work.session.add(concluded(found, date(2018, 9, 27)))
        case(work, received_on=date(2018, 9, 28))
    with reading(office) as work:
        early = figures.as_json(work, Q3, as_of=date(2018, 9, 25))
        late = figures.as_json(work, Q3, as_of=date(2018, 12, 1))
    assert (early["as_of"], early["received"], early["closing"]) == ("2018-09-25", 1, 1)
    assert early["targets"]["verification"] == {"met": 0, "of": 1}
    assert (late["as_of"], late["received"], late["concluded"]["victim"]) == ("2018-09-30", 2, 1)


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("way", list(Way))
def test_the_line_follows_from_place_and_way(place: Place, way: Way) -> None:
    brought = way in (Way.HANDOVER, Way.RESCUED)
    expected = {
        Place.ABROAD: Line.ABROAD_HANDOVER if brought else Line.ABROAD_SELF_RETURN,
        Place.DOMESTIC: Line.DOMESTIC_RESCUED if brought else Line.DOMESTIC_SELF_REPORTED,
        Place.IN_PROVINCE: Line.IN_PROVINCE,
        Place.UNKNOWN: Line.UNKNOWN,
    }[place]
    if way is Way.UNKNOWN and place is not Place.IN_PROVINCE:
        expected = Line.UNKNOWN
    assert line_of(place, way) is expected


def test_json_is_exactly_the_agreed_form(office: Office) -> None:
    with reading(office) as work:
        found = figures.as_json(work, Q3)
    assert list(found) == [
        "period", "as_of", "received", "opening", "reopened", "closing", "concluded", "lines", "targets",
        "money", "loans",
    ]  # fmt: skip
    assert found["period"] == {"from": "2018-07-01", "to": "2018-09-30"}
    assert list(found["concluded"]) == ["victim", "not_victim", "insufficient"]
    assert list(found["lines"]) == [
        "abroad_handover", "abroad_self_return", "domestic_rescued", "domestic_self_reported", "in_province",
    ]  # fmt: skip
    assert list(found["targets"]) == ["verification", "initial_support", "protection", "support"]
    assert found["targets"]["support"] == {"met": 0, "of": 0}


def test_a_change_is_seen_at_once_and_what_was_taken_back_is_not(office: Office) -> None:
    def received() -> int:
        with reading(office) as work:
            return figures.account(work, Q3).received

    assert received() == 0
    with writing(office) as work:
        case(work)
        assert figures.account(work, Q3).received == 1  # within the same transaction too
    assert received() == 1
    with pytest.raises(ZeroDivisionError), writing(office) as work:
        case(work, full_name="B")
        assert figures.account(work, Q3).received == 2
        raise ZeroDivisionError
    assert received() == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.PARTNER, Role.SHELTER])
def test_without_the_right_there_are_no_figures(office: Office, role: Role) -> None:
    who = actor(office, role, "Cơ sở bảo trợ xã hội")
    with reading(office, who) as work, pytest.raises(Refused):
        figures.as_json(work, Q3)


AREAS: list[tuple[Callable[[Office], Actor], int]] = [
    (lambda office: actor(office, Role.LABOUR_DEPT, "Sở Lao động - Thương binh và Xã hội"), 3),
    (lambda office: actor(office, Role.POLICE, "Công an tỉnh"), 3),
    (lambda office: actor(office, Role.LOCAL, "UBND Huyện Na Rì"), 2),  # lives there, or was received there
    (lambda office: actor(office, Role.POLICE, "Công an Huyện Ba Bể"), 0),
]


@pytest.mark.parametrize(("who", "expected"), AREAS)
def test_only_files_of_the_area_count(office: Office, who: Callable[[Office], Actor], expected: int) -> None:
    with writing(office) as work:
        elsewhere = area(work, "Huyện Chợ Mới").id
        case(work)  # lives in Na Rì, received by the province's police
        case(work, unit_id=unit(work, "UBND Huyện Na Rì").id, home_district_id=elsewhere, full_name="B")
        case(work, home_district_id=elsewhere, full_name="C")
    with reading(office, who(office)) as work:
        assert figures.account(work, Q3).received == expected


def test_a_units_report_counts_what_it_received(office: Office) -> None:
    with writing(office) as work:
        na_ri = unit(work, "UBND Huyện Na Rì").id
        case(work, sex=Sex.MALE)
        case(work, unit_id=na_ri, full_name="B")
    with reading(office) as work:
        assert figures.account(work, Q3, units={na_ri}).received == 1
        assert figures.account(work, Q3, units=set()).received == 0
