"""What people type into a periodic report; the figures are computed, never stored."""

from datetime import date

from db.base import Row
from db.fields import column


class ReportText(Row, table=True):
    __tablename__ = "report_text"
    trail_object = "nội dung báo cáo"
    period: str = column("Kỳ báo cáo", max_length=30, index=True)
    unit_id: int | None = column("Đơn vị báo cáo", references="unit.id", help="Để trống: toàn tỉnh")
    number: str | None = column("Số báo cáo", max_length=30)
    dated: date | None = column("Ngày báo cáo")
    as_of: date | None = column("Số liệu tính đến ngày")
    place: str | None = column("Địa danh", max_length=60)
    signer_title: str | None = column("Chức vụ người ký", max_length=120)
    signer_name: str | None = column("Họ tên người ký", max_length=120)
    recipients: str | None = column("Nơi nhận", sealed=True, max_length=20_000)
    assessment: str | None = column("Đánh giá chung", sealed=True, max_length=20_000)
    difficulties: str | None = column("Khó khăn, vướng mắc", sealed=True, max_length=20_000)
    proposals: str | None = column("Đề xuất, kiến nghị", sealed=True, max_length=20_000)
