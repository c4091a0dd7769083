"""The forms of verification: request, evidence, extension, conclusion, the head's word on it, reopening."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.cases import CaseStep, Reopening
from db.verification import (
    Conclusion,
    ConclusionReview,
    Evidence,
    Extension,
    Outcome,
    ReviewResult,
    VerificationRequest,
)
from services import lifecycle, limits, verification
from services.access import Right
from services.errors import NotReady
from services.registers import choices
from services.registers.core import NEVER_HERE, Asked, Choice, Field, Form, Section, today
from services.text import vn_date


def _victim(asked: Asked) -> bool:
    return asked.known.get("outcome") is Outcome.VICTIM


def _listed(asked: Asked) -> bool:
    """Whether the law of the file lists the papers that prove a victim, on the day of the conclusion."""
    return _victim(asked) and bool(choices.papers(asked))


def _answered(asked: Asked) -> bool:
    return asked.known.get("outcome") in (Outcome.NOT_VICTIM, Outcome.INSUFFICIENT)


def _law_of_papers(asked: Asked) -> str:
    """Which law's list is offered; that it could not be read, where it is empty."""
    if not _victim(asked):
        return ""
    day = choices.day_of(asked, "concluded_on")
    if choices.papers(asked):
        return f"Danh mục theo {lifecycle.law_words(choices.regime(asked, day))}."
    return verification.NO_PAPER_LIST


def _conclude(asked: Asked, values: dict[str, Any]) -> Conclusion:
    """The number is the paper's for a victim, the answer's otherwise."""
    answer = values.pop("answer_number")
    values["paper_number"] = values["paper_number"] or answer
    return verification.conclude(asked.work, asked.file, **values)


def _last_day(asked: Asked) -> str:
    """How far the verification may be extended, or that no text was found that says it."""
    since = lifecycle.verifying_since(asked.work, asked.file)
    cap = limits.extension_cap(asked.work, asked.file, limits.VERIFY, since)
    if cap is None:
        return "Chưa có căn cứ về thời hạn gia hạn tối đa: ghi ngày theo văn bản gia hạn."
    return f"Xác minh từ ngày {vn_date(since)}; được gia hạn nhiều nhất đến hết ngày {vn_date(cap)}."


def _review(asked: Asked, values: dict[str, Any]) -> ConclusionReview:
    found = lifecycle.last_conclusion(asked.work, asked.file)
    if found is None:
        raise NotReady("Hồ sơ chưa có kết luận.")
    return verification.review(asked.work, asked.file, found, **values)


def _concluded(asked: Asked) -> tuple[int, ...]:
    """Which conclusion the head is reading."""
    found = lifecycle.last_conclusion(asked.work, asked.file)
    return (found.id, found.version) if found else ()


def _papers_of_last(asked: Asked) -> Sequence[Choice]:
    """The papers of the day on which the person was found to be a victim."""
    last = lifecycle.last_conclusion(asked.work, asked.file)
    return choices.papers(replace(asked, known={"concluded_on": last.concluded_on})) if last else ()


def _last_paper(asked: Asked) -> Mapping[str, Any]:
    last = lifecycle.last_conclusion(asked.work, asked.file)
    return {"paper": last.paper, "paper_number": last.paper_number} if last else {}


REQUEST = Form(
    "request",
    "Đề nghị xác minh",
    Right.INTAKE,
    (
        Section(
            "",
            (
                Field(VerificationRequest.requested_on, required=True),
                Field(
                    VerificationRequest.unit_id,
                    required=True,
                    choices=choices.units("requested_on", kinds=choices.POLICE),
                ),
                Field(VerificationRequest.number),
            ),
        ),
    ),
    lambda asked, values: verification.request(asked.work, asked.file, **values),
    start=today("requested_on"),
    bulk=True,
)
EVIDENCE = Form(
    "evidence",
    "Ghi tài liệu, chứng cứ",
    Right.VERIFY,
    (
        Section(
            "",
            (
                Field(Evidence.received_on, required=True),
                Field(Evidence.source, required=True, choices=choices.evidence_sources),
                Field(Evidence.note, wide=True, long=True, help=NEVER_HERE),
            ),
            columns=2,
        ),
    ),
    lambda asked, values: verification.add_evidence(asked.work, asked.file, **values),
    start=today("received_on"),
)
EXTEND = Form(
    "extend",
    "Gia hạn xác minh",
    Right.VERIFY,
    (
        Section(
            "",
            (
                Field(Extension.extended_on, required=True),
                Field(Extension.until, required=True, beside=_last_day),
                Field(Extension.number),
                Field(Extension.reason, required=True, wide=True, long=True, help=NEVER_HERE),
            ),
        ),
    ),
    lambda asked, values: verification.extend(asked.work, asked.file, **values),
    start=today("extended_on"),
)
CONCLUDE = Form(
    "conclude",
    "Kết luận xác minh",
    Right.VERIFY,
    (
        Section(
            "",
            (
                Field(Conclusion.outcome, required=True),
                Field(Conclusion.concluded_on, required=True),
                Field(Conclusion.paper, choices=choices.papers, when=_listed, needed=_listed),
                Field(
                    Conclusion.paper_number,
                    when=_victim,
                    beside=_law_of_papers,
                    help="Có thể ghi sau, khi giấy đã được cấp",
                ),
                Field(
                    Conclusion.paper_number,
                    name="answer_number",
                    label="Số văn bản trả lời",
                    when=_answered,
                    help="",
                ),
            ),
            columns=2,
        ),
    ),
    _conclude,
    start=today("concluded_on"),
    note="Kết luận là nạn nhân thì phải rõ nơi bị mua bán và hình thức tiếp nhận.",
)
PROOF = Form(
    "proof",
    "Ghi giấy xác nhận nạn nhân",
    Right.VERIFY,
    (
        Section(
            "",
            (
                Field(Conclusion.paper, choices=_papers_of_last),
                Field(Conclusion.paper_number, required=True),
            ),
            columns=2,
        ),
    ),
    lambda asked, values: verification.record_paper(asked.work, asked.file, **values),
    start=_last_paper,
    versions=_concluded,
)
REVIEW = Form(
    "review",
    "Cho ý kiến về kết luận",
    Right.REVIEW,
    (
        Section(
            "",
            (
                Field(ConclusionReview.result, required=True),
                Field(
                    ConclusionReview.reason,
                    wide=True,
                    long=True,
                    needed=lambda asked: asked.known.get("result") is ReviewResult.RETURNED,
                    help="Trả lại thì ghi rõ cần xác minh thêm điều gì",
                ),
            ),
            columns=2,
        ),
    ),
    _review,
    versions=_concluded,
    note="Kết luận bị trả lại không tính vào số liệu; hồ sơ trở lại xác minh, không tính là mở lại.",
)
REOPEN = Form(
    "reopen",
    "Mở lại để xác minh",
    Right.VERIFY,
    (
        Section(
            "",
            (
                Field(Reopening.reopened_on, required=True),
                Field(CaseStep.reason, required=True, wide=True, long=True),
            ),
            columns=2,
        ),
    ),
    lambda asked, values: verification.reopen(asked.work, asked.file, **values),
    start=today("reopened_on"),
    note="Kết luận trước vẫn được tính vào kỳ đã kết luận.",
)
