"""What two people did at the same moment: one wins, nothing is doubled, the trail is whole."""

import threading
from collections.abc import Callable
from datetime import date

from sqlmodel import select

from db.cases import Case
from db.matching import Merge
from db.support import SupportKind, SupportNeed
from db.verification import Conclusion, ConclusionReview, Outcome, ReviewResult
from services import support, trail_check, verification
from services.errors import AppError, NotReady
from services.identity import merging, sameness
from services.office import Office
from services.records import rows
from services.removals import removal
from services.work import Work, command_line
from tests import factories as make

DAY = date(2018, 7, 3)
REASON = "Ghi nhầm sang hồ sơ của người khác"


def writing(office: Office) -> Work:
    return Work(office, command_line(), write=True, today=make.TODAY)


def at_once(office: Office, *turns: Callable[[Work], object]) -> list[AppError]:
    """Lets each do its part at the same moment; gives what was refused. Anything else that breaks is raised."""
    together, refused, broken = threading.Barrier(len(turns), timeout=30), [], []
    locks = office.engine.dialect.name == "sqlite"  # there the second waits before it can read

    def one(turn: Callable[[Work], object]) -> None:
        try:
            if locks:
                together.wait()
            with writing(office) as work:
                if not locks:
                    work.session.exec(select(Case)).all()
                    together.wait()
                turn(work)
        except AppError as error:
            refused.append(error)
        except Exception as error:
            broken.append(error)

    threads = [threading.Thread(target=one, args=(turn,)) for turn in turns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken, broken
    with Work(office, command_line()) as work:
        assert trail_check.verify(work).clean
    return refused


def test_a_deletion_is_undone_once(any_office: Office) -> None:
    with writing(any_office) as work:
        case = make.case(work)
        support.declare_need(work, case, kind=SupportKind.PSYCHOLOGY, declared_on=DAY)
        removed = removal.remove(work, case, rows(work, SupportNeed, case)[0], reason=REASON).id
    assert len(at_once(any_office, *[lambda work: removal.restore(work, removed)] * 2)) == 1
    with Work(any_office, command_line()) as work:
        assert len(work.session.exec(select(SupportNeed)).all()) == 1


def test_a_whole_file_comes_back_once(any_office: Office) -> None:
    with writing(any_office) as work:
        case = make.case(work)
        removed = removal.remove(work, case, case, reason=REASON).id
    assert len(at_once(any_office, *[lambda work: removal.restore(work, removed)] * 2)) == 1
    with Work(any_office, command_line()) as work:
        assert len(work.session.exec(select(Case)).all()) == 1


def test_two_files_are_merged_once_whoever_begins(any_office: Office) -> None:
    with writing(any_office) as work:
        one, two = make.case(work).id, make.case(work, received_on=date(2018, 7, 9)).id

    def merged(first: int, second: int) -> Callable[[Work], object]:
        return lambda work: merging.merge(
            work, work.session.get_one(Case, first), work.session.get_one(Case, second)
        )

    assert len(at_once(any_office, merged(one, two), merged(two, one))) == 1
    with Work(any_office, command_line()) as work:
        assert len(work.session.exec(select(Merge)).all()) == 1


def test_a_merge_is_taken_apart_once(any_office: Office) -> None:
    with writing(any_office) as work:
        one, two = make.case(work), make.case(work, received_on=date(2018, 7, 9))
        merge = merging.merge(work, one, two).id
    apart = [lambda work: merging.unmerge(work, work.session.get_one(Merge, merge))] * 2
    assert len(at_once(any_office, *apart)) == 1


def test_two_heads_say_one_word(any_office: Office) -> None:
    with writing(any_office) as work:
        case = make.case(work)
        verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)
        last = verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=DAY)
        last.unit_id = make.unit(work).id
        case_id = case.id

    def said(result: ReviewResult) -> Callable[[Work], object]:
        def turn(work: Work) -> object:
            case = work.session.get_one(Case, case_id)
            last = next(iter(rows(work, Conclusion, case)), None)
            if last is None:
                raise NotReady
            return verification.review(work, case, last, result=result, reason="thiếu giấy")

        return turn

    assert len(at_once(any_office, said(ReviewResult.ACCEPTED), said(ReviewResult.RETURNED))) == 1
    with Work(any_office, command_line()) as work:
        assert len(work.session.exec(select(ConclusionReview)).all()) == 1


def test_one_pair_is_decided_once(any_office: Office) -> None:
    with writing(any_office) as work:
        one, two = make.case(work).id, make.case(work, received_on=date(2018, 7, 9)).id

    def decided(verb: Callable[..., object]) -> Callable[[Work], object]:
        return lambda work: verb(work, work.session.get_one(Case, one), work.session.get_one(Case, two))

    assert len(at_once(any_office, decided(sameness.link), decided(sameness.different))) == 1
