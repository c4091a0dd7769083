"""The people of a case file. Identity belongs to the file, as on the day of reception."""

from db.base import Row
from db.fields import LabelledEnum, PartialDate, Sensitivity, column


class PersonKind(LabelledEnum):
    SUBJECT = "subject", "Người được tiếp nhận"
    ACCOMPANYING_MINOR = "accompanying_minor", "Người chưa thành niên đi cùng"
    RELATIVE = "relative", "Người thân thích"


class Sex(LabelledEnum):
    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"
    UNKNOWN = "unknown", "Chưa rõ"


class Person(Row, table=True):
    __tablename__ = "person"
    trail_object = "người trong hồ sơ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    subject_id: int = column(
        "Mã người", big=True, index=True, help="Cùng một người ở nhiều hồ sơ thì cùng mã", nullable=False
    )
    kind: PersonKind = column("Tư cách", choices=PersonKind)
    full_name: str = column("Họ và tên", sealed=True, sensitivity=Sensitivity.IDENTITY)
    name_unknown: bool | None = column("Chưa rõ tên")  # the name is sealed: lists of what is missing need this
    alias: str | None = column("Tên khác", sealed=True, sensitivity=Sensitivity.IDENTITY)
    sex: Sex | None = column("Giới tính", choices=Sex)
    birth: PartialDate | None = column(
        "Ngày sinh",
        partial=True,
        sensitivity=Sensitivity.IDENTITY,
        help="ngày/tháng/năm, tháng/năm hoặc chỉ năm sinh",
    )
    ethnic: str | None = column("Dân tộc", max_length=40)
    identity_number: str | None = column(
        "Số CMND/CCCD", sealed=True, sensitivity=Sensitivity.IDENTITY, help="9 hoặc 12 chữ số"
    )
    identity_index: str | None = column(
        "Chỉ mục mù số CMND/CCCD", max_length=64, sensitivity=Sensitivity.SECRET, index=True
    )
    phone: str | None = column("Điện thoại an toàn", sealed=True, sensitivity=Sensitivity.IDENTITY)
    phone_index: str | None = column(
        "Chỉ mục mù điện thoại", max_length=64, sensitivity=Sensitivity.SECRET, index=True
    )
    address: str | None = column(
        "Thôn, số nhà, đường", sealed=True, sensitivity=Sensitivity.IDENTITY, help="Không ghi nơi tạm lánh"
    )
    nationality: str | None = column("Quốc tịch", max_length=60, help="Để trống: công dân Việt Nam")
    language: str | None = column("Ngôn ngữ", max_length=60, help="Ngôn ngữ người này dùng được")
    interpreter: bool | None = column("Cần phiên dịch")
    relation: str | None = column(
        "Quan hệ với người được tiếp nhận", max_length=60, help="Ví dụ: con, mẹ, em ruột"
    )
    guardian_name: str | None = column(
        "Người đại diện, giám hộ", sealed=True, sensitivity=Sensitivity.IDENTITY, help="Người đại diện hợp pháp"
    )
    guardian_relation: str | None = column(
        "Quan hệ của người đại diện", max_length=60, help="Ví dụ: mẹ, ông ngoại, người được cử giám hộ"
    )
    guardian_phone: str | None = column("Điện thoại người đại diện", sealed=True, sensitivity=Sensitivity.IDENTITY)
    safe_contact: str | None = column(
        "Cách liên hệ an toàn",
        sealed=True,
        sensitivity=Sensitivity.IDENTITY,
        help="Gọi cho ai, bằng cách nào, xưng là ai",
    )
    no_contact: str | None = column(
        "Không liên hệ khi", sealed=True, sensitivity=Sensitivity.IDENTITY, help="Giờ, người hoặc số phải tránh"
    )
