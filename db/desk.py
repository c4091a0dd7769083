"""What a person keeps on their desk: what they were typing, and the lists they saved."""

from datetime import datetime

import sqlalchemy as sa

from db.accounts import Role
from db.base import Plain, Row, UtcDateTime
from db.fields import Sensitivity, column


class Draft(Plain, table=True):
    """What stands in a form that was not saved. `content` is JSON, sealed by hand (`services/registers/
    drafts.py`) with the file's key, the office's when there is no file: drafts are not in the trail."""

    __tablename__ = "draft"
    account_id: int = column("Tài khoản", big=True, index=True)
    form: str = column("Biểu", max_length=60)
    place: str = column("Biểu của bản ghi nào", max_length=120, index=True)
    case_id: int | None = column("Hồ sơ", big=True, index=True)
    kept_at: datetime = column("Giữ lúc", sa_type=UtcDateTime, index=True)
    content: bytes = column("Nội dung đang nhập", sa_type=sa.LargeBinary, sensitivity=Sensitivity.SECRET)


class SavedList(Row, table=True):
    """A list's filters under a name: one's own, or shared with a role."""

    __tablename__ = "saved_list"
    trail_object = "danh sách đã lưu"
    account_id: int = column("Của tài khoản", references="account.id")
    listing: str = column("Danh sách", max_length=40)
    title: str = column("Tên danh sách", sealed=True, sensitivity=Sensitivity.IDENTITY)
    codes: str = column("Điều kiện lọc", max_length=600)
    text: str | None = column("Chữ tìm kiếm", sealed=True, sensitivity=Sensitivity.IDENTITY)
    shared_with: Role | None = column("Chia sẻ với", choices=Role, help="Để trống: chỉ mình tôi")
