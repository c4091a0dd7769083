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
