"""Verification (xác minh): request, evidence, conclusion."""

from datetime import date

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class Outcome(LabelledEnum):
    VICTIM = "victim", "Là nạn nhân"
    NOT_VICTIM = "not_victim", "Không phải nạn nhân"
    INSUFFICIENT = "insufficient", "Chưa đủ căn cứ"


class VerificationRequest(Row, table=True):
    __tablename__ = "verification_request"
    trail_object = "đề nghị xác minh"
    case_id: int = column("Hồ sơ", references="case_file.id")
    requested_on: date = column("Ngày đề nghị xác minh", index=True)
    unit_id: int | None = column("Cơ quan xác minh", references="unit.id")
    number: str | None = column("Số văn bản đề nghị", max_length=60)


class Extension(Row, table=True):
    """The time for verification is prolonged: until when, by which paper."""

    __tablename__ = "extension"
    trail_object = "gia hạn xác minh"
    case_id: int = column("Hồ sơ", references="case_file.id")
    extended_on: date = column("Ngày gia hạn")
    until: date = column("Gia hạn đến hết ngày")
    number: str | None = column("Số văn bản gia hạn", max_length=60)
    reason: str | None = column("Lý do gia hạn", sealed=True, sensitivity=Sensitivity.VERIFICATION)


class Evidence(Row, table=True):
    __tablename__ = "evidence"
    trail_object = "tài liệu, chứng cứ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    source: str = column("Nguồn tài liệu, chứng cứ", max_length=20)
    received_on: date = column("Ngày nhận")
    note: str | None = column("Nội dung tóm tắt", sealed=True, sensitivity=Sensitivity.VERIFICATION)


class Conclusion(Row, table=True):
    __tablename__ = "conclusion"
    trail_object = "kết luận xác minh"
    case_id: int = column("Hồ sơ", references="case_file.id")
    outcome: Outcome = column("Kết luận", choices=Outcome)
    concluded_on: date = column("Ngày kết luận", index=True)
    paper: str | None = column("Loại giấy tờ chứng minh", max_length=20)
    paper_number: str | None = column("Số giấy xác nhận", max_length=60)
    unit_id: int | None = column("Cơ quan kết luận", references="unit.id")


class ReviewResult(LabelledEnum):
    ACCEPTED = "accepted", "Đồng ý"
    RETURNED = "returned", "Trả lại"


class ConclusionReview(Row, table=True):
    """What the head of the verifying unit said of a conclusion. A returned one is taken out and no
    longer counts; what it said stays in `Removal`."""

    __tablename__ = "conclusion_review"
    trail_object = "duyệt kết luận"
    case_id: int = column("Hồ sơ", references="case_file.id")
    conclusion_id: int = column("Kết luận", big=True, index=True)
    result: ReviewResult = column("Ý kiến", choices=ReviewResult)
    reviewed_on: date = column("Ngày cho ý kiến")
    by_name: str = column("Người duyệt", max_length=120)
    reason: str | None = column("Nội dung ý kiến", sealed=True, sensitivity=Sensitivity.VERIFICATION)
