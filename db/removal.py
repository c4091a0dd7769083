"""What was deleted, kept sealed with its reason, so that it can be put back."""

from datetime import datetime

from db.base import Row, UtcDateTime
from db.fields import Sensitivity, column


class Removal(Row, table=True):
    """`content`: the rows as JSON, sealed with the file's key (the office's when there is no file), so
    destroying the key shreds them too."""

    __tablename__ = "removal"
    trail_object = "việc xóa"
    case_id: int | None = column("Hồ sơ", big=True, index=True)
    object: str = column("Loại bản ghi", max_length=60)
    object_id: int = column("Mã bản ghi", big=True, index=True)
    unit_id: int | None = column("Đơn vị của người xóa", big=True, index=True)
    by_name: str = column("Người xóa", max_length=120)
    removed_at: datetime = column("Xóa lúc", sa_type=UtcDateTime, index=True)
    reason: str = column("Lý do xóa", sealed=True, sensitivity=Sensitivity.IDENTITY)
    content: str = column("Nội dung đã xóa", sealed=True, sensitivity=Sensitivity.SECRET)
    restored_at: datetime | None = column("Khôi phục lúc", sa_type=UtcDateTime)
