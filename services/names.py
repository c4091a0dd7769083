"""Names kept in memory: of units and areas, and the folded names by which people are found.

Names of people have no index in the database: they are opened once, folded, and kept in the process;
what changed since is read again. Whoever asks still sees only what `access` lets them.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.people import Person
from db.places import Area, Unit
from db.sealed import check
from services.text import fold
from services.work import Work

OVERLAP = timedelta(seconds=60)  # a slow transaction may commit after a later one was read


@dataclass
class _People:
    folded: dict[int, tuple[int, str]] = field(default_factory=dict)  # person → case, folded names
    until: datetime | None = None
    lock: Lock = field(default_factory=Lock)


def units(work: Work) -> dict[int, str]:
    """Unit id → name."""
    return _named(work, "units", Unit)


def areas(work: Work) -> dict[int, str]:
    """Area id → name."""
    return _named(work, "areas", Area)


def matching(work: Work, folded: str) -> list[int]:
    """Case ids whose people's names hold every word of `folded`, in any order."""
    words = folded.split()
    people = _refreshed(work)
    return [case for case, name in people.folded.values() if all(word in name for word in words)]


def _refreshed(work: Work) -> _People:
    memory: _People = work.office.memory.setdefault("people", _People())
    columns = table_of(Person).c
    statement = sa.select(columns.id, columns.case_id, columns.full_name, columns.alias, columns.updated_at)
    with memory.lock:
        if memory.until is not None:
            newest = work.session.scalar(sa.select(sa.func.max(columns.updated_at)))
            if newest is None or newest <= memory.until:
                return memory
            statement = statement.where(columns.updated_at > memory.until - OVERLAP)
        for row in work.session.connection().execute(statement):
            names = f"{check(row.full_name, row.id)} {check(row.alias, row.id) or ''}"
            memory.folded[row.id] = (row.case_id, " ".join(fold(names).split()))
            memory.until = max(memory.until or row.updated_at, row.updated_at)
    return memory


def _named(work: Work, key: str, model: Any) -> dict[int, str]:
    """Kept for the whole process: refreshed when the newest change is newer."""
    columns = table_of(model).c
    info = work.session.info
    if key in info:
        names: dict[int, str] = info[key]
        return names
    newest = work.session.connection().execute(sa.select(sa.func.max(columns.updated_at))).scalar()
    kept = work.office.memory.get(key)
    if kept is None or kept[0] != newest:
        found = {
            row.id: row.name for row in work.session.connection().execute(sa.select(columns.id, columns.name))
        }
        kept = work.office.memory[key] = (newest, found)
    info[key] = kept[1]
    result: dict[int, str] = kept[1]
    return result
