"""The open office: its folder, its database, its keys. One a process."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from platformdirs import user_data_path

from db.engine import make_engine, sqlite_url
from db.keystore import KeyStore, KeysUnusable, create_master
from services.errors import NotReady

NO_OFFICE = "Thư mục này chưa có dữ liệu. Hãy chạy lệnh duongve init trước."


@dataclass(frozen=True)
class Home:
    """Where things stand in an office's folder. Data and keys are apart, as in its backups."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "data" / "duongve.db"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def files(self) -> Path:
        """Scans, sealed; made with the first one."""
        return self.path / "files"

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def card(self) -> Path:
        return self.path / "office.json"


def default_home() -> Path:
    """`DUONGVE_DATA`, or the platform's folder for a user's data."""
    named = os.environ.get("DUONGVE_DATA")
    return Path(named) if named else user_data_path("duongve", appauthor=False)


def default_url() -> str | None:
    return os.environ.get("DUONGVE_DATABASE_URL") or None


@dataclass
class Office:
    """An open office. `memory` holds what may be forgotten at any time (caches)."""

    home: Home
    kind: str
    url: str
    keys: KeyStore
    memory: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def engine(self) -> sa.Engine:
        return make_engine(self.url)

    @property
    def is_demo(self) -> bool:
        return self.kind == "demo"

    def close(self) -> None:
        self.engine.dispose()
        self.keys.close()


def card_of(path: Path) -> Mapping[str, Any] | None:
    """The folder's card (kind, made), or None when no office lives there."""
    card = Home(path).card
    return json.loads(card.read_text("utf-8")) if card.exists() else None


def make_office(path: Path, *, kind: str, url: str | None = None) -> Office:
    """Founds an office in an empty folder: folders, card, keys. The tables come with `migrate`.

    Raises NotReady when the folder already holds one of the other kind.
    """
    home = Home(path)
    card = card_of(path)
    if card is not None and card["kind"] != kind:
        raise NotReady("Thư mục này đang giữ dữ liệu của một đơn vị khác loại. Hãy chọn thư mục khác.")
    for folder in (home.database.parent, home.keys, home.logs, home.backups):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    create_master(home.keys)
    office = _open(path, kind, url, new=card is None)
    if card is None:  # last: a folder with a card has its keys
        made = {"kind": kind, "made": datetime.now(UTC).isoformat(timespec="seconds")}
        home.card.write_text(json.dumps(made), "utf-8")
    return office


def open_office(path: Path, url: str | None = None) -> Office:
    """Opens the office in a folder. Raises NotReady when there is none, or its keys cannot be used."""
    card = card_of(path)
    if card is None:
        raise NotReady(NO_OFFICE)
    return _open(path, card["kind"], url)


def _open(path: Path, kind: str, url: str | None, *, new: bool = False) -> Office:
    home = Home(path)
    try:
        keys = KeyStore(home.keys, new=new)
    except KeysUnusable as error:
        raise NotReady(
            "Không dùng được khóa mã hóa: thiếu tệp khóa, hoặc khóa không khớp với dữ liệu. "
            "Hãy đặt lại đúng thư mục keys (hoặc biến DUONGVE_MASTER_KEY) của đơn vị này."
        ) from error
    return Office(home, kind, url or default_url() or sqlite_url(home.database), keys)


_current: Office | None = None


def set_current(office: Office | None) -> None:
    global _current
    _current = office


def current() -> Office:
    """The process's office; opened from the environment when nobody set one."""
    global _current
    if _current is None:
        _current = open_office(default_home())
    return _current
