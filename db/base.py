"""The two kinds of rows: `Row`, followed by the trail, and `Plain`, which is operational."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel
from sqlmodel._compat import SQLModelConfig as ConfigDict

from db.fields import column

ID_BITS = 53  # opaque, known before the insert (sealing binds to it), and exact in JavaScript


def new_id() -> int:
    return secrets.randbits(ID_BITS - 1) + 1


def utc_now() -> datetime:
    return datetime.now(UTC)


RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite: the rowid itself
NOT_COUNTED: dict[str, Any] = {"sa_column_kwargs": {"autoincrement": False}}


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An instant in UTC on both engines (SQLite forgets the zone)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(SQLModel):
    model_config = ConfigDict(arbitrary_types_allowed=True, hide_input_in_errors=True)  # no value reaches a log


class Plain(Base):
    """Operational rows (sessions, tickets, counters): outside the trail of changes."""

    id: int = column("Mã", sa_type=RowId, default_factory=new_id, primary_key=True, **NOT_COUNTED)


_first_version: ContextVar[int] = ContextVar("first_version", default=1)


@contextmanager
def versions_from(first: int) -> Iterator[None]:
    """Rows added and flushed within begin with this version: those put back go on from where they were."""
    token = _first_version.set(first)
    try:
        yield
    finally:
        _first_version.reset(token)


def _next_version(version: int | None) -> int:
    return _first_version.get() if version is None else version + 1


class Row(Base):
    """A record people answer for: opaque id, optimistic version, every change in the trail."""

    trail_object: ClassVar[str] = ""  # the word people read in the trail

    id: int = column("Mã", sa_type=RowId, default_factory=new_id, primary_key=True, **NOT_COUNTED)
    created_at: datetime = column("Ghi lúc", sa_type=UtcDateTime, default_factory=utc_now)
    updated_at: datetime = column("Sửa lúc", sa_type=UtcDateTime, default_factory=utc_now, index=True)
    version: int = column("Phiên bản", nullable=False)

    def __init__(self, **values: Any) -> None:
        now = utc_now()  # given here, since a default factory costs pydantic an inspection each time
        super().__init__(**({"id": new_id(), "created_at": now, "updated_at": now} | values))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        counter = cls.__table__.c.version  # type: ignore[attr-defined]
        return {"version_id_col": counter, "version_id_generator": _next_version}


def table_of(model: type[Base]) -> sa.Table:
    """The table behind a class, for Core selects (aggregates never pass through objects)."""
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table


def tables(kind: type[Base] = Row) -> Iterator[type[Base]]:
    """Every mapped class of a kind, in the order they were declared."""
    for mapper in SQLModel._sa_registry.mappers:
        if issubclass(mapper.class_, kind):
            yield mapper.class_
