"""The engine and its sessions. SQLite by default; PostgreSQL by its address. SQLite's own ways stay here."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Session

import db.audit  # noqa: F401  (its listeners are part of every session)

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged write survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=30000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-32768",
)


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"


def make_engine(url: str) -> sa.Engine:
    """An engine that never prints parameters and, on SQLite, takes the write lock when asked."""
    options: dict[str, Any] = {"hide_parameters": True, "pool_size": 20, "max_overflow": 40}
    if url.startswith("postgresql://"):
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    engine = sa.create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def open_session(engine: sa.Engine, *, write: bool) -> Session:
    """A session; with `write` it holds the write lock from its first statement on
    (read-then-write in a deferred transaction fails at once under load). A reading session sees
    one moment throughout, on both engines."""
    bind: sa.Engine = engine
    if write:
        bind = engine.execution_options(duongve_write=True)
    elif engine.dialect.name == "postgresql":
        bind = engine.execution_options(isolation_level="REPEATABLE READ")
    return Session(bind, autoflush=write, expire_on_commit=False)


def _set_pragmas(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # the driver's own implicit BEGIN would come too late
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("duongve_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
