"""Verification, hand-over and the end of a file, on its sheet."""

from typing import TYPE_CHECKING, Any

from db.cases import CaseState, CaseUnit, Closing, Reopening
from db.handover import Handover
from db.referrals import Referral
from db.verification import Conclusion, ConclusionReview, Evidence, Extension, VerificationRequest
from services import retention
from services.registers.sheet import Block, block

if TYPE_CHECKING:
    from services.registers.case_sheet import Sheet


def verification(sheet: "Sheet") -> Block:
    """Request, evidence, extension, conclusion and what the head said of it, reopening."""
    view, request, concluded = sheet.view, VerificationRequest, Conclusion
    longer, said = Extension, ConclusionReview
    return block(
        "Xác minh",
        "Chưa có đề nghị xác minh.",
        sheet.table("Đề nghị xác minh", (request.requested_on, request.unit_id, request.number), view.requests),
        sheet.table("Tài liệu, chứng cứ", (Evidence.received_on, Evidence.source, Evidence.note), view.evidence),
        sheet.table(
            "Gia hạn xác minh", (longer.extended_on, longer.until, longer.number, longer.reason), view.extensions
        ),
        sheet.table(
            "Kết luận",
            (
                *(concluded.concluded_on, concluded.outcome, concluded.unit_id),
                *(concluded.paper, concluded.paper_number),
            ),
            view.conclusions,
        ),
        sheet.table(
            "Ý kiến của thủ trưởng", (said.reviewed_on, said.result, said.by_name, said.reason), view.reviews
        ),
        sheet.table("Mở lại", (Reopening.reopened_on,), view.reopenings),
    )


def handing(sheet: "Sheet") -> list[Block]:
    """Hand-overs and referrals; nothing while there are none."""
    view, handed, sent = sheet.view, Handover, Referral
    who = (handed.person_id,) if len(sheet.people) > 1 else ()
    found = block(
        "Bàn giao, chuyển gửi",
        "",
        sheet.table(
            "Bàn giao, trao trả",
            (*who, handed.handed_on, handed.direction, handed.place, handed.minutes_number, handed.note),
            view.handovers,
            more=[("Bên giao, bên nhận", lambda row: _other_side(sheet, row.unit_id, row.counterpart))],
        ),
        sheet.table(
            "Giới thiệu, chuyển gửi",
            (sent.referred_on, sent.purpose),
            view.referrals,
            more=[("Nơi đến", lambda row: _other_side(sheet, row.unit_id, row.body))],
        ),
    )
    return [found] if found.tables else []


def _other_side(sheet: "Sheet", unit_id: int | None, other: Any) -> str:
    return sheet.units.get(unit_id or 0) or str(other or "")


def ending(sheet: "Sheet") -> Block:
    """The units that work on the file, its end, and how long it is kept then."""
    view, may_end = sheet.view, "hand_to" in sheet.forms
    return block(
        "Giao hồ sơ, kết thúc",
        "",
        sheet.table(
            "Đơn vị được giao",
            (CaseUnit.unit_id, CaseUnit.since, CaseUnit.until),
            view.handed,
            action=("end_hand_over", lambda row: may_end and row.until is None),
        ),
        sheet.table("Kết thúc hồ sơ", (Closing.closed_on, Closing.outcome), view.closings),
        note=_keeping(sheet),
    )


def _keeping(sheet: "Sheet") -> str:
    view = sheet.view
    if view.case.state is not CaseState.CLOSED or not view.closings:
        return ""
    return retention.keeping(sheet.work, view.closings[-1], view.conclusions).words
