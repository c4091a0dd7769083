"""Administrative areas and units, each with the dates between which it exists."""

from datetime import date

from db.base import Row
from db.fields import LabelledEnum, column


class AreaLevel(LabelledEnum):
    PROVINCE = "province", "Tỉnh"
    DISTRICT = "district", "Huyện, thành phố"
    COMMUNE = "commune", "Xã, phường, thị trấn"


class UnitKind(LabelledEnum):
    LABOUR_DEPT = "labour_dept", "Sở Lao động - Thương binh và Xã hội"
    HEALTH = "health", "Sở Y tế"
    POLICE_PROVINCE = "police_province", "Công an tỉnh"
    POLICE_DISTRICT = "police_district", "Công an cấp huyện"
    MILITARY = "military", "Bộ Chỉ huy Quân sự"
    BORDER = "border", "Bộ đội Biên phòng"
    PEOPLE_COMMITTEE_PROVINCE = "people_committee_province", "Ủy ban nhân dân tỉnh"
    PEOPLE_COMMITTEE_DISTRICT = "people_committee_district", "Ủy ban nhân dân cấp huyện"
    PEOPLE_COMMITTEE_COMMUNE = "people_committee_commune", "Ủy ban nhân dân cấp xã"
    LABOUR_OFFICE_DISTRICT = "labour_office_district", "Phòng Lao động - Thương binh và Xã hội"
    SHELTER = "shelter", "Cơ sở bảo trợ, hỗ trợ nạn nhân"
    STEERING = "steering", "Ban Chỉ đạo"
    JUSTICE = "justice", "Sở Tư pháp"
    EDUCATION = "education", "Sở Giáo dục và Đào tạo"
    WOMEN = "women", "Hội Liên hiệp Phụ nữ"
    PROCURACY = "procuracy", "Viện kiểm sát nhân dân"
    COURT = "court", "Tòa án nhân dân"
    PARTNER = "partner", "Cơ quan phối hợp khác"


class Area(Row, table=True):
    __tablename__ = "area"
    trail_object = "đơn vị hành chính"
    code: str = column("Mã đơn vị hành chính", max_length=10, index=True)
    name: str = column("Tên", max_length=100)
    level: AreaLevel = column("Cấp", choices=AreaLevel)
    parent_id: int | None = column("Thuộc", references="area.id")
    valid_from: date | None = column("Có từ ngày")
    valid_to: date | None = column("Đến hết ngày")


class Unit(Row, table=True):
    __tablename__ = "unit"
    trail_object = "đơn vị"
    code: str = column("Mã đơn vị", max_length=40, unique=True)
    name: str = column("Tên đơn vị", max_length=150)
    kind: UnitKind = column("Loại đơn vị", choices=UnitKind)
    area_id: int | None = column("Địa bàn", references="area.id")
    valid_from: date | None = column("Hoạt động từ ngày")
    valid_to: date | None = column("Đến hết ngày")
