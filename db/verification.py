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
