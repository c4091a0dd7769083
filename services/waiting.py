"""The work lists, declared: which files (or needs, or measures of files) wait for what, and since when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.cases import CaseState
from db.handover import Direction
from services import completeness, conclusions, limits
from services import waiting_sources as sources
from services.access import Right
from services.lifecycle import STEPS
from services.waiting_sources import (
    CASE,
    CONCLUDED_SINCE,
    CONCLUSION,
    GIVEN,
    HANDED,
    INITIAL_NEED,
    MEASURE,
    NEED,
    NO_INITIAL_GIVEN,
    RETURNED_SINCE,
    THREAT,
    VERIFYING_SINCE,
    no,
)
from services.work import Work

S = CaseState
WAITING, DECIDE, RETURNED = "waiting", "decide", "returned"
OPEN = (S.RECEIVED, S.VERIFYING)
SUPPORTED = (*OPEN, S.VICTIM, S.INSUFFICIENT)


@dataclass(frozen=True)
class WorkList:
    """`source`: what is counted (files, or needs, measures, conclusions of files); `since`: from when it waits;
    `mine`: what narrows it to the person at work; `form`: what is done about it on the file; `limit`: the
    law's step, if it has one; `group`: where *today* shows it (empty: only on its own screen)."""

    name: str
    label: str
    screen: str
    right: Right
    what: str
    source: Callable[[], Any]
    where: Any
    since: Any
    mine: Callable[[Work], Any] | None = None
    detail: Any = None
    form: str = ""
    limit: str = ""
    group: str = WAITING


LISTS: dict[str, WorkList] = {
    found.name: found
    for found in (
        WorkList(
            "to_request",
            "Chưa đề nghị xác minh",
            "verification",
            Right.INTAKE,
            "Hồ sơ mới tiếp nhận, chưa có văn bản đề nghị xác minh.",
            sources.files,
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
            sources.files,
            CASE.state == S.VERIFYING,
            VERIFYING_SINCE,
            form="conclude",
            limit=limits.VERIFY,
        ),
        WorkList(
            "extended",
            "Đã gia hạn",
            "verification",
            Right.INTAKE,
            "Đang xác minh, thời hạn đã được gia hạn bằng văn bản.",
            sources.files,
            sa.and_(CASE.state == S.VERIFYING, limits.extended_to(limits.VERIFY, VERIFYING_SINCE).is_not(None)),
            VERIFYING_SINCE,
            form="conclude",
            limit=limits.VERIFY,
            group="",
        ),
        WorkList(
            "returned",
            "Kết luận bị trả lại",
            "verification",
            Right.VERIFY,
            "Thủ trưởng trả lại kết luận, chưa có kết luận mới; lý do ghi trong diễn biến của hồ sơ.",
            sources.files,
            CASE.state == S.VERIFYING,
            RETURNED_SINCE,
            mine=conclusions.sent_back,
            form="conclude",
            group=RETURNED,
        ),
        WorkList(
            "review",
            "Kết luận chờ duyệt",
            "verification",
            Right.REVIEW,
            "Kết luận mới của đơn vị, thủ trưởng chưa cho ý kiến.",
            sources.conclusions_made,
            sa.true(),
            CONCLUSION.concluded_on,
            mine=conclusions.awaiting_review,
            detail=CONCLUSION.outcome,
            form="review",
            group=DECIDE,
        ),
        WorkList(
            "insufficient",
            "Chưa đủ căn cứ",
            "verification",
            Right.INTAKE,
            "Đã kết luận chưa đủ căn cứ; mở lại khi có tài liệu mới.",
            sources.files,
            CASE.state == S.INSUFFICIENT,
            CASE.received_on,
            form="reopen",
        ),
        WorkList(
            "incomplete",
            "Còn thiếu thông tin",
            "verification",
            Right.INTAKE,
            "Hồ sơ còn thiếu thông tin cần có ở bước hiện nay; mở hồ sơ để xem thiếu gì.",
            sources.files,
            completeness.condition(),
            CASE.received_on,
            form="correct",
        ),
        WorkList(
            "foreign",
            "Người nước ngoài chờ trao trả",
            "verification",
            Right.INTAKE,
            "Người nước ngoài đã xác định là nạn nhân, chưa ghi việc bàn giao, trao trả về nước.",
            sources.files,
            sa.and_(
                CASE.state == S.VICTIM,
                limits.FOREIGN,
                no(HANDED.case_id == CASE.id, HANDED.direction == Direction.OUT),
            ),
            CONCLUDED_SINCE,
            form="hand_over",
        ),
        WorkList(
            "unguarded",
            "Có nhu cầu, chưa bảo vệ",
            "protection",
            Right.PROTECT,
            "Người có nhu cầu bảo vệ, không từ chối, chưa áp dụng biện pháp nào.",
            sources.threats,
            sa.and_(
                CASE.state != S.CLOSED,
                THREAT.refused_on.is_(None),
                no(MEASURE.case_id == CASE.id, MEASURE.person_id == THREAT.person_id),
            ),
            sa.func.coalesce(THREAT.declared_on, CASE.received_on),
            form="measure",
            limit="PROTECT.DECIDE",
        ),
        WorkList(
            "guarded",
            "Đang bảo vệ",
            "protection",
            Right.PROTECT,
            "Biện pháp đang áp dụng, chưa chấm dứt.",
            sources.measures,
            MEASURE.ended_on.is_(None),
            MEASURE.applied_on,
            detail=MEASURE.measure,
            group="",
        ),
        WorkList(
            "initial",
            "Chưa hỗ trợ ban đầu",
            "support",
            Right.SUPPORT,
            "Có nhu cầu thiết yếu, đi lại hoặc y tế chưa được hỗ trợ; hoặc đang xác minh mà chưa ghi nhu cầu nào.",
            sources.files,
            sa.and_(
                CASE.state.in_(SUPPORTED),
                NO_INITIAL_GIVEN,
                sa.or_(
                    sa.exists(sa.select(1).where(*INITIAL_NEED)),
                    sa.and_(CASE.state.in_(OPEN), no(NEED.case_id == CASE.id)),
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
            sources.needs,
            sa.and_(
                CASE.state.in_(SUPPORTED),
                NEED.refused.is_(False),
                no(GIVEN.case_id == CASE.id, GIVEN.kind == NEED.kind),
            ),
            sa.func.coalesce(NEED.declared_on, CASE.received_on),
            detail=NEED.kind,
            form="deliver",
        ),
        WorkList(
            "to_close",
            "Không phải nạn nhân, chờ kết thúc",
            "support",
            Right.SUPPORT,
            "Đã kết luận không phải nạn nhân: giải thích, hướng dẫn, chuyển gửi nếu cần rồi kết thúc hồ sơ.",
            sources.files,
            CASE.state == S.NOT_VICTIM,
            CONCLUDED_SINCE,
            form="close",
        ),
    )
}
