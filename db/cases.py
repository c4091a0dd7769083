"""The case file (hồ sơ): one person, one reception; and the steps its life took."""

from datetime import date

from sqlalchemy import Index

from db.base import Row
from db.fields import LabelledEnum, Sensitivity, column


class CaseState(LabelledEnum):
    RECEIVED = "received", "Mới tiếp nhận"
    VERIFYING = "verifying", "Đang xác minh"
    VICTIM = "victim", "Đã xác định là nạn nhân"
    NOT_VICTIM = "not_victim", "Không phải nạn nhân"
    INSUFFICIENT = "insufficient", "Chưa đủ căn cứ"
    CLOSED = "closed", "Đã kết thúc"
    MERGED = "merged", "Đã ghép vào hồ sơ khác"


class Place(LabelledEnum):
    """Where the person was brought and exploited (not recruited)."""

    ABROAD = "abroad", "Ở nước ngoài"
    DOMESTIC = "domestic", "Ở tỉnh khác trong nước"
    IN_PROVINCE = "in_province", "Tại tỉnh"
    UNKNOWN = "unknown", "Chưa rõ"


class Way(LabelledEnum):
    """How the person was found."""

    HANDOVER = "handover", "Trao trả chính thức"
    RESCUED = "rescued", "Được giải cứu"
    SELF_RETURN = "self_return", "Tự trở về"
    SELF_REPORT = "self_report", "Tự đến trình báo"
    UNKNOWN = "unknown", "Chưa rõ"


class Purpose(LabelledEnum):
    """Luật 53/2024 Đ.2(1); Nghị định 62/2012 Đ.5(1)(b)."""

    SEXUAL = "sexual", "Bóc lột tình dục"
    MARRIAGE = "marriage", "Ép làm vợ hoặc chồng"
    LABOUR = "labour", "Cưỡng bức lao động"
    CHILDBEARING = "childbearing", "Ép đẻ con trái ý muốn"
    BEGGING = "begging", "Ép đi ăn xin"
    CRIME = "crime", "Ép thực hiện hành vi vi phạm pháp luật"
    ORGAN = "organ", "Lấy bộ phận cơ thể"
    PROFIT = "profit", "Nhận tiền, tài sản, lợi ích vật chất khác"
    OTHER_INHUMANE = "other_inhumane", "Mục đích vô nhân đạo khác"
    UNKNOWN = "unknown", "Chưa rõ"


class ClosingOutcome(LabelledEnum):
    REINTEGRATED = "reintegrated", "Đã hòa nhập cộng đồng"
    MOVED = "moved", "Chuyển đến tỉnh khác"
    HANDED_OVER = "handed_over", "Đã bàn giao, trao trả"
    REFUSED = "refused", "Từ chối hỗ trợ tiếp"
    NOT_VICTIM = "not_victim", "Không phải nạn nhân, kết thúc hồ sơ"
    DIED = "died", "Đã mất"
    OTHER = "other", "Lý do khác"


class Incident(Row, table=True):
    """One event that brought several people at once: what they share is written once."""

    __tablename__ = "incident"
    trail_object = "vụ việc"
    code: str = column("Số vụ việc", max_length=20, unique=True)
    received_on: date = column("Ngày tiếp nhận", help="Ngày đơn vị tiếp nhận những người này", index=True)
    unit_id: int = column("Đơn vị tiếp nhận", references="unit.id")
    entered_by_id: int | None = column("Đơn vị ghi vụ việc", references="unit.id")  # keeps sight of it
    way: Way | None = column("Hình thức tiếp nhận", choices=Way)
    place: Place | None = column("Nơi bị mua bán", choices=Place)
    country: str | None = column("Nước", max_length=60, help="Khi bị mua bán ra nước ngoài")
    province: str | None = column("Tỉnh, thành phố khác", max_length=60, help="Khi bị mua bán ở tỉnh khác")
    purpose: Purpose | None = column("Mục đích mua bán", choices=Purpose)
    expected: int | None = column("Số người", help="Số người được tiếp nhận trong vụ việc")
    summary: str | None = column(
        "Tóm tắt vụ việc",
        sealed=True,
        sensitivity=Sensitivity.IDENTITY,
        help="Không ghi họ tên: tên ghi ở hồ sơ của từng người",
    )


class Case(Row, table=True):
    __tablename__ = "case_file"
    trail_object = "hồ sơ"
    __table_args__ = (
        Index("ix_case_received_unit", "received_on", "unit_id"),
        Index("ix_case_state_received", "state", "received_on"),
    )
    code: str = column("Số hồ sơ", max_length=20, unique=True)
    state: CaseState = column("Tình trạng", choices=CaseState)
    received_on: date = column("Ngày tiếp nhận", help="Ngày đơn vị tiếp nhận người này", index=True)
    unit_id: int = column("Đơn vị tiếp nhận", references="unit.id")
    way: Way | None = column("Hình thức tiếp nhận", choices=Way)
    place: Place | None = column(
        "Nơi bị mua bán",
        choices=Place,
        help="Nơi người này bị đưa đến và bị bóc lột, không phải nơi bị tuyển mộ",
    )
    country: str | None = column("Nước", max_length=60, help="Khi bị mua bán ra nước ngoài")
    province: str | None = column("Tỉnh, thành phố khác", max_length=60, help="Khi bị mua bán ở tỉnh khác")
    purpose: Purpose | None = column("Mục đích mua bán", choices=Purpose)
    home_district_id: int | None = column("Huyện, thành phố cư trú", references="area.id")
    home_commune_id: int | None = column("Xã, phường cư trú", references="area.id")
    home_commune_text: str | None = column(
        "Xã, phường (ghi trong sổ)", max_length=80, help="Tên xã không có trong danh mục ngày tiếp nhận"
    )
    home_province: str | None = column("Tỉnh cư trú (ngoài tỉnh)", max_length=60)
    note: str | None = column("Ghi chú", sealed=True, sensitivity=Sensitivity.IDENTITY)
    batch_id: int | None = column("Đợt nhập", references="import_batch.id")
    incident_id: int | None = column("Vụ việc", references="incident.id")
    merged_into_id: int | None = column("Ghép vào hồ sơ", references="case_file.id")


class CaseStep(Row, table=True):
    """One step taken by one person: written by `lifecycle.take()` only."""

    __tablename__ = "case_step"
    trail_object = "bước xử lý"
    case_id: int = column("Hồ sơ", references="case_file.id")
    step: str = column("Bước", max_length=40)
    from_state: CaseState | None = column("Từ tình trạng", choices=CaseState)
    to_state: CaseState = column("Đến tình trạng", choices=CaseState)
    taken_on: date = column("Ngày")
    by_name: str = column("Người thực hiện", max_length=120)
    reason: str | None = column("Lý do", sealed=True, sensitivity=Sensitivity.IDENTITY)


class Reopening(Row, table=True):
    __tablename__ = "reopening"
    trail_object = "lần mở lại hồ sơ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    reopened_on: date = column("Ngày mở lại", index=True)


class Closing(Row, table=True):
    __tablename__ = "closing"
    trail_object = "việc kết thúc hồ sơ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    closed_on: date = column("Ngày kết thúc")
    outcome: ClosingOutcome = column("Kết quả", choices=ClosingOutcome)


class CaseUnit(Row, table=True):
    """A unit the file was handed to (địa phương, cơ sở, cơ quan phối hợp), while it works on it."""

    __tablename__ = "case_unit"
    trail_object = "việc giao hồ sơ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    unit_id: int = column("Giao cho đơn vị", references="unit.id")
    since: date = column("Từ ngày")
    until: date | None = column("Đến hết ngày")
