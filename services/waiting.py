"""The work lists, declared: which files (or needs, or measures of files) wait for what, and since when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, CaseState, Reopening
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import INITIAL_KINDS, Delivery, SupportNeed
from db.verification import VerificationRequest
from services.access import Right
from services.lifecycle import STEPS

S = CaseState
CASE = table_of(Case).c
REQUEST, REOPENED = table_of(VerificationRequest).c, table_of(Reopening).c
THREAT, MEASURE = table_of(ProtectionNeed).c, table_of(ProtectionMeasure).c
NEED, GIVEN = table_of(SupportNeed).c, table_of(Delivery).c
OPEN = (S.RECEIVED, S.VERIFYING)


@dataclass(frozen=True)
class WorkList:
    """`source`: what is counted (files, or needs and measures of files); `since`: from when it waits;
    `form`: what is done about it on the file; `limit`: the law's step, if it has one."""

    name: str
    label: str
    screen: str
    right: Right
    what: str
    source: Callable[[], Any]
    where: Any
    since: Any
    detail: Any = None
    form: str = ""
    limit: str = ""


_asked = (
    sa.select(REQUEST.case_id, sa.func.max(REQUEST.requested_on).label("day")).group_by(REQUEST.case_id).subquery()
)
_again = (
    sa.select(REOPENED.case_id, sa.func.max(REOPENED.reopened_on).label("day"))
    .group_by(REOPENED.case_id)
    .subquery()
)
# A file reopened after its last request waits from the reopening.
_verifying_since = sa.case(
    (
        sa.and_(_again.c.day.is_not(None), sa.or_(_asked.c.day.is_(None), _again.c.day > _asked.c.day)),
        _again.c.day,
    ),
    else_=sa.func.coalesce(_asked.c.day, CASE.received_on),
)


def _files() -> Any:
    return table_of(Case)


def _verifying() -> Any:
    return (
        table_of(Case)
        .outerjoin(_asked, _asked.c.case_id == CASE.id)
        .outerjoin(_again, _again.c.case_id == CASE.id)
    )


def _threats() -> Any:
    return table_of(ProtectionNeed).join(table_of(Case), CASE.id == THREAT.case_id)


def _measures() -> Any:
    return table_of(ProtectionMeasure).join(table_of(Case), CASE.id == MEASURE.case_id)


def _needs() -> Any:
    return table_of(SupportNeed).join(table_of(Case), CASE.id == NEED.case_id)


def _no(*conditions: Any) -> Any:
    """No row of that kind."""
    return ~sa.exists(sa.select(1).where(*conditions))


_initial = (NEED.case_id == CASE.id, NEED.kind.in_(INITIAL_KINDS), NEED.refused.is_(False))
_no_initial_given = _no(GIVEN.case_id == CASE.id, GIVEN.kind.in_(INITIAL_KINDS))
LISTS: dict[str, WorkList] = {
    found.name: found
    for found in (
        WorkList(
            "to_request",
            "Chưa đề nghị xác minh",
            "verification",
            Right.INTAKE,
            "Hồ sơ mới tiếp nhận, chưa có văn bản đề nghị xác minh.",
            _files,
            CASE.state == S.RECEIVED,
            CASE.received_on,
            form="request",
            limit=STEPS["request"].limit or "",
        ),
        WorkList(
            "verifying",
            "Chờ kết luận",
            "verification",
            Right.INTAKE,
            "Đã đề nghị xác minh hoặc đã mở lại, chưa có kết luận.",
            _verifying,
            CASE.state == S.VERIFYING,
            _verifying_since,
            form="conclude",
            limit=STEPS["conclude_victim"].limit or "",
        ),
        WorkList(
            "insufficient",
            "Chưa đủ căn cứ",
            "verification",
            Right.INTAKE,
            "Đã kết luận chưa đủ căn cứ; mở lại khi có tài liệu mới.",
            _files,
            CASE.state == S.INSUFFICIENT,
            CASE.received_on,
            form="reopen",
        ),
        WorkList(
            "unguarded",
            "Có nhu cầu, chưa bảo vệ",
            "protection",
            Right.PROTECT,
            "Người có nhu cầu bảo vệ, không từ chối, chưa áp dụng biện pháp nào.",
            _threats,
            sa.and_(
                CASE.state != S.CLOSED,
                THREAT.refused_on.is_(None),
                _no(MEASURE.case_id == CASE.id, MEASURE.person_id == THREAT.person_id),
            ),
            sa.func.coalesce(THREAT.declared_on, CASE.received_on),
            form="measure",
        ),
        WorkList(
            "guarded",
            "Đang bảo vệ",
            "protection",
            Right.PROTECT,
            "Biện pháp đang áp dụng, chưa chấm dứt.",
            _measures,
            MEASURE.ended_on.is_(None),
            MEASURE.applied_on,
            detail=MEASURE.measure,
        ),
        WorkList(
            "initial",
            "Chưa hỗ trợ ban đầu",
            "support",
            Right.SUPPORT,
            "Có nhu cầu thiết yếu, đi lại hoặc y tế chưa được hỗ trợ; hoặc đang xác minh mà chưa ghi nhu cầu nào.",
            _files,
            sa.and_(
                CASE.state.not_in((S.NOT_VICTIM, S.CLOSED)),
                _no_initial_given,
                sa.or_(
                    sa.exists(sa.select(1).where(*_initial)),
                    sa.and_(CASE.state.in_(OPEN), _no(NEED.case_id == CASE.id)),
                ),
            ),
            CASE.received_on,
            form="deliver",
        ),
        WorkList(
            "needs",
            "Nhu cầu chưa đáp ứng",
            "support",
            Right.SUPPORT,
            "Từng nhu cầu đã ghi, không từ chối, chưa có lần hỗ trợ nào.",
            _needs,
            sa.and_(
                CASE.state.not_in((S.NOT_VICTIM, S.CLOSED)),
                NEED.refused.is_(False),
                _no(GIVEN.case_id == CASE.id, GIVEN.kind == NEED.kind),
            ),
            sa.func.coalesce(NEED.declared_on, CASE.received_on),
            detail=NEED.kind,
            form="deliver",
        ),
    )
}
