"""What is decided about two files that may be of one person."""

from datetime import date

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState
from db.matching import PersonMatch, Sameness
from db.people import Person
from services import figures, periods
from services.access import case_for
from services.errors import NotReady, Refused
from services.identity import matching, merging, sameness
from services.identity.comparisons import of as about
from services.office import Office
from tests import factories as make
from tests.services.people_alike import NAME, YEAR, away, local, reading, two, writing


def test_linked_files_are_of_one_person_until_it_is_undone(any_office: Office) -> None:
    one, other = two(any_office)
    assert persons(any_office) == 2
    with writing(any_office) as work:
        match_id = sameness.link(work, case_for(work, one), case_for(work, other)).id
    assert persons(any_office) == 1
    with reading(any_office) as work:
        for case_id in (one, other):
            assert not about(work, case_id).likely and len(about(work, case_id).decided) == 1
    with writing(any_office) as work:
        sameness.undo(work, work.session.get_one(PersonMatch, match_id))
    assert persons(any_office) == 2
    with reading(any_office) as work:
        assert [found.case_id for found in about(work, one).likely] == [other]


def persons(office: Office) -> int:
    with reading(office) as work:
        return figures.account(work, periods.parse("2016-2020")).persons


def test_the_mark_goes_back_to_what_it_was(office: Office) -> None:
    one, other = two(office)
    before = marks(office)
    with writing(office) as work:
        made = sameness.link(work, case_for(work, one), case_for(work, other))
        sameness.undo(work, made)
    assert marks(office) == before


def marks(office: Office) -> dict[int, int]:
    with reading(office) as work:
        return {row.case_id: row.subject_id for row in work.session.exec(select(Person))}


def test_a_third_reception_joins_the_two_and_stays_with_the_one_it_was_linked_to(office: Office) -> None:
    one, other = two(office)
    with writing(office) as work:
        third = make.case(work, full_name=NAME, received_on=date(2020, 1, 1)).id
        first = sameness.link(work, case_for(work, one), case_for(work, other))
        work.session.flush()
        sameness.link(work, case_for(work, third), case_for(work, one))
        assert len(set(work.session.exec(select(Person.subject_id)).all())) == 1
        sameness.undo(work, first)
    after = marks(office)
    assert after[one] == after[third] != after[other]


def test_two_pairs_are_not_joined_without_being_taken_apart(office: Office) -> None:
    pairs = [two(office), two(office)]
    with writing(office) as work:
        for one, other in pairs:
            sameness.link(work, case_for(work, one), case_for(work, other))
        work.session.flush()
        with pytest.raises(NotReady, match="liên kết với hồ sơ khác"):
            sameness.link(work, case_for(work, pairs[0][0]), case_for(work, pairs[1][0]))


def test_another_person_is_remembered_from_both_sides(any_office: Office) -> None:
    one, other = two(any_office)
    with reading(any_office) as work:
        assert [found.case_id for found in matching.of_case(work, case_for(work, one))] == [other]
    with writing(any_office) as work:
        decided = sameness.different(work, case_for(work, one), case_for(work, other))
    with reading(any_office) as work:
        for case_id in (one, other):
            assert not matching.of_case(work, case_for(work, case_id))
            assert not matching.candidates(work, name=NAME, birth=YEAR, exclude_case=case_id)
            assert [said.words for said in about(work, case_id).decided] == ["Đã xác định là người khác: hồ sơ"]
    with writing(any_office) as work:
        sameness.undo(work, work.session.get_one(PersonMatch, decided.id))
    with reading(any_office) as work:
        assert matching.of_case(work, case_for(work, other))


def test_one_pair_is_decided_once(office: Office) -> None:
    one, other = two(office)
    with writing(office) as work:
        sameness.different(work, case_for(work, one), case_for(work, other))
        work.session.flush()
        for again in (sameness.link, sameness.different):
            with pytest.raises(NotReady):
                again(work, case_for(work, other), case_for(work, one))
        with pytest.raises(NotReady):
            sameness.link(work, case_for(work, one), case_for(work, one))


def test_decisions_need_both_files(office: Office) -> None:
    one, _ = two(office)
    there = away(office)
    with reading(office) as work:
        found = case_for(work, one), case_for(work, there)
    for verb in (sameness.link, sameness.different):
        with writing(office, local(office, "Na Rì")) as work, pytest.raises(Refused):
            verb(work, *found)
    with writing(office) as work:
        decided = sameness.different(work, *(case_for(work, case.id) for case in found))
    with writing(office, make.actor(office, Role.SHELTER, make.SHELTER)) as work, pytest.raises(Refused):
        sameness.undo(work, work.session.get_one(PersonMatch, decided.id))


def test_a_merged_file_offers_nobody_and_is_offered_to_nobody(any_office: Office) -> None:
    one, other = two(any_office)
    with writing(any_office) as work:
        merging.merge(work, case_for(work, one), case_for(work, other))
    with reading(any_office) as work:
        gone = work.session.get_one(Case, other)
        assert gone.state is CaseState.MERGED and not matching.of_case(work, gone)
        assert [found.case_id for found in matching.candidates(work, name=NAME)] == [one]
        said = about(work, other)
        assert said.kept is not None and said.kept.case_id == one and said.may_undo
        assert [line.acts[0][0] for line in about(work, one).decided] == ["unmerge"]
        assert Sameness.SAME not in [match.match.sameness for match in sameness.decisions(work, gone)]
