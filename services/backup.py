"""Backups: made while people work, keys apart from data, proven by reopening; and put back.

A backup is two folders, `data-…` and `keys-…`, that belong in two places: neither alone opens
anything. The data is one SQLite file, whatever the engine, with a manifest: how many rows, the file's
digest, and the trail's anchor. Data is copied first and keys after, so every file in it has its key.

Sealed scans stand in one store beside the dated folders, `files`, and only what is missing there is
copied: they never change. They are copied after the rows that name them, so a scan added meanwhile is
wholly in the backup or wholly out of it.
"""

import hashlib
import json
import os
import shutil
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import copying, files
from db.engine import sqlite_url
from db.keystore import KeyStore, KeysUnusable
from db.trail import Action
from services import migrating
from services.errors import AppError, NotReady
from services.office import Home, Office, card_of, default_url, open_office
from services.scans import attachments
from services.trail_check import Anchor, Verdict, verify
from services.work import Work, command_line

DATABASE, MANIFEST = "duongve.db", "manifest.json"
DATA, KEYS, FILES = "data-", "keys-", "files"
STAMP = "%Y%m%d-%H%M%S"
KEPT = 14
IN_USE = 24 * 3600  # seconds in which a backup being made may still rely on a stored file


class BackupFailed(AppError):
    sentence = "Bản sao lưu KHÔNG dùng được."


@dataclass(frozen=True)
class Backup:
    """A backup that was reopened and found good."""

    made: datetime
    data: Path
    keys: Path
    tables: Mapping[str, int]
    trail: Anchor
    files: frozenset[str] = frozenset()  # the sealed scans it needs, by their digests

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def make(office: Office, data_to: Path, keys_to: Path | None = None, *, reason: str = "") -> Backup:
    """Copies the open office while it is used, and proves the copy. Raises BackupFailed.

    `keys_to` is another place for the keys; by default both folders stand side by side in `data_to`.
    That it was made stands in the trail, and so in the copy.
    """
    made = datetime.now(UTC)
    if migrating.is_current(office.engine):
        with Work(office, command_line(), write=True) as work:
            work.record(Action.BACKUP, "backup", reason=reason or None)
    data, keys = _folders(data_to, keys_to or data_to, made)
    try:
        _copy_data(office, data / DATABASE)
        office.keys.copy_to(keys)
        shutil.copyfile(office.home.card, data / "office.json")
        tables, verdict, scans = _reopened(office, data / DATABASE, keys)
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        shutil.rmtree(keys, ignore_errors=True)
        raise
    backup = Backup(made, data, keys, tables, verdict.anchor, scans)
    _write_manifest(backup)
    return backup


def restore(source: Path, home: Path, *, keys: Path | None = None, url: str | None = None) -> Office:
    """Puts a backup into an empty folder (and, with an address, an empty database), and proves it.

    `source` is a `data-…` folder, or the folder that holds them (the newest is taken); `keys` the
    folder of its keys, by default the one beside it. Raises NotReady when there is something at the
    target or nothing at the source, BackupFailed when the backup is not whole; nothing is left then.
    """
    data, keys = _pair(source, keys)
    manifest = _manifest(data)
    if home.exists() and any(home.iterdir()):
        raise NotReady("Thư mục đích không trống. Chỉ khôi phục vào một thư mục mới.")
    if _digest(data / DATABASE) != manifest["sha256"]:
        raise BackupFailed("Tệp sao lưu đã bị thay đổi sau khi lập: dấu không khớp.")
    existed = home.exists()
    try:
        return _restored(data, keys, Home(home), manifest, url or default_url())
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        if existed:
            home.mkdir()
        raise


def newest(folder: Path) -> datetime | None:
    """When the newest backup in a folder was made; None when there is none."""
    found = _all(folder)
    return datetime.fromisoformat(str(_manifest(found[-1])["made"])) if found else None


def keep(folder: Path, count: int = KEPT, *, keys: Path | None = None) -> None:
    """Removes the oldest backups beyond `count`, their keys with them, and the scans none of the rest needs."""
    for data in _all(folder)[:-count]:
        shutil.rmtree(_keys_of(data, keys), ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)
    wanted = {digest for data in _all(folder) for digest in _manifest(data).get("files", ())}
    old = time.time() - IN_USE
    for path in (folder / FILES).glob("*/*"):
        if path.name not in wanted and path.stat().st_mtime < old:
            path.unlink(missing_ok=True)


def _folders(data_to: Path, keys_to: Path, made: datetime) -> tuple[Path, Path]:
    stamp = made.strftime(STAMP)
    while (data_to / f"{DATA}{stamp}").exists():  # two within a second
        stamp += "a"
    data, keys = data_to / f"{DATA}{stamp}", keys_to / f"{KEYS}{stamp}"
    for folder in (data, keys):
        try:
            folder.mkdir(parents=True)
        except OSError as error:
            raise BackupFailed(f"Không ghi được vào thư mục sao lưu {folder.parent}.") from error
        folder.chmod(0o700)
    return data, keys


