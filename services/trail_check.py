"""The trail checked: every entry, every link, and every row against the last thing the trail says of it.

Found: any changed byte, an entry dropped, swapped, doubled or forged; a row changed, put back to an
older state, deleted or inserted outside the application; a sealed file changed, swapped, missing or not
ours; and, against an anchor kept elsewhere, a tail that was cut off. Entries and rows are streamed, so
the size of the trail does not matter.
"""

import hmac
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping

from db import files as store
from db.accounts import Role
from db.attachments import Attachment
from db.audit import GENESIS, digest_of, mac_of, stored
from db.base import Row, table_of, tables
from db.fields import LabelledEnum
from db.sealed import SealError
from db.trail import Action, TrailEntry
from services.access import Right, require
from services.errors import Invalid, Refused
from services.work import Work

STREAM = {"yield_per": 2000}
CHANGES = frozenset({Action.CREATE, Action.UPDATE, Action.DELETE})
SCANS = table_of(Attachment)
_trail = table_of(TrailEntry)


class Fault(LabelledEnum):
    BROKEN = "broken", "Dòng nhật ký bị sửa, bị giả hoặc đứng sai chỗ"
    MISSING = "missing", "Nhật ký thiếu dòng"
    CUT = "cut", "Phần cuối nhật ký đã bị cắt so với mốc đã lưu"
    REWRITTEN = "rewritten", "Nhật ký không khớp với mốc đã lưu: đã bị viết lại"
    CHANGED = "changed", "Bản ghi bị sửa ngoài chương trình"
    ROLLED_BACK = "rolled_back", "Bản ghi bị trả về bản cũ ngoài chương trình"
    DELETED = "deleted", "Bản ghi bị xóa ngoài chương trình"
    INSERTED = "inserted", "Bản ghi được chèn vào ngoài chương trình"
    FILE_MISSING = "file_missing", "Mất tệp của bản chụp giấy tờ"
    FILE_CHANGED = "file_changed", "Tệp của bản chụp giấy tờ bị sửa hoặc bị tráo"
    FILE_FOREIGN = "file_foreign", "Tệp lạ trong kho bản chụp giấy tờ"


@dataclass(frozen=True)
class Anchor:
    """How far the trail had come at some moment: kept with each backup and printed on each report."""

    count: int
    head: str


@dataclass(frozen=True)
class Finding:
    fault: Fault
    place: str  # the entry's number, or table and row

    @property
    def sentence(self) -> str:
        return f"{self.fault.label} ({self.place})."


@dataclass(frozen=True)
class Verdict:
    anchor: Anchor
    rows: int
    findings: tuple[Finding, ...]
    files: int = 0

    @property
    def clean(self) -> bool:
        return not self.findings


def verify(work: Work, anchor: Anchor | None = None, *, files: Path | None = None) -> Verdict:
    """Checks the whole trail, every row it follows and every sealed file. Raises Refused without the right.

    `anchor` is one noted earlier: without it a cut tail cannot be seen. `files`: a backup's store, where
    other backups' files stand too; by default the office's own, where a file that is not ours is found.
    """
    require(work, Right.TRAIL)
    if not (work.actor.operator or Role.ADMIN in work.actor.roles):
        raise Refused
    chain = _Chain(anchor)
    findings = list(chain.walk(work))
    rows = _Rows(chain.last)
    known = {row_id for name, row_id in chain.last if name == SCANS.name}
    findings += rows.compare(work)
    scans = _Files(files or work.office.home.files)
    findings += scans.compare(work)
    if files is None:
        findings += scans.foreign(work, known)
    return Verdict(chain.anchor, rows.count, tuple(findings), scans.count)


def anchor_of(work: Work) -> Anchor:
    """Where the trail stands now."""
    connection = work.session.connection()
    last = connection.execute(sa.select(_trail.c.seq, _trail.c.mac).order_by(_trail.c.seq.desc()).limit(1)).first()
    return Anchor(last.seq, last.mac) if last else Anchor(0, GENESIS)


def read_anchor(path: Path) -> Anchor:
    """An anchor from a file: a backup's `manifest.json`, or `{"count": n, "head": "…"}` alone."""
    try:
        content = json.loads(path.read_text("utf-8"))
        found = content.get("trail", content)
        return Anchor(int(found["count"]), str(found["head"]))
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise Invalid(sentence="Tệp mốc nhật ký không đọc được.") from None


