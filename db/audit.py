"""The chained trail: every change of a `Row` is written down in the transaction that makes it.

Each entry carries the HMAC of the one before, its own fields, and the digest of the row as stored,
so a changed byte, a dropped, swapped, doubled or forged entry, and a row changed outside the
application are all found by `services/trail.py`.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.attributes import flag_modified

from db.base import Row, table_of, tables, utc_now
from db.sealed import OFFICE, Bound, Sealed, SealError, keys, sealed_columns
from db.trail import Action, TrailEntry

META = {"id", "created_at", "updated_at", "version"}
GENESIS = "0" * 64
CHUNK = 500
TRAIL_LOCK = 0x64756F6E  # PostgreSQL's advisory lock: writers of the trail wait for each other


class Unattended(Exception):
    """A write without an actor, or one that would go round the trail."""


@dataclass(frozen=True)
class Author:
    """Who answers for what a session writes."""

    name: str
    role: str
    account_id: int | None = None
    unit_id: int | None = None
    session: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Change:
    action: Action
    object: str
    object_id: int | None = None
    case_id: int | None = None
    fields: str = ""
    digest: str | None = None
    reason: str | None = None


def record(session: Session, change: Change) -> None:
    """Adds one entry that is not a change of a row: a reading, an export, a sign-in."""
    _append(session, [change])


@event.listens_for(Session, "before_flush")
def _prepare(session: Session, context: Any, instances: Any) -> None:
    pending: list[tuple[Action, Row, str]] = session.info.setdefault("pending", [])
    for row in session.new:
        if isinstance(row, Row):
            _bind(row)
            pending.append((Action.CREATE, row, _filled(row)))
    for row in session.dirty:
        if isinstance(row, Row) and session.is_modified(row):
            changed = _changed(row)
            _bind(row)
            if changed:
                row.updated_at = utc_now()
                pending.append((Action.UPDATE, row, changed))
    for row in session.deleted:
        if isinstance(row, Row):
            pending.append((Action.DELETE, row, ""))
    if pending and "author" not in session.info:
        raise Unattended("a write needs an actor")


@event.listens_for(Session, "after_flush")
def _write_down(session: Session, context: Any) -> None:
    pending: list[tuple[Action, Row, str]] = session.info.pop("pending", [])
    if not pending:
        return
    digests = _digests(session, [row for action, row, _ in pending if action is not Action.DELETE])
    _append(
        session,
        [
            Change(
                action,
                table_of(type(row)).name,
                object_id=row.id,
                case_id=case_of(row),
                fields=fields,
                digest=digests.get((table_of(type(row)).name, row.id)),
            )
            for action, row, fields in pending
        ],
    )


@event.listens_for(Session, "after_soft_rollback")
@event.listens_for(Session, "after_commit")
def _forget(session: Session, *previous: Any) -> None:
    """What was rolled back is no longer the trail's head; after a commit another may write the next."""
    for name in ("pending", "trail_head"):
        session.info.pop(name, None)


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    table = getattr(state.statement, "table", None)
    if getattr(table, "name", None) in _followed():
        raise Unattended("bulk writes would go round the trail")


@event.listens_for(Row, "load", propagate=True)
def _check_loaded(row: Row, context: Any) -> None:
    _check_seals(row)


@event.listens_for(Row, "refresh", propagate=True)
def _check_refreshed(row: Row, context: Any, attributes: Any) -> None:
    _check_seals(row)


def case_of(row: Row) -> int | None:
    """The case a row belongs to, whose key seals it."""
    if row.__tablename__ == "case_file":
        return row.id
    return getattr(row, "case_id", None)


def digest_of(values: Mapping[str, Any]) -> str:
    """SHA-256 of a row as stored (sealed values as their bytes), the same on both engines.

    Empty values are left out, so a column added later does not change the digests of older rows.
    """
    plain = {name: _canonical(value) for name, value in sorted(values.items()) if value is not None}
    return hashlib.sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()


def stored(table: sa.Table) -> sa.Select[Any]:
    """A select of a table's rows as stored: sealed columns stay bytes."""
    columns = [
        sa.type_coerce(column, sa.LargeBinary).label(column.name) if isinstance(column.type, Sealed) else column
        for column in table.columns
    ]
    return sa.select(*columns)


