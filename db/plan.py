"""What the office itself decides: legal values it fills in, each with its document and dates."""

from datetime import date

from db.base import Row
from db.fields import column


class OfficeValue(Row, table=True):
    """A legal value entered by the office (the national tables are never edited)."""

    __tablename__ = "office_value"
    trail_object = "mức do đơn vị quy định"
    key: str = column("Giá trị", max_length=80, index=True)
    effective_from: date = column("Áp dụng từ ngày")
    value: int = column("Mức", big=True)
    unit: str = column("Đơn vị tính", max_length=40)
    document: str = column("Số văn bản", max_length=80)
    document_date: date = column("Ngày văn bản")
