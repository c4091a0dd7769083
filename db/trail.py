"""The trail's own table, and the counters. Neither is followed by the trail."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.base import Base, Plain, UtcDateTime
from db.fields import LabelledEnum, column


class Action(LabelledEnum):
    CREATE = "create", "ghi mới"
    UPDATE = "update", "sửa"
    DELETE = "delete", "xóa"
    READ = "read", "xem hồ sơ"
    LIST = "list", "xem danh sách"
    EXPORT = "export", "xuất tệp"
    IMPORT = "import", "nhập sổ"
    SIGN_IN = "sign_in", "đăng nhập"
    SIGN_OUT = "sign_out", "đăng xuất"
    REFUSED = "refused", "bị từ chối"
    COMMAND = "command", "lệnh quản trị"
    BACKUP = "backup", "sao lưu"


class TrailEntry(Base, table=True):
    __tablename__ = "trail"
    seq: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    at: datetime = column("Lúc", sa_type=UtcDateTime)
    actor: str = column("Ai", max_length=120)
    actor_id: int | None = column("Mã tài khoản", big=True, index=True)
    unit_id: int | None = column("Đơn vị", big=True, index=True)
    role: str = column("Vai trò", max_length=80)
    session: str | None = column("Phiên", max_length=16)
    action: Action = column("Việc", choices=Action)
    object: str = column("Đối tượng", max_length=60)
    object_id: int | None = column("Mã đối tượng", big=True, index=True)
    case_id: int | None = column("Hồ sơ", big=True, index=True)
    reason: str | None = column("Lý do", max_length=200)
    fields: str = column("Trường đã đổi", max_length=1000)
    digest: str | None = column("Dấu bản ghi", max_length=64)
    prev: str = column("Mắt xích trước", max_length=64)
    mac: str = column("Mã xác thực", max_length=64)


class Counter(Plain, table=True):
    __tablename__ = "counter"
    name: str = column("Tên", max_length=60, unique=True)
    value: int = column("Giá trị")