def mac_of(key: bytes, prev: str, entry: Mapping[str, Any]) -> str:
    """HMAC over the previous entry's and this entry's fields."""
    fields = json.dumps([_canonical(entry[name]) for name in _chained()], separators=(",", ":"))
    return hmac.new(key, f"{prev}|{fields}".encode(), hashlib.sha256).hexdigest()


def _append(session: Session, changes: Sequence[Change]) -> None:
    author: Author | None = session.info.get("author")
    if author is None:
        raise Unattended("the trail needs an actor")
    seq, prev = _head(session)
    key, now = keys().trail, utc_now()
    entries: list[dict[str, Any]] = []
    for change in changes:
        seq += 1
        entry: dict[str, Any] = {
            "seq": seq,
            "at": now,
            "actor": author.name[:120],
            "actor_id": author.account_id,
            "unit_id": author.unit_id,
            "role": author.role[:80],
            "session": author.session,
            "action": change.action,
            "object": change.object,
            "object_id": change.object_id,
            "case_id": change.case_id,
            "reason": (change.reason or author.reason or "")[:200] or None,
            "fields": change.fields[:1000],
            "digest": change.digest,
        }
        entry["prev"] = prev
        prev = entry["mac"] = mac_of(key, prev, entry)
        entries.append(entry)
    session.connection().execute(sa.insert(table_of(TrailEntry)), entries)
    session.info["trail_head"] = (seq, prev)


def _head(session: Session) -> tuple[int, str]:
    if "trail_head" not in session.info:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(TRAIL_LOCK)))
        trail = table_of(TrailEntry)
        last = connection.execute(
            sa.select(trail.c.seq, trail.c.mac).order_by(trail.c.seq.desc()).limit(1)
        ).first()
        session.info["trail_head"] = (last.seq, last.mac) if last else (0, GENESIS)
    seq, mac = session.info["trail_head"]
    return seq, mac


def _digests(session: Session, rows: Iterable[Row]) -> dict[tuple[str, int], str]:
    by_table: dict[sa.Table, list[int]] = {}
    for row in rows:
        by_table.setdefault(table_of(type(row)), []).append(row.id)
    found: dict[tuple[str, int], str] = {}
    connection = session.connection()
    for table, ids in by_table.items():
        for start in range(0, len(ids), CHUNK):
            part = stored(table).where(table.c.id.in_(ids[start : start + CHUNK]))
            for values in connection.execute(part).mappings():
                found[table.name, values["id"]] = digest_of(dict(values))
    return found


def _bind(row: Row) -> None:
    """Gives each sealed text its place, and each new case its key. A row that goes to another case is sealed
    anew, under that case's key: the words are the same, so the column is marked by hand."""
    case = case_of(row)
    if row.__tablename__ == "case_file" or case is None:
        keys().add_case(row.id if case is not None else OFFICE)
    for column in sealed_columns(table_of(type(row))):
        text = getattr(row, column.name)
        if text is None:
            continue
        place = str(getattr(column.type, "place", ""))
        bound = Bound(text, place=place, case=case or OFFICE, row=row.id)
        if not isinstance(text, Bound) or (text.place, text.case, text.row) != (place, bound.case, bound.row):
            setattr(row, column.name, bound)
            if isinstance(text, Bound) and text.case != bound.case:
                flag_modified(row, column.name)


def _check_seals(row: Row) -> None:
    for column in sealed_columns(table_of(type(row))):
        text = row.__dict__.get(column.name)
        if isinstance(text, Bound) and (text.row != row.id or text.case != (case_of(row) or OFFICE)):
            raise SealError(f"a sealed value of {text.place} stands in another row")


def _filled(row: Row) -> str:
    names = (c.name for c in table_of(type(row)).columns)
    return ",".join(n for n in names if n not in META and getattr(row, n) is not None)


def _changed(row: Row) -> str:
    state = inspect(row)
    names = (c.name for c in table_of(type(row)).columns)
    return ",".join(n for n in names if n not in META and state.attrs[n].history.has_changes())


def _followed() -> set[str]:
    return {table_of(model).name for model in tables(Row)} | {table_of(TrailEntry).name}


@cache
def _chained() -> tuple[str, ...]:
    return tuple(c.name for c in table_of(TrailEntry).columns if c.name not in ("prev", "mac"))


def _canonical(value: Any) -> Any:
    if value is None or type(value) in (int, str):
        return value
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return str(value)
    return value