def _copy_data(office: Office, target: Path) -> None:
    if office.engine.dialect.name == "sqlite":
        copying.vacuum_into(office.engine, target)
        return
    revision = migrating.revision_of(office.engine)
    if revision is None:
        raise BackupFailed("Cơ sở dữ liệu chưa có bảng nào để sao lưu.")
    with copying.one_file(target) as copy:
        migrating.upgrade(copy, revision)
        copying.copy_rows(office.engine, copy)


def _reopened(source: Office, database: Path, keys: Path) -> tuple[dict[str, int], Verdict, frozenset[str]]:
    """Opens the copy with the copied keys: every page, every reference, every link and row of the trail, and
    the scans its rows name, which are brought into the store.

    The trail is read in a second copy brought to today's shape: before a migration, its rehearsal.
    """
    scratch = database.with_name("reopened.db")
    store = database.parent.parent / FILES
    shutil.copyfile(database, scratch)
    try:
        copying.check_whole(database)
        office = Office(Home(database.parent), source.kind, sqlite_url(scratch), KeyStore(keys))
    except (copying.CopyDamaged, KeysUnusable) as error:
        raise BackupFailed from error
    try:
        tables = copying.counts(office.engine)
        migrating.migrate(office)
        with Work(office, command_line()) as work:
            scans = frozenset(attachments.needed(work, source.home.files))
        _copy_files(source.home.files, store, scans)
        return tables, _verified(office, store), scans
    finally:
        office.close()
        for left in database.parent.glob("reopened.db*"):
            left.unlink()


def _copy_files(source: Path, target: Path, digests: Collection[str]) -> None:
    """Brings the files that are missing; what is not there, or not what its name says, is found right after."""
    for digest in digests:
        stored = files.path_of(target, digest)
        if stored.is_file():
            os.utime(stored)  # in use: `keep` leaves it alone
            continue
        try:
            files.keep(target, digest, files.path_of(source, digest).read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            raise BackupFailed(f"Không ghi được vào thư mục sao lưu {target}.") from error


def _verified(office: Office, store: Path | None = None) -> Verdict:
    with Work(office, command_line()) as work:
        verdict = verify(work, files=store)
    if not verdict.clean:
        raise BackupFailed(
            f"Dữ liệu trong bản sao không khớp với nhật ký: {verdict.findings[0].sentence} "
            "Hãy chạy duongve audit verify."
        )
    return verdict


def _restored(data: Path, keys: Path, home: Home, manifest: Mapping[str, Any], url: str | None) -> Office:
    for folder in (home.database.parent, home.keys, home.logs, home.backups):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    for name in keys.iterdir():
        shutil.copy2(name, home.keys / name.name)
    shutil.copyfile(data / "office.json", home.card)
    _copy_files(data.parent / FILES, home.files, manifest.get("files", ()))
    if url is None or url.startswith("sqlite"):
        shutil.copyfile(data / DATABASE, home.database)
        home.database.chmod(copying.PRIVATE)
        copying.check_whole(home.database)
        url = sqlite_url(home.database)
    office = open_office(home.path, url)
    try:
        if office.engine.dialect.name != "sqlite":
            _into_server(office, data / DATABASE)
        if copying.counts(office.engine) != manifest["tables"]:
            raise BackupFailed("Số dòng khôi phục không bằng số dòng trong bản sao lưu.")
        migrating.migrate(office)
        verdict = _verified(office)
        if verdict.anchor != Anchor(**manifest["trail"]):
            raise BackupFailed("Nhật ký không khớp với mốc ghi trong bản sao lưu.")
    except BaseException:
        office.close()
        raise
    return office


def _into_server(office: Office, database: Path) -> None:
    if not copying.is_empty(office.engine):
        raise NotReady("Cơ sở dữ liệu đích không trống. Chỉ khôi phục vào một cơ sở dữ liệu mới.")
    with copying.one_file(database) as source:
        revision = migrating.revision_of(source)
        migrating.upgrade(office.engine, revision or "head")
        copying.copy_rows(source, office.engine)


def _write_manifest(backup: Backup) -> None:
    content = {
        "made": backup.made.isoformat(timespec="seconds"),
        "sha256": _digest(backup.data / DATABASE),
        "tables": dict(backup.tables),
        "trail": asdict(backup.trail),
        "files": sorted(backup.files),
    }
    path = backup.data / MANIFEST
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", "utf-8")


def _manifest(data: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads((data / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise NotReady(f"Không có bản sao lưu nào dùng được trong {data}.") from error
    return content


def _pair(source: Path, keys: Path | None) -> tuple[Path, Path]:
    found = [source] if (source / MANIFEST).exists() else _all(source)
    if not found or card_of(found[-1]) is None:
        raise NotReady(f"Không có bản sao lưu nào dùng được trong {source}.")
    data = found[-1]
    beside = _keys_of(data, keys)
    folder = beside if beside.is_dir() else (keys or beside)
    if not folder.is_dir():
        raise NotReady(f"Không thấy thư mục khóa {folder}. Khóa được giữ riêng: hãy chỉ ra bằng --keys.")
    return data, folder


def _keys_of(data: Path, keys: Path | None) -> Path:
    return (keys or data.parent) / (KEYS + data.name.removeprefix(DATA))


def _all(folder: Path) -> list[Path]:
    """The whole backups in a folder, oldest first."""
    return sorted(path.parent for path in folder.glob(f"{DATA}*/{MANIFEST}"))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
