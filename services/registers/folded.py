"""Folded text of a register's rows, kept in the process's memory: `do thi hoa` finds `Đỗ Thị Hòa`, in plain
and in sealed columns alike. What changed since is read again, as the trail tells it.

Whoever searches gets only rows of the register they may see, found through columns they may see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import sqlalchemy as sa

from db.base import Row, table_of
from db.sealed import check
from db.trail import TrailEntry
from services.access import shows
from services.text import fold
from services.work import Work

AT_ONCE = 500  # ids in one statement


@dataclass
class _Texts:
    rows: dict[int, tuple[str, ...]] = field(default_factory=dict)  # row → folded text, column by column
    until: int = -1  # the last entry of the trail that was looked at; -1: nothing was read yet
    lock: Lock = field(default_factory=Lock)


def matching(work: Work, table: type[Row], columns: Sequence[Any], text: str) -> list[int]:
    """Ids of the rows in which each word of `text` stands, in whatever column and order."""
    wanted = fold(text).split()
    places = [place for place, column in enumerate(columns) if shows(work.actor, column)]
    texts = _texts(work, table, columns)
    return [
        row_id
        for row_id, folded in list(texts.rows.items())
        if all(any(_stands(word, folded[place]) for place in places) for word in wanted)
    ]


def _stands(word: str, text: str) -> bool:
    """A telephone is found however its figures were spaced."""
    return word in text or (word.isdigit() and len(word) > 3 and word in text.replace(" ", "").replace(".", ""))


def _texts(work: Work, table: type[Row], columns: Sequence[Any]) -> _Texts:
    """A Work that writes reads for itself: what it undoes must not stay in the memory of all."""
    key = f"folded {table_of(table).name} {[column.key for column in columns]}"
    texts: _Texts = _Texts() if work.write else work.office.memory.setdefault(key, _Texts())
    with texts.lock:
        last = work.session.connection().scalar(sa.select(sa.func.max(table_of(TrailEntry).c.seq))) or 0
        if texts.until < 0:
            texts.rows.update(_read(work, table, columns))
        elif last > texts.until:
            changed = _changed(work, table, texts.until)
            there = dict(_read(work, table, columns, changed)) if changed else {}
            for row_id in changed:
                texts.rows.pop(row_id, None)
            texts.rows.update(there)
        texts.until = max(last, texts.until)
    return texts


def _changed(work: Work, table: type[Row], since: int) -> set[int]:
    trail = table_of(TrailEntry).c
    name = table_of(table).name
    found = sa.select(trail.object_id).where(trail.seq > since, trail.object == name, trail.object_id.is_not(None))
    return set(work.session.connection().scalars(found))


def _read(
    work: Work, table: type[Row], columns: Sequence[Any], ids: Iterable[int] | None = None
) -> Iterable[tuple[int, tuple[str, ...]]]:
    own = table_of(table).c
    statement = sa.select(own.id, *(own[column.key] for column in columns))
    listed = sorted(ids) if ids is not None else []
    parts = [listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE)]
    for part in [statement] if ids is None else [statement.where(own.id.in_(part)) for part in parts]:
        for row_id, *texts in work.session.connection().execute(part):
            yield row_id, tuple(fold(str(check(text, row_id) or "")) for text in texts)
