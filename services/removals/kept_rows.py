"""Stored rows as text, and back: what was deleted is kept so, and put back the very same."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from db.base import Row, UtcDateTime, table_of, tables
from db.fields import EnumType, PartialDate, PartialDateType


def written(rows: Iterable[Row]) -> str:
    """The rows as JSON, each with its table. It holds what sealed columns hold: seal it."""
    kept = [[table_of(type(row)).name, _values(row)] for row in rows]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Sequence[Row]:
    """The rows again, with their ids and versions, not yet added to any session. Raises ValueError or KeyError
    when the text was not made by `written`."""
    models: dict[str, Any] = {table_of(model).name: model for model in tables(Row)}
    return [_row(models[name], values) for name, values in json.loads(text)]


def _values(row: Row) -> dict[str, Any]:
    names = (column.name for column in table_of(type(row)).columns)
    return {name: _plain(value) for name in names if (value := getattr(row, name)) is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _row(model: type[Row], values: dict[str, Any]) -> Row:
    columns = table_of(model).columns
    return model(**{column.name: _typed(column.type, values.get(column.name)) for column in columns})


def first_version(again: Sequence[Row]) -> int:
    """With which version rows are put back: after all they had, so that whoever opened one before it was
    deleted, and saves now, is told that it is no longer the same."""
    return max(row.version or 0 for row in again) + 1


def _typed(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, EnumType):
        return kind.enum(value)
    if isinstance(kind, PartialDateType):
        return PartialDate(value)
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, sa.Date) else value
