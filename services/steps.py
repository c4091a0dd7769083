"""The steps a case file takes, as a table; `services/lifecycle.py` takes them."""

from dataclasses import dataclass

from db.cases import CaseState
from services.access import Right

S = CaseState
CONCLUDED = frozenset({S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT})
OPEN = frozenset({S.RECEIVED, S.VERIFYING})


@dataclass(frozen=True)
class Step:
    """One step: from where, to where (None keeps the state), by which right, served on which screen.

    `limit` names the law's deadline for it (`services/law`), `papers` what is written down; `undoes`
    names the step whose state it goes back to.
    """

    name: str
    label: str
    sources: frozenset[CaseState | None]
    target: CaseState | None
    right: Right
    screen: str
    limit: str | None = None
    papers: tuple[str, ...] = ()
    needs_reason: bool = False
    undoes: str = ""


def _from(*states: CaseState | None) -> frozenset[CaseState | None]:
    return frozenset(states)


ALIVE = _from(S.RECEIVED, S.VERIFYING, S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT)
STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("receive", "Tiếp nhận", _from(None), S.RECEIVED, Right.INTAKE, "intake"),
        Step(
            "request",
            "Đề nghị xác minh",
            _from(S.RECEIVED, S.VERIFYING),
            S.VERIFYING,
            Right.INTAKE,
            "case",
            limit="REPORT.INITIAL_CHECK",
            papers=("Văn bản đề nghị xác minh",),
        ),
        Step("evidence", "Ghi tài liệu, chứng cứ", _from(S.RECEIVED, S.VERIFYING), None, Right.VERIFY, "case"),
        Step(
            "conclude_victim",
            "Kết luận: là nạn nhân",
            _from(S.RECEIVED, S.VERIFYING),
            S.VICTIM,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Giấy xác nhận nạn nhân",),
        ),
        Step(
            "conclude_not_victim",
            "Kết luận: không phải nạn nhân",
            _from(S.RECEIVED, S.VERIFYING),
            S.NOT_VICTIM,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Văn bản trả lời",),
        ),
        Step(
            "conclude_insufficient",
            "Kết luận: chưa đủ căn cứ",
            _from(S.RECEIVED, S.VERIFYING),
            S.INSUFFICIENT,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Văn bản trả lời",),
        ),
        Step(
            "extend",
            "Gia hạn xác minh",
            _from(S.VERIFYING),
            None,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Văn bản gia hạn",),
        ),
        Step("accept_conclusion", "Đồng ý với kết luận", _from(*CONCLUDED, S.CLOSED), None, Right.REVIEW, "case"),
        Step(
            "return_conclusion",
            "Trả lại kết luận để xác minh tiếp",
            _from(*CONCLUDED),
            S.VERIFYING,
            Right.REVIEW,
            "case",
            needs_reason=True,
        ),
        Step("protect", "Ghi nhu cầu, biện pháp bảo vệ", ALIVE, None, Right.PROTECT, "case"),
        Step("support", "Ghi nhu cầu, hỗ trợ", ALIVE, None, Right.SUPPORT, "case"),
        Step(
            "hand_over",
            "Bàn giao, trao trả",
            ALIVE,
            None,
            Right.INTAKE,
            "case",
            papers=("Biên bản bàn giao, trao trả",),
        ),
        Step("refer", "Giới thiệu, chuyển gửi", ALIVE | {S.CLOSED}, None, Right.INTAKE, "case"),
        Step(
            "reopen",
            "Mở lại để xác minh",
            _from(S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT, S.CLOSED),
            S.VERIFYING,
            Right.VERIFY,
            "case",
            needs_reason=True,
        ),
        Step(
            "close",
            "Kết thúc hồ sơ",
            _from(S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT),
            S.CLOSED,
            Right.SUPPORT,
            "case",
        ),
        Step("merge", "Ghép vào hồ sơ", ALIVE | {S.CLOSED}, S.MERGED, Right.INTAKE, "case"),
        Step("unmerge", "Tách khỏi hồ sơ đã ghép", _from(S.MERGED), None, Right.INTAKE, "case", undoes="merge"),
    )
}
