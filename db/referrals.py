"""Referral (giới thiệu, chuyển gửi): somebody is sent on to another body, with what is asked of it."""

from datetime import date

from db.base import Row
from db.fields import Sensitivity, column


class Referral(Row, table=True):
    __tablename__ = "referral"
    trail_object = "giới thiệu, chuyển gửi"
    case_id: int = column("Hồ sơ", references="case_file.id")
    referred_on: date = column("Ngày giới thiệu", index=True)
    unit_id: int | None = column("Giới thiệu đến đơn vị", references="unit.id")
    body: str | None = column("Nơi khác", max_length=150, help="Khi nơi đến không có trong danh sách đơn vị")
    purpose: str | None = column(
        "Nội dung giới thiệu",
        sealed=True,
        sensitivity=Sensitivity.IDENTITY,
        help="Người này cần được giúp việc gì",
    )
