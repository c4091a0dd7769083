"""Small registers made for a test: one good row, changed where the test says so."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from services import importing
from services.importing import Plan, PlanRow, Remark
from services.office import Office
from services.work import Work, command_line

TODAY = date(2026, 11, 1)
GOOD: dict[str, Any] = {
    "STT": 1,
    "Ngày tiếp nhận": datetime(2018, 3, 5),
    "Đơn vị tiếp nhận": "Công an tỉnh",
    "Hình thức tiếp nhận": "Tự trở về",
    "Họ và tên": "Nông Thị Mẩy",
    "Giới tính": "Nữ",
    "Ngày sinh": datetime(1999, 4, 3),
    "Dân tộc": "Tày",
    "Số CMND/CCCD": "095228127893",
    "Huyện/Thành phố": "Huyện Na Rì",
    "Xã/Phường": "Xã Kim Hỷ",
    "Nơi bị mua bán": "Trung Quốc",
    "Mục đích mua bán": "Ép làm vợ",
    "Ngày đề nghị xác minh": datetime(2018, 3, 6),
    "Cơ quan xác minh": "Công an Huyện Na Rì",
    "Ngày kết luận": datetime(2018, 4, 1),
    "Kết luận": "Là nạn nhân",
    "Số giấy xác nhận": "18/GXN-CA",
    "Nhu cầu bảo vệ": "Có",
    "Ngày áp dụng bảo vệ": datetime(2018, 3, 10),
    "Biện pháp bảo vệ": "Giữ bí mật đời tư, nơi cư trú; Bố trí nơi tạm lánh",
    "Nhu cầu thiết yếu": 1_440_000,
    "Chi phí đi lại": "x",
    "Y tế": "Có nhu cầu",
    "Tâm lý": "Từ chối",
    "Trợ giúp pháp lý": None,
    "Học văn hóa": None,
    "Học nghề": None,
    "Trợ cấp khó khăn ban đầu": None,
    "Vay vốn": 20_000_000,
    "Ngày hỗ trợ": datetime(2018, 3, 12),
    "Nguồn kinh phí": "Ngân sách nhà nước",
    "Ghi chú": None,
}


def book(*rows: dict[str, Any], title_rows: int = 3) -> bytes:
    """A register of these rows; a row says what differs from the good one. Columns as the first rows have them."""
    full = [GOOD | row for row in rows]
    headings = list(dict.fromkeys(name for row in full for name in row))
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for number in range(title_rows):
        sheet.append([f"Dòng tiêu đề {number + 1}"])
    sheet.append(headings)
    for row in full:
        sheet.append([row.get(name) for name in headings])
    return saved(made)


def saved(made: Workbook) -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def plan_of(office: Office, content: bytes) -> Plan:
    with Work(office, command_line(), today=TODAY) as work:
        return importing.check(work, content, name="sổ.xlsx")


def row_of(office: Office, **changed: Any) -> PlanRow:
    """The one row of a register that differs from the good one in `changed` (headings with _ for blanks)."""
    return plan_of(office, book(changed_row(changed))).rows[0]


def changed_row(changed: dict[str, Any]) -> dict[str, Any]:
    by_key = {column.key: column.heading for column in importing.FORM}
    return {by_key[key]: value for key, value in changed.items()}


def refusals(row: PlanRow) -> list[str]:
    return [remark.column for remark in row.refusals]


def warned(row: PlanRow) -> list[str]:
    return [remark.column for remark in row.warnings]


def brought_in(office: Office, content: bytes, update: frozenset[int] = frozenset()) -> importing.Result:
    """Checked and applied."""
    with Work(office, command_line(), write=True, today=TODAY) as work:
        return importing.apply(work, importing.check(work, content, name="sổ.xlsx"), update=update)


def reasons(remarks: tuple[Remark, ...]) -> str:
    return " ".join(remark.reason for remark in remarks)
