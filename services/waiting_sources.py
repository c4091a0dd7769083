"""What the work lists are made of, in SQL: the columns, what is counted, and since when it waits."""

from typing import Any

import sqlalchemy as sa

from db.base import Row, table_of
from db.cases import Case, Reopening
from db.handover import Handover
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import INITIAL_KINDS, Delivery, SupportNeed
from db.verification import Conclusion, ConclusionReview, ReviewResult, VerificationRequest

CASE = table_of(Case).c
REQUEST, REOPENED = table_of(VerificationRequest).c, table_of(Reopening).c
THREAT, MEASURE = table_of(ProtectionNeed).c, table_of(ProtectionMeasure).c
NEED, GIVEN, HANDED = table_of(SupportNeed).c, table_of(Delivery).c, table_of(Handover).c
CONCLUSION, REVIEW = table_of(Conclusion).c, table_of(ConclusionReview).c


def _last(model: type[Row], column: Any, *conditions: Any) -> Any:
    """The latest day of that kind on a file. Asked for each file on its own: few of them wait."""
    rows = table_of(model)
    found = sa.select(sa.func.max(column)).where(rows.c.case_id == CASE.id, *conditions)
    return found.correlate_except(rows).scalar_subquery()


_asked, _again = _last(VerificationRequest, REQUEST.requested_on), _last(Reopening, REOPENED.reopened_on)
# A file reopened after its last request waits from the reopening (`lifecycle.verifying_since`).
VERIFYING_SINCE = sa.case(
    (sa.and_(_again.is_not(None), sa.or_(_asked.is_(None), _again > _asked)), _again),
    else_=sa.func.coalesce(_asked, CASE.received_on),
)
RETURNED_SINCE = _last(ConclusionReview, REVIEW.reviewed_on, REVIEW.result == ReviewResult.RETURNED)
CONCLUDED_SINCE = sa.func.coalesce(_last(Conclusion, CONCLUSION.concluded_on), CASE.received_on)


def files() -> Any:
    return table_of(Case)


def conclusions_made() -> Any:
    return table_of(Conclusion).join(table_of(Case), CASE.id == CONCLUSION.case_id)


def threats() -> Any:
    return table_of(ProtectionNeed).join(table_of(Case), CASE.id == THREAT.case_id)


def measures() -> Any:
    return table_of(ProtectionMeasure).join(table_of(Case), CASE.id == MEASURE.case_id)


def needs() -> Any:
    return table_of(SupportNeed).join(table_of(Case), CASE.id == NEED.case_id)


def no(*conditions: Any) -> Any:
    """No row of that kind."""
    return ~sa.exists(sa.select(1).where(*conditions))


INITIAL_NEED = (NEED.case_id == CASE.id, NEED.kind.in_(INITIAL_KINDS), NEED.refused.is_(False))
NO_INITIAL_GIVEN = no(GIVEN.case_id == CASE.id, GIVEN.kind.in_(INITIAL_KINDS))
