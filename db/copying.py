"""Whole copies of a database, made while it is being written, and rows carried from engine to engine.

A plain copy of SQLite's file would miss the write-ahead log and tear; `VACUUM INTO` is one moment of
the data and never waits for writers. Rows are carried as stored (sealed values stay bytes), with the
tables as the databases themselves describe them, so an older shape is copied as it is.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from db.engine import make_engine, sqlite_url

CHUNK = 1000
PRIVATE = 0o600
REVISION = "alembic_version"


class CopyDamaged(Exception):
    """The file is not a whole database."""


def vacuum_into(engine: sa.Engine, target: Path) -> None:
    """SQLite's own online copy, as of one moment, into a new file."""
    with closing(sqlite3.connect(str(engine.url.database))) as source:
        source.execute("PRAGMA busy_timeout=30000")
        source.execute("VACUUM INTO ?", (str(target),))
    target.chmod(PRIVATE)


@contextmanager
def one_file(path: Path) -> Iterator[sa.Engine]:
    """An engine on a SQLite file that, afterwards, is that file alone (no write-ahead log beside it)."""
    engine = make_engine(sqlite_url(path))
    try:
        yield engine
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    path.chmod(PRIVATE)


def copy_rows(source: sa.Engine, target: sa.Engine) -> None:
    """Every row of every table, as of one moment of the source, into the target's empty tables.
    Both must be of the same shape."""
    tables, theirs = _tables(source), _tables(target)
    level = {"isolation_level": "REPEATABLE READ"} if source.dialect.name == "postgresql" else {}
    with source.execution_options(**level).connect() as reading, target.begin() as writing:
        for table in tables:
            select = sa.select(table).execution_options(yield_per=CHUNK)
            if table.name == "trail":  # its trigger takes entries in order only
                select = select.order_by(table.c.seq)
            into = next(other for other in theirs if other.name == table.name)
            for rows in reading.execute(select).mappings().partitions():
                writing.execute(sa.insert(into), [_carried(dict(row), target.dialect.name) for row in rows])


def counts(engine: sa.Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with engine.connect() as connection:
        count = sa.select(sa.func.count())
        return {t.name: connection.execute(count.select_from(t)).scalar_one() for t in _tables(engine)}


def is_empty(engine: sa.Engine) -> bool:
    """Whether the database holds no table at all."""
    return not sa.inspect(engine).get_table_names()


def check_whole(path: Path) -> None:
    """Raises CopyDamaged unless the file is a sound SQLite database whose references hold."""
    try:
        with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise CopyDamaged from error
    if sound != ("ok",) or broken is not None:
        raise CopyDamaged


def _tables(engine: sa.Engine) -> list[sa.Table]:
    found = sa.MetaData()
    found.reflect(engine)
    return [table for table in found.sorted_tables if table.name != REVISION]


def _carried(row: dict[str, Any], dialect: str) -> dict[str, Any]:
    """Instants are UTC in both; SQLite writes them without saying so."""
    for name, value in row.items():
        if isinstance(value, datetime):
            aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
            row[name] = aware.replace(tzinfo=None) if dialect == "sqlite" else aware
        elif isinstance(value, memoryview):
            row[name] = bytes(value)
    return row
