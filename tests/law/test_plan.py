"""The plan as data: every sentence there, every named screen real, every clause honest."""

import re
from pathlib import Path

import pytest

from pages.menu import MENU
from services import law, periods

PLAN = law.plan()
TARGETS = {"verification", "initial_support", "protection", "support"}  # the keys of the figures
MARKERS = re.compile(r"^(?:[-+] |[a-zđ]\) |[IVX]+\. |\d\. )", re.MULTILINE)


def _words(text: str) -> list[str]:
    return MARKERS.sub("", text).split()


def test_holds_each_sentence_of_parts_ii_to_vi_word_for_word() -> None:
    issued = (Path(__file__).parent / "plan_2016_2020.txt").read_text("utf-8")
    by_part = {heading.id: [heading.text] for heading in PLAN.headings}
    for clause in PLAN.clauses:
        by_part[clause.part].append(clause.text)
    rest = " ".join(_words(issued))
    for text in sorted((text for texts in by_part.values() for text in texts), key=len, reverse=True):
        spaced = " ".join(text.split())
        assert spaced in rest, text
        rest = rest.replace(spaced, " ", 1)
    assert not rest.split()


def test_keeps_the_order_of_the_plan() -> None:
    issued = " ".join(_words((Path(__file__).parent / "plan_2016_2020.txt").read_text("utf-8")))
    at = 0
    for clause in PLAN.clauses:
        at = issued.index(clause.text, at)


@pytest.mark.parametrize("clause", PLAN.clauses, ids=lambda clause: clause.id)
def test_a_clause_names_a_screen_that_exists_or_says_plainly_that_it_comes_later(clause: law.Clause) -> None:
    assert (clause.screen is None) == bool(clause.later)
    if clause.screen is not None:
        assert clause.screen in {screen.address for screen in MENU}
    else:
        assert clause.later.startswith("Bản sau sẽ có ")
        assert "; nay " in clause.later  # what is kept by hand meanwhile
        assert not clause.by_hand
    assert PLAN.heading(clause.part)


def test_ids_are_unique_and_stand_under_their_part() -> None:
    ids = [clause.id for clause in PLAN.clauses]
    assert len(set(ids)) == len(ids)
    assert all(clause.id.startswith(clause.part) for clause in PLAN.clauses)


def test_the_four_targets_each_stand_once() -> None:
    named = [target for clause in PLAN.clauses for target in clause.targets]
    assert sorted(named) == sorted(TARGETS)


def test_lead_and_partners_follow_the_plan() -> None:
    leads = {clause.part: clause.lead for clause in PLAN.clauses}
    assert leads["II.1.b"] == "Công an tỉnh"
    assert leads["II.2.b"] == PLAN.standing_agency
    partners = {p for clause in PLAN.clauses if clause.part.startswith("II.2") for p in clause.partners}
    assert "Hội Liên hiệp phụ nữ tỉnh" in partners


def test_every_report_due_is_a_period_that_can_be_read() -> None:
    for year in range(PLAN.first_year, PLAN.last_year + 1):
        for row in law.report_dates(PLAN, year):
            assert periods.parse(row.period, PLAN).key == row.period
    assert law.report_dates(PLAN, PLAN.last_year + 1) == ()
