"""The forms of verification: request, evidence, conclusion, reopening."""

from db.cases import CaseStep, Reopening
from db.verification import Conclusion, Evidence, Outcome, VerificationRequest
from services import verification
from services.access import Right
from services.registers import choices
from services.registers.core import NEVER_HERE, Asked, Field, Form, Section, today


def _victim(asked: Asked) -> bool:
    return asked.known.get("outcome") is Outcome.VICTIM


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
                Field(Conclusion.paper, choices=choices.papers, when=_victim),
                Field(Conclusion.paper_number, when=_victim),
            ),
            columns=2,
        ),
    ),
    lambda asked, values: verification.conclude(asked.work, asked.file, **values),
    start=today("concluded_on"),
    note="Kết luận là nạn nhân thì phải rõ nơi bị mua bán và hình thức tiếp nhận.",
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
