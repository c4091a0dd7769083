"""Hand-over (giao, nhận; trao trả): who was given to or received from whom, where, by which minutes."""

from datetime import date

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class Direction(LabelledEnum):
    IN = "in", "Nhận bàn giao, trao trả"
    OUT = "out", "Bàn giao, trao trả đi"


class Handover(Row, table=True):
    """One person handed over once. People handed over together share the minutes' number."""

    __tablename__ = "handover"
    trail_object = "bàn giao, trao trả"
    case_id: int = column("Hồ sơ", references="case_file.id")
    person_id: int = column("Người được bàn giao", references="person.id")
    direction: Direction = column("Hướng", choices=Direction)
    handed_on: date = column("Ngày bàn giao", index=True)
    unit_id: int | None = column("Đơn vị trong hệ thống", references="unit.id", help="Bên giao hoặc bên nhận")
    counterpart: str | None = column(
        "Cơ quan giao, nhận khác", max_length=150, help="Cơ quan nước ngoài, cơ quan của tỉnh khác"
    )
    place: str | None = column(
        "Nơi bàn giao", max_length=150, help="Cửa khẩu, trụ sở cơ quan; không ghi nơi tạm lánh"
    )
    minutes_number: str | None = column("Số biên bản", max_length=60)
    note: str | None = column("Nội dung bàn giao", sealed=True, sensitivity=Sensitivity.IDENTITY)
