"""Support (hỗ trợ): what was needed, what was delivered, how many đồng from where."""

from datetime import date

from sqlalchemy import Index

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class SupportKind(LabelledEnum):
    ESSENTIALS = "essentials", "Nhu cầu thiết yếu"
    TRAVEL = "travel", "Chi phí đi lại"
    MEDICAL = "medical", "Y tế"
    PSYCHOLOGY = "psychology", "Tâm lý"
    LEGAL_AID = "legal_aid", "Trợ giúp pháp lý"
    SCHOOLING = "schooling", "Học văn hóa"
    VOCATIONAL = "vocational", "Học nghề"
    HARDSHIP = "hardship", "Trợ cấp khó khăn ban đầu"
    LOAN = "loan", "Vay vốn"


INITIAL_KINDS = (SupportKind.ESSENTIALS, SupportKind.TRAVEL, SupportKind.MEDICAL)


class FundSource(LabelledEnum):
    """The plan, part IV.1."""

    STATE = "state", "Ngân sách nhà nước"
    CRIME_FUND = "crime_fund", "Quỹ phòng, chống tội phạm"
    AID = "aid", "Viện trợ quốc tế"
    OTHER = "other", "Nguồn hợp pháp khác"


class SupportNeed(Row, table=True):
    __tablename__ = "support_need"
    trail_object = "nhu cầu hỗ trợ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    kind: SupportKind = column("Loại hỗ trợ", choices=SupportKind, sensitivity=Sensitivity.SUPPORT)
    declared_on: date | None = column("Ngày nêu nhu cầu", help="Để trống: tính từ ngày tiếp nhận")
    refused: bool = column("Từ chối", default=False, sensitivity=Sensitivity.SUPPORT)
    refused_on: date | None = column("Ngày từ chối", help="Để trống: tính từ ngày tiếp nhận")


class Delivery(Row, table=True):
    """A support that was given. Corrections are new rows that name the old one."""

    __tablename__ = "delivery"
    trail_object = "lần hỗ trợ"
    __table_args__ = (Index("ix_delivery_case_kind", "case_id", "kind"),)  # needs not met are counted by both
    case_id: int = column("Hồ sơ", references="case_file.id")
    kind: SupportKind = column("Loại hỗ trợ", choices=SupportKind, sensitivity=Sensitivity.SUPPORT)
    delivered_on: date = column("Ngày hỗ trợ", index=True)
    amount: int | None = column(
        "Số tiền (đồng)", big=True, sensitivity=Sensitivity.SUPPORT, help="Để trống khi hỗ trợ không bằng tiền"
    )
    fund: FundSource | None = column("Nguồn kinh phí", choices=FundSource, sensitivity=Sensitivity.SUPPORT)
    unit_id: int | None = column("Đơn vị thực hiện", references="unit.id")
    corrects_id: int | None = column("Điều chỉnh cho lần hỗ trợ", references="delivery.id")
    note: str | None = column("Ghi chú", sealed=True, sensitivity=Sensitivity.SUPPORT)
