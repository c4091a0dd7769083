"""Where a file stands: the stages of its life, each in a word; and what must be read first."""

from dataclasses import dataclass

from db.cases import CaseState
from db.fields import Sensitivity
from db.verification import ConclusionReview
from services.access import shows
from services.cases import CaseView
from services.conclusions import returned
from services.lifecycle import CONCLUDED
from services.next_steps import unmet
from services.protection import NOT_GUARDED
from services.text import vn_date
from services.work import Work

S = CaseState


@dataclass(frozen=True)
class Stage:
    """One of the stages of a file: `mark` is done, now or later."""

    label: str
    words: str
    mark: str


def stages(view: CaseView) -> list[Stage]:
    """Reception → verification → protection → support → closed, as they stand: those the reader sees."""
    state, closing = view.case.state, view.closings[-1] if view.closings else None
    concluded = state in CONCLUDED or state is S.CLOSED
    return [
        Stage("Tiếp nhận", vn_date(view.case.received_on), "done"),
        _verified(view, concluded),
        *([_guarded(view)] if Sensitivity.PROTECTION in view.parts else ()),
        *([_served(view)] if Sensitivity.SUPPORT in view.parts else ()),
        Stage(
            "Kết thúc",
            vn_date(closing.closed_on) if closing and state is S.CLOSED else "",
            "done" if state is S.CLOSED else "later",
        ),
    ]


def _verified(view: CaseView, concluded: bool) -> Stage:
    state, last = view.case.state, view.conclusions[-1] if view.conclusions else None
    if concluded and last is not None:
        return Stage("Xác minh", f"{last.outcome.label}, {vn_date(last.concluded_on)}", "done")
    if state is S.VERIFYING and view.extensions:
        return Stage("Xác minh", f"Gia hạn đến {vn_date(view.extensions[-1].until)}", "now")
    asked = view.requests[-1] if view.requests else None
    words = f"Đề nghị {vn_date(asked.requested_on)}" if asked else "Chưa đề nghị"
    return Stage("Xác minh", words, "now")


def _guarded(view: CaseView) -> Stage:
    running = sum(row.ended_on is None for row in view.measures)
    if view.measures:
        words = f"{running} biện pháp đang áp dụng" if running else "Đã chấm dứt"
        return Stage("Bảo vệ", words, "now" if running else "done")
    if not view.protection_needs:
        return Stage("Bảo vệ", "Chưa ghi nhu cầu", "later")
    refused = all(need.refused_on for need in view.protection_needs)
    return Stage("Bảo vệ", "Từ chối" if refused else NOT_GUARDED, "done" if refused else "now")


def _served(view: CaseView) -> Stage:
    wanted = [need for need in view.needs if not need.refused]
    waiting = len(unmet(view))
    if wanted:
        words = f"Đã đáp ứng {len(wanted) - waiting}/{len(wanted)} nhu cầu"
        return Stage("Hỗ trợ", words, "now" if waiting and view.case.state is not S.CLOSED else "done")
    if view.needs:
        return Stage("Hỗ trợ", "Từ chối", "done")
    return Stage("Hỗ trợ", "Chưa ghi nhu cầu", "later")


@dataclass(frozen=True)
class Notice:
    """What must be read before anything else is done on the file."""

    title: str
    words: str


def notices(work: Work, view: CaseView) -> list[Notice]:
    """The head's words on a conclusion that was sent back, while no new one was made."""
    last = returned(view.reviews, view.conclusions) if view.case.state is S.VERIFYING else None
    if last is None:
        return []
    said = str(last.reason) if shows(work.actor, ConclusionReview.reason) else "xác minh thêm rồi kết luận lại."
    return [Notice("Kết luận bị trả lại", f"{last.by_name}, ngày {vn_date(last.reviewed_on)}: {said}")]
