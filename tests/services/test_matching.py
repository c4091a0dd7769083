"""Looking before creating: who is found however the name is written, what is told of files elsewhere, and
what is remembered of a decision."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case
from db.fields import PartialDate
from db.people import Sex
from db.trail import Action, TrailEntry
from services.access import case_for
from services.errors import Refused
from services.identity import elsewhere, matching, sameness
from services.identity.comparing import Agreement
from services.office import Office
from services.work import Work
from tests import factories as make
from tests.services.people_alike import NAME, YEAR, away, local, nfd, reading, two, writing

# candidates


def test_what_agrees_and_what_differs_is_told_fact_by_fact(any_office: Office) -> None:
    with writing(any_office) as work:
        make.case(work, full_name=NAME, birth=PartialDate("1999-04-03"), identity_number="095012345678")
    with reading(any_office, make.actor(any_office, Role.POLICE, "Công an tỉnh")) as work:
        (one,) = matching.candidates(
            work, name="hoa do thi", birth=PartialDate("1998"), sex=Sex.MALE, identity_number="095012345678"
        )
    said = {fact.label: (fact.agreement, fact.words) for fact in one.facts}
    assert said["Họ và tên"] == (Agreement.AGREES, "Cùng chữ, khác thứ tự")
    assert said["Ngày sinh"] == (Agreement.AGREES, "Lệch một năm")
    assert said["Giới tính"][0] is Agreement.DIFFERS and said["Số CMND/CCCD"][0] is Agreement.AGREES
    assert said["Cư trú"][0] is Agreement.UNKNOWN
    assert one.strong


@pytest.mark.parametrize(("born", "strong"), [("1998", True), ("2000-12", True), ("1996", False), (None, False)])
def test_a_birth_a_year_apart_agrees(office: Office, born: str | None, strong: bool) -> None:
    with writing(office) as work:
        make.case(work, full_name=NAME, birth=YEAR)
    with reading(office) as work:
        (one,) = matching.candidates(work, name=NAME, birth=PartialDate(born) if born else None)
        assert one.strong is strong


def test_an_identity_number_finds_whatever_the_name(any_office: Office) -> None:
    with writing(any_office) as work:
        there = make.case(work, full_name=NAME, identity_number="095012345678").id
    with reading(any_office) as work:
        found = matching.candidates(work, name="Bàn Văn Quý", identity_number="095 012 345 678")
        assert [one.case_id for one in found] == [there]
        assert not matching.candidates(work, name="Bàn Văn Quý", identity_number="0950123456")


def test_the_likeliest_stands_first(office: Office) -> None:
    with writing(office) as work:
        spelt = [("Đỗ Thị Hoa", "1970"), ("Hoà Thị Đỗ", "1999"), (NAME, "1999"), ("Đỗ Thị Hoan", "1999")]
        made = [make.case(work, full_name=name, birth=PartialDate(born)).id for name, born in spelt]
    with reading(office) as work:
        found = [one.case_id for one in matching.candidates(work, name=NAME, birth=YEAR)]
    assert found[:2] == [made[2], made[1]] and set(found) == set(made)


def test_people_whose_name_is_not_known_are_not_like_each_other(office: Office) -> None:
    with writing(office) as work:
        make.case(work, full_name="Chưa rõ tên")
    with reading(office) as work:
        assert not matching.candidates(work, name="Chưa rõ tên")


def test_half_a_name_and_nonsense_are_no_error(office: Office) -> None:
    two(office)
    with reading(office) as work:
        for typed in ("", " ", "-", "Đ", "'; --", "1", nfd("ộ")):
            matching.candidates(work, name=typed)
            assert not matching.while_typing(work, {"full_name": typed, "birth": "31/02", "home_district_id": "x"})


def test_whoever_may_not_receive_is_refused(office: Office) -> None:
    for actor in (make.actor(office, Role.SHELTER, make.SHELTER), make.actor(office, Role.PARTNER, "Sở Tư pháp")):
        with reading(office, actor) as work, pytest.raises(Refused):
            matching.candidates(work, name=NAME)


def test_a_list_of_candidates_is_in_the_trail_once(office: Office) -> None:
    one, _ = two(office)
    here = local(office, "Na Rì")
    for _ in range(3):
        with reading(office, here) as work:
            matching.candidates(work, name=NAME)
    with reading(office) as work:
        listed = work.session.exec(select(TrailEntry).where(TrailEntry.action == Action.LIST)).all()
        assert len(listed) == 1 and format(one, "x") in listed[0].fields


def test_of_a_file_elsewhere_only_whom_to_ask_is_told(any_office: Office) -> None:
    there = away(any_office, identity_number="095012345678")
    with reading(any_office, local(any_office, "Na Rì")) as work:
        (one,) = matching.candidates(work, name=NAME, birth=YEAR)
        assert one == matching.Candidate(hidden=True, contact="UBND Huyện Ba Bể")
        with pytest.raises(Refused):
            sameness.other_file(work, make_visible(work, any_office), there)
    with reading(any_office) as work:
        listed = work.session.exec(select(TrailEntry).where(TrailEntry.action == Action.LIST)).all()
        assert [entry.case_id for entry in listed] == [there]


def make_visible(work: Work, office: Office) -> Case:
    with writing(office) as other:
        made = make.case(other, full_name="Ma Thị Sen").id
    return case_for(work, made)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"name": NAME}, True),
        ({"name": "Hoà Thị Đỗ", "birth": PartialDate("2000")}, True),
        ({"name": NAME, "birth": PartialDate("1990")}, False),  # somebody else of that name
        ({"name": "Hòa"}, False),  # half a name says nothing
        ({"name": "Đỗ Thị H"}, False),
        ({"name": "Đỗ Thị Lan", "birth": YEAR}, False),
        ({"name": "Bàn Văn Quý", "identity_number": "095012345678"}, True),
        ({"name": "Bàn Văn Quý", "identity_number": "095012345679"}, False),
    ],
)
def test_a_file_elsewhere_is_spoken_of_for_close_likenesses_only(
    office: Office, asked: dict[str, Any], told: bool
) -> None:
    away(office, identity_number="095012345678")
    with reading(office, local(office, "Na Rì")) as work:
        assert bool(matching.candidates(work, **asked)) is told


def test_a_few_people_an_hour_and_then_the_same_sentence_for_everybody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "PER_HOUR", 2)
    for name in ("Lý A Phò", "Giàng A Páo", "Bàn Thị Sen"):
        away(office, full_name=name)
    here = local(office, "Na Rì")

    def told(name: str, later: timedelta = timedelta()) -> list[matching.Candidate]:
        with reading(office, here) as work:
            work.now += later
            return list(matching.candidates(work, name=name))

    assert [one.contact for one in told("Lý A Phò") + told("Giàng A Páo")] == ["UBND Huyện Ba Bể"] * 2
    assert told("Bàn Thị Sen") == told("Nguyễn Văn Không Có") == told("Lý A Phò")
    assert told("Bàn Thị Sen")[0].contact == ""
    assert told("Bàn Thị Sen", timedelta(hours=2))[0].contact == "UBND Huyện Ba Bể"


def test_a_shelter_is_never_named_and_a_unit_that_is_no_more_neither(office: Office) -> None:
    with writing(office) as work:
        shelter, district = make.unit(work, make.SHELTER).id, make.unit(work, "UBND Huyện Ba Bể").id
    away(office, full_name="Lý A Phò", unit_id=shelter)
    away(office, full_name="Giàng A Páo", unit_id=district)
    here = local(office, "Na Rì")
    with reading(office, here) as work:
        assert [one.contact for one in matching.candidates(work, name="Lý A Phò")] == [make.LABOUR]
    with Work(office, here, today=date(2026, 3, 1)) as work:
        assert [one.contact for one in matching.candidates(work, name="Giàng A Páo")] == ["Sở Y tế"]
