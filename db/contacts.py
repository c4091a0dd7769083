"""Whom to call at another body when a file concerns it: officers on duty, never the people of a file."""

from datetime import date

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class Agency(LabelledEnum):
    POLICE = "police", "Công an"
    CARE = "care", "Lao động, y tế"
    JUSTICE = "justice", "Tư pháp"
    EDUCATION = "education", "Giáo dục"
    WOMEN = "women", "Phụ nữ"
    SHELTER = "shelter", "Cơ sở hỗ trợ"
    ELSEWHERE = "elsewhere", "Cơ quan ngoài tỉnh"
    FOREIGN = "foreign", "Cơ quan nước ngoài"
    OTHER = "other", "Khác"


class Contact(Row, table=True):
    __tablename__ = "contact"
    trail_object = "đầu mối phối hợp"

    agency: str = column("Tên cơ quan", max_length=200)
    kind: Agency = column("Loại cơ quan", choices=Agency)
    full_name: str = column("Họ tên đầu mối", max_length=120)
    position: str | None = column("Chức vụ", max_length=120)
    phone: str | None = column("Điện thoại", sealed=True, sensitivity=Sensitivity.IDENTITY, max_length=60)
    email: str | None = column("Thư điện tử", sealed=True, sensitivity=Sensitivity.IDENTITY, max_length=120)
    area_id: int | None = column("Địa bàn", help="Bỏ trống khi là cả tỉnh hoặc ngoài tỉnh", references="area.id")
    duties: str | None = column("Việc phụ trách", max_length=1000)
    after_hours: bool = column("Liên hệ ngoài giờ", default=False)
    until: date | None = column("Còn phụ trách đến ngày", help="Bỏ trống khi chưa biết", index=True)
    note: str | None = column("Ghi chú", sealed=True, sensitivity=Sensitivity.IDENTITY)
