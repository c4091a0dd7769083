"""Who may sign in, which roles they hold at which unit, and their server-side sessions."""

from datetime import date, datetime

from db.base import Plain, Row, UtcDateTime
from db.fields import LabelledEnum, Sensitivity, column


class Role(LabelledEnum):
    LABOUR_DEPT = "labour_dept", "Cán bộ cơ quan thường trực"
    POLICE = "police", "Cán bộ công an, quân sự, biên phòng"
    LOCAL = "local", "Cán bộ huyện, xã"
    SHELTER = "shelter", "Cán bộ cơ sở bảo trợ"
    PARTNER = "partner", "Cán bộ cơ quan phối hợp"
    LEADER = "leader", "Lãnh đạo tỉnh"
    ADMIN = "admin", "Quản trị hệ thống"


class Account(Row, table=True):
    __tablename__ = "account"
    trail_object = "tài khoản"
    username: str = column("Tên đăng nhập", max_length=60, unique=True)
    full_name: str = column("Họ và tên cán bộ", max_length=120)
    password_hash: str | None = column("Mật khẩu (băm)", max_length=100, sensitivity=Sensitivity.SECRET)
    active: bool = column("Đang hoạt động", default=True)


class Holding(Row, table=True):
    """A role held at a unit; `head` is a right on top of it."""

    __tablename__ = "holding"
    trail_object = "vai trò"
    account_id: int = column("Tài khoản", references="account.id")
    role: Role = column("Vai trò", choices=Role)
    unit_id: int = column("Tại đơn vị", references="unit.id")
    head: bool = column("Thủ trưởng đơn vị", default=False)
    valid_from: date | None = column("Từ ngày")
    valid_to: date | None = column("Đến hết ngày")


class ServerSession(Plain, table=True):
    """A signed-in browser. Only the token's SHA-256 is stored."""

    __tablename__ = "server_session"
    token_hash: str = column("Dấu phiên", max_length=64, unique=True, sensitivity=Sensitivity.SECRET)
    account_id: int = column("Tài khoản", references="account.id")
    started_at: datetime = column("Bắt đầu", sa_type=UtcDateTime)
    seen_at: datetime = column("Lần cuối", sa_type=UtcDateTime)
    ended_at: datetime | None = column("Kết thúc", sa_type=UtcDateTime)


class Ticket(Plain, table=True):
    """A single-use half-minute bridge from the sign-in form to the cookie."""

    __tablename__ = "ticket"
    token_hash: str = column("Dấu vé", max_length=64, unique=True, sensitivity=Sensitivity.SECRET)
    account_id: int = column("Tài khoản", references="account.id")
    expires_at: datetime = column("Hết hạn", sa_type=UtcDateTime)
    used_at: datetime | None = column("Đã dùng", sa_type=UtcDateTime)


class Bootstrap(Plain, table=True):
    """The single-use code, printed on the console, that makes the first administrators."""

    __tablename__ = "bootstrap"
    code_hash: str = column("Dấu mã", max_length=64, unique=True, sensitivity=Sensitivity.SECRET)
    made_at: datetime = column("Lập lúc", sa_type=UtcDateTime)
    used_at: datetime | None = column("Đã dùng", sa_type=UtcDateTime)
