"""Scans of papers. The bytes stand sealed in the office's folder; here is what they are."""

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class ScanKind(LabelledEnum):
    REQUEST = "request", "Văn bản đề nghị xác minh"
    ANSWER = "answer", "Văn bản trả lời, kết luận"
    PROOF = "proof", "Giấy xác nhận nạn nhân"
    MINUTES = "minutes", "Biên bản tiếp nhận, bàn giao"
    STATEMENT = "statement", "Tờ khai, đơn"
    IDENTITY = "identity", "Giấy tờ tùy thân"
    DECISION = "decision", "Quyết định"
    OTHER = "other", "Giấy tờ khác"


class MediaType(LabelledEnum):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class Attachment(Row, table=True):
    __tablename__ = "attachment"
    trail_object = "bản chụp giấy tờ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    kind: ScanKind = column("Loại giấy tờ", choices=ScanKind)
    title: str = column("Tên giấy tờ", sealed=True, sensitivity=Sensitivity.IDENTITY)
    media_type: MediaType = column("Dạng tệp", choices=MediaType)
    size: int = column("Cỡ tệp (byte)", big=True)
    digest: str = column("Dấu tệp đã niêm phong", max_length=64)
    letter_id: int | None = column("Bản chụp của văn bản", big=True, index=True)
    by_name: str = column("Người tải lên", max_length=120)
