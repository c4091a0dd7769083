"""The head's word on a conclusion, and two who conclude at once."""

import threading
from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.accounts import Account, Holding, Role
from db.cases import CaseState, CaseStep
from db.removal import Removal
from db.verification import ConclusionReview, Outcome, ReviewResult
from services import cases, figures, history, lifecycle, periods, verification, worklists
from services.access import case_for
from services.errors import AppError, Conflict, Invalid, NotReady, Refused
from services.office import Office
from services.work import VIETNAM, Work, command_line
from tests import factories as make
from tests.services.verified import NARI, PROVINCE, conclude, listed, officer, verifying, writing

# The head's word


def test_a_returned_conclusion_counts_nowhere(any_office: Office) -> None:
    case_id = verifying(any_office)
    here, head = officer(any_office, NARI), officer(any_office, NARI, head=True, account_id=8)
    with writing(any_office, here) as work:
        conclude(work, case_for(work, case_id), date(2018, 7, 20), Outcome.VICTIM, paper="A.D28.1")
    assert listed(any_office, head, "review") == [case_id]
    assert listed(any_office, here, "returned") == []
    with writing(any_office, head) as work:
        case = case_for(work, case_id)
        last = lifecycle.last_conclusion(work, case)
        with pytest.raises(Invalid):
            verification.review(work, case, last, result=ReviewResult.RETURNED, reason=" ")
        verification.review(work, case, last, result=ReviewResult.RETURNED, reason="thiếu lời khai")
    assert listed(any_office, head, "review") == [] and listed(any_office, here, "returned") == [case_id]
    with Work(any_office, head, today=make.TODAY) as work:
        view = cases.view(work, case_id)
        assert view.case.state is CaseState.VERIFYING and not view.conclusions and not view.reopenings
        account = figures.account(work, periods.parse("2018"))
        assert (account.victim, account.reopened, account.closing) == (0, 0, 1)
        kept = work.session.exec(select(Removal)).one()
        assert kept.object == "conclusion" and "A.D28.1" in kept.content
        steps = work.session.exec(select(CaseStep.step).where(CaseStep.case_id == case_id)).all()
        assert "return_conclusion" in steps
        told = history.of(work, case_id)[0].sentence
        assert told == "Trả lại kết luận để xác minh tiếp."
    with writing(any_office, here) as work:
        conclude(work, case_for(work, case_id), date(2018, 7, 25))
    assert listed(any_office, here, "returned") == [] and listed(any_office, head, "review") == [case_id]


def test_an_accepted_conclusion_stands(office: Office) -> None:
    case_id, here, head = verifying(office), officer(office), officer(office, head=True, account_id=8)
    with writing(office, here) as work:
        conclude(work, case_for(work, case_id), date(2018, 7, 20))
    with writing(office, head) as work:
        case = case_for(work, case_id)
        last = lifecycle.last_conclusion(work, case)
        verification.review(work, case, last, result=ReviewResult.ACCEPTED)
        assert case.state is CaseState.NOT_VICTIM
        with pytest.raises(NotReady):
            verification.review(work, case, last, result=ReviewResult.RETURNED, reason="xem lại lời khai")
    with writing(office, here) as work:
        case = case_for(work, case_id)
        with pytest.raises(NotReady):  # what the head agreed to is not quietly taken back
            lifecycle.take_back(work, case, lifecycle.last_conclusion(work, case))
    with Work(office, head, today=make.TODAY) as work:
        assert "Đồng ý với kết luận xác minh." in [moment.sentence for moment in history.of(work, case_id)]


@pytest.mark.parametrize(("days", "allowed"), [(7, True), (8, False)])
def test_a_conclusion_is_returned_within_seven_days_of_its_recording(
    office: Office, days: int, allowed: bool
) -> None:
    case_id, head = verifying(office), officer(office, head=True)
    with writing(office, head) as work:
        row = conclude(work, case_for(work, case_id), date(2018, 7, 20))
        recorded = row.created_at.astimezone(VIETNAM).date()
    with Work(office, head, write=True, today=recorded + timedelta(days=days)) as work:
        case = case_for(work, case_id)
        last = lifecycle.last_conclusion(work, case)
        waiting = worklists.count(work, worklists.LISTS["review"])
        assert waiting == (1 if allowed else 0)
        if allowed:
            verification.review(work, case, last, result=ReviewResult.RETURNED, reason="thiếu tài liệu")
            return
        with pytest.raises(NotReady) as refused:
            verification.review(work, case, last, result=ReviewResult.RETURNED, reason="thiếu tài liệu")
        assert "mở lại" in refused.value.sentence
        verification.reopen(work, case, reopened_on=work.today, reason="thiếu tài liệu")
        assert len(cases.view(work, case_id).reopenings) == 1


def test_a_conclusion_is_reviewed_by_its_own_head(any_office: Office) -> None:
    """By the province's head where the unit has no head of its own; never by another unit's."""
    case_id = verifying(any_office)
    with writing(any_office, officer(any_office, NARI)) as work:
        conclude(work, case_for(work, case_id), date(2018, 7, 20))
    province = officer(any_office, head=True, account_id=9)
    labour = make.actor(any_office, Role.LABOUR_DEPT, make.LABOUR, head=True)
    assert listed(any_office, labour, "review") == []
    with writing(any_office, labour) as work:
        case = case_for(work, case_id)
        with pytest.raises(Refused):
            verification.review(work, case, lifecycle.last_conclusion(work, case), result=ReviewResult.ACCEPTED)
    assert listed(any_office, province, "review") == [case_id]
    with writing(any_office) as work:
        account = Account(username="truong", full_name="Thủ trưởng")
        work.session.add(account)
        work.session.flush()
        at = make.unit(work, NARI).id
        work.session.add(Holding(account_id=account.id, role=Role.POLICE, unit_id=at, head=True))
    assert listed(any_office, province, "review") == []
    assert listed(any_office, officer(any_office, NARI, head=True), "review") == [case_id]


def test_two_officers_conclude_at_once_and_one_wins(any_office: Office) -> None:
    """The second is told why; nothing of theirs is kept beside the first."""
    case_id = verifying(any_office)
    both_read, ended = threading.Barrier(2, timeout=30), []
    sqlite = any_office.engine.dialect.name == "sqlite"  # there the second waits before it can read

    def officers_turn(number: int) -> None:
        try:
            with writing(any_office, officer(any_office, account_id=number)) as work:
                case = case_for(work, case_id)
                if not sqlite:
                    both_read.wait()
                conclude(work, case, date(2018, 7, 20 + number))
            ended.append(None)
        except AppError as error:
            ended.append(error)

    threads = [threading.Thread(target=officers_turn, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = [error for error in ended if error is not None]
    assert len(ended) == 2 and len(lost) == 1 and isinstance(lost[0], NotReady | Conflict)
    with Work(any_office, command_line(), today=make.TODAY) as work:
        view = cases.view(work, case_id)
        assert len(view.conclusions) == 1 and view.case.state is CaseState.NOT_VICTIM
        assert not work.session.exec(select(ConclusionReview)).all()


def test_the_second_officer_reads_who_was_first(office: Office) -> None:
    case_id = verifying(office)
    with writing(office, officer(office)) as work:
        conclude(work, case_for(work, case_id), date(2018, 7, 20))
    with writing(office, officer(office, NARI)) as work, pytest.raises(NotReady) as refused:
        conclude(work, case_for(work, case_id), date(2018, 7, 21))
    assert PROVINCE in refused.value.sentence and "20/07/2018" in refused.value.sentence
