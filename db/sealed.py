"""Sealed columns: AES-256-GCM, one key a case, bound to their table, column, case and row.

A stored value is `version | case | row | nonce | ciphertext+tag`; its associated data is
`table.column|case|row`, so a value moved to another row, column or case does not open.
Reading yields `Opened`, a `str` that remembers which row it came from; the ORM's load event
(`db/audit.py` sits beside it) and `check()` compare that with the row it stands in.
"""

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlalchemy import event

from db.keystore import KeyStore

VERSION = 1
HEAD = struct.Struct(">Bqq12s")
OFFICE = 0  # the key for sealed texts that belong to no case

_keys: ContextVar[KeyStore] = ContextVar("keys")


class SealError(Exception):
    """A sealed value was used unbound, moved, or changed. Carries no value."""


@contextmanager
def unlocked(keys: KeyStore) -> Iterator[None]:
    """Within this block sealed columns open with these keys."""
    token = _keys.set(keys)
    try:
        yield
    finally:
        _keys.reset(token)


def keys() -> KeyStore:
    try:
        return _keys.get()
    except LookupError:
        raise SealError("no keys in use") from None


class Bound(str):
    """A text on its way into a sealed column: it knows its place."""

    __slots__ = ("case", "place", "row")
    case: int
    row: int
    place: str

    def __new__(cls, text: str, *, place: str, case: int, row: int) -> Self:
        bound = super().__new__(cls, text)
        bound.place, bound.case, bound.row = place, case, row
        return bound


class Opened(Bound):
    """A text that came out of a sealed column."""

    __slots__ = ()


def seal(text: str, *, place: str, case: int, row: int) -> bytes:
    nonce = os.urandom(12)
    head = HEAD.pack(VERSION, case, row, nonce)
    return head + keys().cipher(case).encrypt(nonce, text.encode(), _aad(place, case, row))


def unseal(value: bytes, *, place: str) -> Opened:
    """The text, if `value` was sealed for this table and column. The row is checked by `check`."""
    try:
        version, case, row, nonce = HEAD.unpack_from(value)
        if version != VERSION:
            raise SealError("unknown version")
        text = keys().cipher(case).decrypt(nonce, value[HEAD.size :], _aad(place, case, row))
    except (struct.error, InvalidTag, KeyError):
        raise SealError(f"a sealed value of {place} does not open") from None
    return Opened(text.decode(), place=place, case=case, row=row)


def check(value: str | None, row: int) -> str | None:
    """`value` as plain text, if it was sealed for `row`: needed after Core selects."""
    if isinstance(value, Bound) and value.row != row:
        raise SealError(f"a sealed value of {value.place} stands in another row")
    return value


def _aad(place: str, case: int, row: int) -> bytes:
    return f"{place}|{case}|{row}".encode()


class Sealed(sa.TypeDecorator[str]):
    """The column type. Fails closed: an unbound insert, or a `where` on it, is an error."""

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place  # "table.column", set when the table is made; part of the cache key

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Bound) or value.place != self.place:
            raise SealError("a sealed column takes bound values only")
        return seal(str(value), place=value.place, case=value.case, row=value.row)

    def process_result_value(self, value: Any, dialect: Any) -> Opened | None:
        return None if value is None else unseal(bytes(value), place=self.place)

    class comparator_factory(sa.LargeBinary.Comparator[Any]):
        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            if op in (sa.sql.operators.is_, sa.sql.operators.is_not):
                return super().operate(op, *other, **kwargs)
            raise SealError("sealed columns cannot be searched")

        def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
            raise SealError("sealed columns cannot be searched")


@event.listens_for(sa.Column, "after_parent_attach")
def _name_place(column: sa.Column[Any], table: Any) -> None:
    if isinstance(column.type, Sealed) and isinstance(table, sa.Table):
        column.type = Sealed(f"{table.name}.{column.name}")


def sealed_columns(table: sa.Table) -> list[sa.Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, Sealed)]
