"""Which files may be merged, by whom, and what is counted of them then."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.accounts import Role
from db.cases import Case, CaseState, CaseUnit, Place, Way
from db.support import SupportKind
from db.verification import Outcome
from services import case_search, figures, history, periods, support, verification
from services.access import case_for
from services.errors import NotReady, Refused
from services.identity import merging
from services.office import Office
from services.records import rows
from services.work import Work
from tests import factories as make
from tests.services.merged_files import DAY, PAPER, apart, counted, merged, reading, two_files, writing


def test_two_different_conclusions_are_not_merged(office: Office) -> None:
    one, other = two_files(office)
    with writing(office) as work:
        verification.conclude(work, case_for(work, one), outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 8, 1))
        verification.conclude(
            work, case_for(work, other), outcome=Outcome.VICTIM, paper=PAPER, concluded_on=date(2018, 8, 2)
        )
    with pytest.raises(NotReady, match="kết luận khác nhau"):
        merged(office, one, other)


def test_a_merged_file_is_neither_merged_again_nor_worked_on(office: Office) -> None:
    one, other = two_files(office)
    merge_id = merged(office, one, other)
    with pytest.raises(NotReady):
        merged(office, one, other)
    with writing(office) as work, pytest.raises(NotReady):
        support.deliver(work, case_for(work, other), kind=SupportKind.TRAVEL, delivered_on=date(2018, 7, 9))
    apart(office, merge_id)
    with pytest.raises(NotReady, match="đã được tách"):
        apart(office, merge_id)


def test_a_file_is_not_merged_with_itself(office: Office) -> None:
    one, _ = two_files(office)
    with pytest.raises(NotReady):
        merged(office, one, one)


def test_both_files_must_be_seen_by_somebody_who_receives(office: Office) -> None:
    one, other = two_files(office, home_district_id=None)
    strangers = make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")
    shelter = make.actor(office, Role.SHELTER, make.SHELTER)
    own = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with writing(office) as work:
        case_for(work, one).home_district_id = None
    for actor in (strangers, shelter, own):  # Na Rì sees the second only
        with reading(office) as work, writing(office, actor) as theirs, pytest.raises(Refused):
            found = work.session.get_one(Case, one), work.session.get_one(Case, other)
            merging.merge(theirs, *found)


def test_who_received_the_other_file_keeps_sight_of_the_person(office: Office) -> None:
    one, other = two_files(office)
    with writing(office) as work:
        case_for(work, one).home_district_id = None
    own = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with reading(office, own) as work, pytest.raises(Refused):
        case_for(work, one)
    merge_id = merged(office, one, other)
    with reading(office, own) as work:
        assert case_for(work, one).id == one
    apart(office, merge_id)
    with reading(office) as work:
        assert not rows(work, CaseUnit, work.session.get_one(Case, one))


def test_a_head_may_take_it_apart_and_a_stranger_may_not(office: Office) -> None:
    one, other = two_files(office)
    merge_id = merged(office, one, other)
    with pytest.raises(Refused):
        apart(office, merge_id, make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể", head=True))
    apart(office, merge_id, make.actor(office, Role.LOCAL, "UBND Huyện Na Rì", head=True))


def test_the_history_of_both_files_tells_of_it(office: Office) -> None:
    one, other = two_files(office)
    merged(office, one, other)
    with reading(office) as work:
        kept, gone = (" ".join(moment.sentence for moment in history.of(work, key)) for key in (one, other))
    assert re.search(r"ghép hồ sơ \S+ vào hồ sơ này", kept) and "nhu cầu" not in kept.lower()
    assert "ghép vào hồ sơ" in gone.lower()


def test_merged_files_count_once_with_the_earliest_reception(any_office: Office) -> None:
    one, other = two_files(any_office)
    assert counted(any_office)["received"] == 2
    merged(any_office, one, other)
    counts = counted(any_office)
    assert (counts["received"], counts["closing"], counts["money"]) == (1, 1, 200_000)
    with reading(any_office) as work:
        early = figures.account(work, periods.days(DAY, DAY))
        late = figures.account(work, periods.days(date(2018, 7, 5), date(2018, 7, 5)))
        assert (early.received, late.received) == (1, 0)
        assert [row.id for row in case_search.find(work).rows] == [one]
        assert case_search.find(work, case_search.CaseFilter(state=CaseState.MERGED)).total == 1


# any files, merged and taken apart in any order

STEPS = st.lists(
    st.tuples(st.sampled_from(["request", "victim", "not_victim", "reopen"]), st.integers(1, 20)), max_size=4
)


FILES = st.lists(st.tuples(st.integers(0, 60), STEPS), min_size=2, max_size=5)
MOVES = st.lists(st.tuples(st.sampled_from(["merge", "apart"]), st.integers(0, 9), st.integers(0, 9)), max_size=8)
SPANS = [
    (DAY + timedelta(days=at), DAY + timedelta(days=at + length))
    for at in (-5, 0, 20, 50)
    for length in (0, 30, 90)
]


class Undo(Exception):
    """Leaves a Work without keeping anything."""


def lived(work: Work, received: int, steps: list[tuple[str, int]]) -> Case:
    day = DAY + timedelta(days=received)
    case = make.case(work, received_on=day, place=Place.ABROAD, way=Way.RESCUED)
    for what, later in steps:
        day += timedelta(days=later)
        try:
            if what == "request":
                verification.request(work, case, requested_on=day, unit_id=make.unit(work).id)
            elif what == "reopen":
                verification.reopen(work, case, reopened_on=day, reason="có tình tiết mới")
            else:
                verification.conclude(work, case, outcome=Outcome(what), concluded_on=day, paper=PAPER)
        except NotReady:
            continue
    return case


def accounts(work: Work) -> list[figures.Account]:
    work.session.flush()
    return [figures.account(work, periods.days(*span)) for span in SPANS]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES, MOVES)
def test_the_account_balances_whatever_is_merged(
    office: Office, found: list[tuple[int, list[tuple[str, int]]]], moves: list[tuple[str, int, int]]
) -> None:
    try:
        with writing(office) as work:
            made = [lived(work, *file) for file in found]
            first, done = accounts(work), []
            for what, one, other in moves:
                try:
                    if what == "merge":
                        done.append(merging.merge(work, made[one % len(made)], made[other % len(made)]))
                    elif done:
                        merging.unmerge(work, done[one % len(done)])
                except NotReady:
                    continue
                for counts in accounts(work):
                    assert counts.opening + counts.received + counts.reopened == counts.concluded + counts.closing
                standing = [merge for merge in done if merge.undone_at is None]
                assert figures.account(work, periods.parse("2018")).received == len(made) - len(standing)
            for merge in reversed(done):
                if merge.undone_at is None:
                    merging.unmerge(work, merge)
            assert accounts(work) == first
            raise Undo
    except Undo:
        pass
