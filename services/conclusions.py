"""What was concluded of a file, and what the head of the concluding unit may still say of it.

The head sees each conclusion of the unit and may return it within seven days of its recording: it then
counts nowhere. Later only a reopening, with a reason, changes it.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from db.accounts import Account, Holding
from db.base import table_of
from db.cases import Case, CaseState
from db.places import UnitKind
from db.verification import Conclusion, ConclusionReview, Outcome, ReviewResult
from services.access import GRANTS, Right
from services.records import rows
from services.work import VIETNAM, Work

WEEK = timedelta(days=7)
NONE_YET = "Hồ sơ chưa có kết luận."
FROM_REGISTER = "Kết luận nhập từ sổ, không qua bước duyệt của thủ trưởng."
SAID = "Thủ trưởng đã cho ý kiến về kết luận này."
TOO_LATE = "Đã quá 7 ngày kể từ ngày ghi kết luận; muốn xác minh lại thì mở lại hồ sơ và ghi lý do."
ACCEPTED = "Thủ trưởng đã đồng ý với kết luận này; muốn xác minh lại thì mở lại hồ sơ."
_CASE, _CONCLUSION, _REVIEW = table_of(Case).c, table_of(Conclusion).c, table_of(ConclusionReview).c


def last_conclusion(work: Work, case: Case) -> Conclusion | None:
    """The conclusion that holds, or held last."""
    return max(rows(work, Conclusion, case), key=_order, default=None)


def identified_on(work: Work, case: Case) -> date | None:
    """Since when this person is identified as a victim: the first of the conclusions that say so, none of
    which was followed by another result. A reopening alone changes nothing."""
    since = None
    for row in sorted(rows(work, Conclusion, case), key=_order):
        since = (since or row.concluded_on) if row.outcome is Outcome.VICTIM else None
    return since


def concluding_unit(work: Work) -> int | None:
    """The unit in whose name the person at work concludes; None for the command line."""
    verifying = (held for held in work.actor.holdings if Right.VERIFY in GRANTS[held.role].rights)
    return next((held.unit_id for held in verifying), None)


def last_day(row: Conclusion) -> date:
    """The last day on which a conclusion may be returned: seven days after it was recorded (Việt Nam)."""
    return row.created_at.astimezone(VIETNAM).date() + WEEK


def review_of(work: Work, case: Case, row: Conclusion) -> ConclusionReview | None:
    said = (review for review in rows(work, ConclusionReview, case) if review.conclusion_id == row.id)
    return next(said, None)


def reviews(work: Work, row: Conclusion | None) -> bool:
    """Whether the person at work is who reviews this conclusion: the head of its unit or, where the unit has
    no head's account, the head of the province's police."""
    if row is None or row.unit_id is None:
        return False
    return work.actor.operator or row.unit_id in _units(work)


def why_no_review(work: Work, case: Case, *, returning: bool) -> str:
    """Why nothing can be said of the file's last conclusion (any more); empty when it can."""
    row = last_conclusion(work, case)
    if row is None:
        return NONE_YET
    if row.unit_id is None:
        return FROM_REGISTER
    if review_of(work, case, row) is not None:
        return SAID
    return TOO_LATE if returning and work.today > last_day(row) else ""


def awaiting_review(work: Work) -> Any:
    """A condition on conclusions joined to their file: those on which the person at work may give an opinion."""
    open_since = datetime.combine(work.today - WEEK, time.min, VIETNAM)
    said = sa.exists(sa.select(1).where(_REVIEW.conclusion_id == _CONCLUSION.id))
    mine = sa.true() if work.actor.operator else _CONCLUSION.unit_id.in_(_units(work))
    return sa.and_(
        mine,
        _CONCLUSION.unit_id.is_not(None),
        _CONCLUSION.created_at >= open_since,
        _CASE.state.in_((CaseState.VICTIM, CaseState.NOT_VICTIM, CaseState.INSUFFICIENT, CaseState.CLOSED)),
        ~said,
    )


def sent_back(work: Work) -> Any:
    """A condition on files: their conclusion was returned, and there is no new one yet."""
    again = table_of(Conclusion).alias("again").c
    later = sa.exists(sa.select(1).where(again.case_id == _REVIEW.case_id, again.created_at > _REVIEW.created_at))
    returned = sa.select(_REVIEW.case_id).where(
        _REVIEW.case_id == _CASE.id, _REVIEW.result == ReviewResult.RETURNED, ~later
    )
    return sa.and_(_CASE.state == CaseState.VERIFYING, sa.exists(returned))


def returned(reviews: Iterable[ConclusionReview], known: Iterable[Conclusion]) -> ConclusionReview | None:
    """The head's last word on a file whose conclusion was returned, while no new one was made."""
    last = max(reviews, key=lambda row: row.created_at, default=None)
    if last is None or last.result is not ReviewResult.RETURNED:
        return None
    return None if any(row.created_at > last.created_at for row in known) else last


def _order(row: Conclusion) -> tuple[date, datetime]:
    return row.concluded_on, row.created_at


def _units(work: Work) -> frozenset[int]:
    """The units whose conclusions the person at work reviews, asked once a Work."""
    if "reviewed units" not in work.session.info:
        heads = [held for held in work.actor.holdings if held.head and Right.VERIFY in GRANTS[held.role].rights]
        units = {held.unit_id for held in heads}
        if any(held.unit_kind is UnitKind.POLICE_PROVINCE for held in heads):
            units |= _headless(work)
        work.session.info["reviewed units"] = frozenset(units)
    known: frozenset[int] = work.session.info["reviewed units"]
    return known


def _headless(work: Work) -> set[int]:
    """The units that concluded something and have no head's account today."""
    held, account = table_of(Holding).c, table_of(Account).c
    led = sa.select(held.unit_id).where(
        held.head.is_(True),
        sa.or_(held.valid_from.is_(None), held.valid_from <= work.today),
        sa.or_(held.valid_to.is_(None), held.valid_to >= work.today),
        held.account_id == account.id,
        account.active.is_(True),
    )
    found = sa.select(_CONCLUSION.unit_id).where(
        _CONCLUSION.unit_id.is_not(None),
        _CONCLUSION.unit_id.not_in(led),
        _CONCLUSION.created_at >= datetime.combine(work.today - WEEK, time.min, VIETNAM),
    )
    return set(work.session.connection().execute(found.distinct()).scalars())
