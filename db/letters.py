"""Documents of a file (văn bản của hồ sơ): templates the office may edit, and what was issued, frozen."""

from datetime import date

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class LetterTemplate(Row, table=True):
    """The office's own wording of a document; where there is none, the one shipped holds."""

    __tablename__ = "letter_template"
    trail_object = "mẫu văn bản"
    code: str = column("Mã mẫu", max_length=40, unique=True)
    title: str = column("Tên loại văn bản", max_length=120)
    subject: str | None = column("Trích yếu", max_length=300)
    form_code: str | None = column(
        "Ký hiệu mẫu", max_length=80, help="Như in ở góc mẫu; để trống khi chưa có căn cứ"
    )
    addressee: str | None = column("Kính gửi", max_length=300)
    body: str = column("Nội dung", max_length=20_000, help="Mỗi dòng một đoạn; tên trường đặt trong ngoặc nhọn")
    recipients: str | None = column("Nơi nhận", max_length=1_000, help="Mỗi dòng một nơi")
    signer_title: str | None = column("Chức vụ người ký", max_length=120)
    symbol: str | None = column("Ký hiệu sau số", max_length=40, help="Ví dụ GXN-CA; để trống: dấu chấm")
    own_series: bool = column(
        "Phần mềm cấp số", default=False, help="Số liên tục trong năm, không trùng, không nhảy"
    )


class LetterState(LabelledEnum):
    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã ban hành"
    CANCELLED = "cancelled", "Đã hủy"


class Letter(Row, table=True):
    """One document of a file. `content` is the composed document as JSON; frozen once issued."""

    __tablename__ = "letter"
    trail_object = "văn bản"
    case_id: int = column("Hồ sơ", references="case_file.id")
    template: str = column("Mã mẫu", max_length=40, index=True)
    title: str = column("Văn bản", max_length=120)
    state: LetterState = column("Tình trạng", choices=LetterState)
    number: str | None = column("Số, ký hiệu", max_length=60)
    dated: date | None = column("Ngày văn bản", index=True)
    unit_id: int | None = column("Đơn vị ban hành", references="unit.id")
    by_name: str = column("Người lập", max_length=120)
    content: str = column("Nội dung văn bản", sealed=True, sensitivity=Sensitivity.IDENTITY)