class _Chain:
    """Walks the entries; remembers the last digest the trail gives for each row (None: deleted)."""

    def __init__(self, expected: Anchor | None) -> None:
        self.expected = expected
        self.anchor = Anchor(0, GENESIS)
        self.last: dict[tuple[str, int], str | None] = {}

    def walk(self, work: Work) -> Iterator[Finding]:
        key = work.office.keys.trail
        select = sa.select(_trail).order_by(_trail.c.seq).execution_options(**STREAM)
        for entry in work.session.connection().execute(select).mappings():
            yield from self._link(key, entry)
            self.anchor = Anchor(entry["seq"], entry["mac"])
            if entry["action"] in CHANGES and entry["object_id"] is not None:
                self.last[entry["object"], entry["object_id"]] = entry["digest"]
        if self.expected and self.expected.count > self.anchor.count:
            yield Finding(Fault.CUT, f"còn {self.anchor.count}/{self.expected.count} dòng")

    def _link(self, key: bytes, entry: RowMapping) -> Iterator[Finding]:
        before, seq = self.anchor, entry["seq"]
        if seq != before.count + 1:
            yield Finding(Fault.MISSING, f"giữa dòng {before.count} và dòng {seq}")
        elif entry["prev"] != before.head:
            yield Finding(Fault.BROKEN, f"dòng {seq}")
        if not hmac.compare_digest(entry["mac"].encode(), mac_of(key, entry["prev"], dict(entry)).encode()):
            yield Finding(Fault.BROKEN, f"dòng {seq}")
        if self.expected and seq == self.expected.count and entry["mac"] != self.expected.head:
            yield Finding(Fault.REWRITTEN, f"dòng {seq}")


class _Rows:
    """Compares every followed row as stored with the last digest in the trail."""

    def __init__(self, last: dict[tuple[str, int], str | None]) -> None:
        self.last = last
        self.count = 0

    def compare(self, work: Work) -> Iterator[Finding]:
        for model in sorted(tables(Row), key=lambda model: table_of(model).name):
            table = table_of(model)
            for row in work.session.connection().execute(stored(table).execution_options(**STREAM)).mappings():
                self.count += 1
                known = self.last.pop((table.name, row["id"]), None)
                digest = digest_of(dict(row))
                if known != digest:
                    yield Finding(_fault(work, table.name, row["id"], known, digest), f"{table.name} {row['id']}")
        for (name, row_id), digest_left in self.last.items():
            if digest_left is not None:
                yield Finding(Fault.DELETED, f"{name} {row_id}")


class _Files:
    """Compares every sealed file with the digest in its row, which the trail covers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.named: set[str] = set()
        self.count = 0

    def compare(self, work: Work) -> Iterator[Finding]:
        for row in work.session.connection().execute(sa.select(SCANS.c.id, SCANS.c.digest)):
            self.named.add(row.digest)
            path = store.path_of(self.folder, row.digest)
            if not path.is_file():
                yield Finding(Fault.FILE_MISSING, f"{SCANS.name} {row.id}")
                continue
            self.count += 1
            if store.digest_of(path.read_bytes()) != row.digest:
                yield Finding(Fault.FILE_CHANGED, f"{SCANS.name} {row.id}")

    def foreign(self, work: Work, known: Collection[int]) -> Iterator[Finding]:
        """Files no row names, that are not ours: neither of a scan the trail knows (deleted, moved) nor
        sealed with one of our keys (a save that was broken off)."""
        for path in store.all_in(self.folder):
            if path.name in self.named:
                continue
            sealed = path.read_bytes()
            place = store.place_of(sealed)
            ours = place is not None and (place.row in known or _opens(work, place, sealed))
            if not ours or store.digest_of(sealed) != path.name:
                yield Finding(Fault.FILE_FOREIGN, f"{path.parent.name}/{path.name}")


def _opens(work: Work, place: store.Place, sealed: bytes) -> bool:
    try:
        store.unseal(work.office.keys, place, sealed)
    except SealError:
        return False
    return True


def _fault(work: Work, table: str, row_id: int, known: str | None, digest: str) -> Fault:
    if known is None:
        return Fault.INSERTED
    earlier = sa.select(_trail.c.seq).where(
        _trail.c.object == table, _trail.c.object_id == row_id, _trail.c.digest == digest
    )
    found = work.session.connection().execute(earlier.limit(1)).first()
    return Fault.ROLLED_BACK if found else Fault.CHANGED
