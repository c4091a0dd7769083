"""What an attacker tried with the search before creating: finding people, their years and numbers, elsewhere."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Role
from db.fields import PartialDate
from db.trail import TrailEntry
from services import cases
from services.access import case_for
from services.errors import Refused
from services.identity import comparisons, elsewhere, matching, merging, sameness
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as make

NAME, YEAR, NUMBER = "Giàng Thị Sua", PartialDate("1999"), "095199000123"


def writing(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def reading(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), today=make.TODAY)


def a_file(office: Office, at: str = "Ba Bể", **facts: Any) -> int:
    with writing(office) as work:
        place = {
            "home_district_id": make.area(work, f"Huyện {at}").id,
            "unit_id": make.unit(work, f"UBND Huyện {at}").id,
        }
        return make.case(
            work, **({"full_name": NAME, "birth": YEAR, "identity_number": NUMBER} | place | facts)
        ).id


def here(office: Office, account_id: int = 7) -> Actor:
    return make.actor(office, Role.LOCAL, "UBND Huyện Na Rì", account_id=account_id)


def told(office: Office, actor: Actor, **asked: Any) -> str:
    """What is said of files elsewhere."""
    with reading(office, actor) as work:
        found = matching.candidates(work, **asked)
        assert all(
            not one.name and not one.case_id and not one.code and not one.facts for one in found if one.hidden
        )
        return "; ".join(one.contact or one.kind for one in found if one.hidden)


def listed(office: Office) -> int:
    with reading(office) as work:
        return len(work.session.exec(select(TrailEntry).where(TrailEntry.reason == elsewhere.WHY)).all())


@pytest.mark.parametrize(
    "guess",
    [
        lambda number: {"name": NAME, "birth": PartialDate(str(1900 + number))},
        lambda number: {"name": "Bàn Văn Quý", "identity_number": f"{number:012d}"},
        lambda number: {"name": f"{NAME} {'abcdefghijklmnopqrstuvwxyz'[number % 26] * (number // 26 + 1)}"},
    ],
    ids=["years", "numbers", "names"],
)
def test_guessing_comes_to_an_end_whether_it_finds_or_not(
    office: Office, monkeypatch: pytest.MonkeyPatch, guess: Any
) -> None:
    """One question after another about one person, or about numbers, is a search; an intake asks a few."""
    monkeypatch.setattr(elsewhere, "QUESTIONS_PER_HOUR", 20)
    a_file(office)
    actor = here(office)
    for number in range(20):
        assert told(office, actor, **guess(number)) != elsewhere.OUT_OF_LOOKS
    assert told(office, actor, **guess(21)) == elsewhere.OUT_OF_LOOKS
    assert told(office, actor, name="Nguyễn Văn Không Có") == elsewhere.OUT_OF_LOOKS
    assert told(office, here(office, 8), name=NAME, birth=YEAR) == "UBND Huyện Ba Bể"


def test_the_same_question_again_is_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form asks with each field that is filled in."""
    monkeypatch.setattr(elsewhere, "QUESTIONS_PER_HOUR", 3)
    a_file(office)
    for _ in range(9):
        assert told(office, here(office), name=NAME, birth=YEAR) == "UBND Huyện Ba Bể"


def test_each_other_question_about_somebody_elsewhere_is_in_the_trail(office: Office) -> None:
    """Guessing a year of birth against one person is seen by who holds the file."""
    a_file(office)
    for year in range(1995, 2004):
        told(office, here(office), name=NAME, birth=PartialDate(str(year)))
    assert listed(office) == 3  # 1998, 1999, 2000: those that were answered


def test_opening_ones_own_file_asks_nothing_elsewhere(office: Office) -> None:
    """The page of a file names nobody elsewhere, so it spends no question and writes none."""
    a_file(office)
    own = a_file(office, "Na Rì", identity_number=None)
    with reading(office, here(office)) as work:
        assert comparisons.of(work, own).likely == []
    assert listed(office) == 0


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.PARTNER, Role.SHELTER])
def test_roles_that_receive_nobody_ask_nothing(office: Office, role: Role) -> None:
    a_file(office)
    at = make.SHELTER if role is Role.SHELTER else make.LABOUR
    for asked in ({"name": NAME}, {"name": "x y", "identity_number": NUMBER}):
        with reading(office, make.actor(office, role, at)) as work, pytest.raises(Refused):
            matching.candidates(work, **asked)
    assert listed(office) == 0


def test_an_endless_name_is_answered_at_once(office: Office) -> None:
    a_file(office, "Na Rì")
    for name in ("a " * 50_000, "Giàng " * 20_000, "\u0323" * 100_000, "ộ" * 100_000):
        assert not told(office, here(office), name=name)


def test_nobody_compares_links_or_merges_with_a_file_elsewhere(any_office: Office) -> None:
    there, mine = a_file(any_office), a_file(any_office, "Na Rì")
    actor = here(any_office)
    for other in (there, mine, None, 0, -1, 2**63, 16**40):
        with reading(any_office, actor) as work, pytest.raises(Refused):
            comparisons.two(work, mine, other)
    for do in (merging.merge, sameness.link, sameness.different):
        with pytest.raises(Refused), writing(any_office, actor) as work:
            foreign = work.session.get_one(cases.Case, there)  # as if its id had been guessed
            do(work, case_for(work, mine), foreign)
        with pytest.raises(Refused), writing(any_office, actor) as work:
            foreign = work.session.get_one(cases.Case, there)
            do(work, foreign, case_for(work, mine))


def test_a_decision_elsewhere_is_not_undone_and_a_merge_neither(any_office: Office) -> None:
    one, two = a_file(any_office), a_file(any_office, received_on=date(2018, 8, 1))
    three = a_file(any_office, received_on=date(2018, 9, 1))
    with writing(any_office) as work:
        match = sameness.link(work, case_for(work, one), case_for(work, three)).id
        merge = merging.merge(work, case_for(work, one), case_for(work, two)).id
    stranger = here(any_office)
    with pytest.raises(Refused), writing(any_office, stranger) as work:
        merging.unmerge(work, work.session.get_one(merging.Merge, merge))
    with pytest.raises(Refused), writing(any_office, stranger) as work:
        sameness.undo(work, work.session.get_one(merging.PersonMatch, match))


def test_a_link_says_nothing_of_the_half_one_does_not_see(office: Office) -> None:
    there, mine = a_file(office), a_file(office, "Na Rì")
    with writing(office) as work:
        sameness.link(work, case_for(work, mine), case_for(work, there))
    with reading(office, here(office)) as work:
        assert comparisons.of(work, mine).decided == ()
        assert not sameness.decisions(work, case_for(work, mine))
