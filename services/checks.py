"""What would make the tool unsafe to run here, each with what to do about it (`duongve check`).

The server does not start while something grave is found; the rest is advice.
"""

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import sqlalchemy as sa

from db.keystore import ENVIRONMENT, MASTER, STORE
from services import daily, migrating
from services.office import Home, Office, card_of, default_url, open_office
from services.scans import attachments
from services.work import Work, command_line

OLD = timedelta(days=2)
LITTLE_ROOM = 1_000_000_000  # bytes
SAFE_SSL = {"require", "verify-ca", "verify-full"}


@dataclass(frozen=True)
class Weakness:
    """`grave`: the server refuses to start."""

    grave: bool
    sentence: str
    remedy: str


def weaknesses(
    home: Path, *, host: str = "127.0.0.1", tls: bool = False, url: str | None = None
) -> list[Weakness]:
    """Everything found, the grave first. `tls`: declared to end in front of the server."""
    url = url or default_url()
    found = [*_listening(host, tls), *_settings(), *_kind(home, url), *_database(url)]
    if card_of(home) is not None:
        found += [*_modes(Home(home)), *_keys(Home(home)), *_inside(home, url), *_room(home)]
    return sorted(found, key=lambda weakness: not weakness.grave)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, tls: bool) -> Iterator[Weakness]:
    if not is_loopback(host) and not tls:
        yield Weakness(
            True,
            f"Máy chủ nghe ở {host}, ngoài máy này, mà không có TLS phía trước: "
            "mật khẩu và hồ sơ đi trên mạng dạng rõ.",
            "Đặt một máy chủ TLS (nginx, Caddy…) phía trước rồi chạy với --tls-in-front, hoặc nghe ở 127.0.0.1.",
        )


def _settings() -> Iterator[Weakness]:
    for name in sorted(os.environ):
        if name.startswith("STREAMLIT_"):
            yield Weakness(
                True,
                f"Biến môi trường {name} thay cấu hình đã kiểm tra của chương trình.",
                f"Bỏ biến {name} rồi chạy lại.",
            )
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield Weakness(
            False,
            "Chương trình đang chạy bằng quyền root.",
            "Lập một người dùng riêng của hệ điều hành để chạy chương trình.",
        )


def _kind(home: Path, url: str | None) -> Iterator[Weakness]:
    card = card_of(home)
    if card is not None and card["kind"] == "demo" and url is not None and not url.startswith("sqlite"):
        yield Weakness(
            True,
            "Thư mục là bản chạy thử nhưng địa chỉ cơ sở dữ liệu trỏ sang máy chủ thật.",
            "Bỏ biến DUONGVE_DATABASE_URL, hoặc chọn thư mục của đơn vị.",
        )


def _database(url: str | None) -> Iterator[Weakness]:
    if url is None or url.startswith("sqlite"):
        return
    address = sa.make_url(url)
    if address.host and not is_loopback(address.host) and address.query.get("sslmode") not in SAFE_SSL:
        yield Weakness(
            True,
            "Kết nối tới máy chủ cơ sở dữ liệu không được mã hóa.",
            "Thêm ?sslmode=verify-full vào DUONGVE_DATABASE_URL.",
        )


def _modes(home: Home) -> Iterator[Weakness]:
    """On Windows the folder's own permissions hold; there is no mode to look at."""
    if os.name == "nt":
        return
    secret = (home.keys, home.keys / MASTER, home.keys / STORE)
    for path in (*secret, home.database.parent, home.database, home.files, home.logs, home.backups):
        if not path.exists():
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        inside = path.is_file() and not stat.S_IMODE(path.parent.stat().st_mode) & 0o077
        if mode & 0o077 and not (inside and path.name != MASTER):
            yield Weakness(
                True,
                f"Người dùng khác trên máy đọc được {path} (quyền {mode:o}).",
                f"Chạy: chmod {'700' if path.is_dir() else '600'} {path}",
            )


def _keys(home: Home) -> Iterator[Weakness]:
    if not os.environ.get(ENVIRONMENT) and not (home.keys / MASTER).exists():
        yield Weakness(
            True,
            "Không có khóa chủ: dữ liệu không mở được.",
            f"Đặt lại tệp {home.keys / MASTER} từ nơi giữ khóa, hoặc đặt biến {ENVIRONMENT}.",
        )
    elif not (home.keys / STORE).exists():
        yield Weakness(
            True,
            "Không có kho khóa: dữ liệu không mở được.",
            f"Đặt lại tệp {home.keys / STORE} từ bản sao lưu khóa mới nhất.",
        )


def _inside(path: Path, url: str | None) -> Iterator[Weakness]:
    if not (
        (Home(path).keys / STORE).exists() and (os.environ.get(ENVIRONMENT) or (Home(path).keys / MASTER).exists())
    ):
        return
    office = open_office(path, url)
    try:
        data, keys = daily.places(office)
        age = daily.age(office)
        yield from _files(office)
    finally:
        office.close()
    if data == keys:
        yield Weakness(
            False,
            "Bản sao lưu dữ liệu và bản sao lưu khóa nằm cùng một chỗ: ai lấy được cả hai thì đọc được hồ sơ.",
            "Đặt DUONGVE_BACKUP và DUONGVE_BACKUP_KEYS trỏ tới hai nơi khác nhau, ngoài ổ đĩa này.",
        )
    elif path in data.parents or data == path:
        yield Weakness(
            False,
            "Bản sao lưu nằm cùng ổ đĩa với dữ liệu: mất ổ là mất cả hai.",
            "Đặt DUONGVE_BACKUP trỏ tới ổ đĩa hoặc máy khác.",
        )
    if age is None or age > OLD:
        yield Weakness(
            False,
            "Chưa có bản sao lưu nào." if age is None else f"Bản sao lưu mới nhất đã {age.days} ngày tuổi.",
            "Chạy: duongve backup THƯ_MỤC (khi máy chủ đang chạy thì mỗi ngày có một bản).",
        )


def _files(office: Office) -> Iterator[Weakness]:
    """Scans whose sealed file is gone."""
    try:
        if not migrating.is_current(office.engine):
            return
        with Work(office, command_line()) as work:
            lost = attachments.missing(work)
    except sa.exc.DBAPIError:
        yield Weakness(
            False, "Không kết nối được cơ sở dữ liệu.", "Xem máy chủ cơ sở dữ liệu và DUONGVE_DATABASE_URL."
        )
        return
    if lost:
        yield Weakness(
            False,
            f"{lost} bản chụp giấy tờ không còn tệp.",
            f"Chép lại thư mục files của bản sao lưu vào {office.home.files}, rồi chạy duongve audit verify.",
        )


def _room(home: Path) -> Iterator[Weakness]:
    if shutil.disk_usage(home).free < LITTLE_ROOM:
        yield Weakness(
            False, "Ổ đĩa chứa dữ liệu còn dưới 1 GB.", "Dọn ổ đĩa: khi hết chỗ, nội dung mới không lưu được."
        )
