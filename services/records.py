"""The rows of one file within one Work: read once, kept in step with what the Work adds.

A file opened in this Work has nothing in the database yet, so an import asks no query per row.
"""

from typing import TypeVar

from sqlmodel import select

from db.base import Row
from db.cases import Case
from services.work import Work

R = TypeVar("R", bound=Row)


def rows(work: Work, model: type[R], case: Case) -> list[R]:
    """The file's rows of one table, as this Work sees them."""
    known: dict[tuple[type[Row], int], list[R]] = work.session.info.setdefault("rows", {})
    key = (model, case.id)
    if key not in known:
        known[key] = [] if case.id in _fresh(work) else _read(work, model, case)
    return known[key]


def add(work: Work, case: Case, row: R) -> R:
    """Adds a row of the file."""
    rows(work, type(row), case).append(row)
    work.session.add(row)
    return row


def opened(work: Work, case: Case) -> None:
    """Says that this Work has just made the file."""
    _fresh(work).add(case.id)


def _read(work: Work, model: type[R], case: Case) -> list[R]:
    found = select(model).where(model.case_id == case.id)  # type: ignore[attr-defined]
    return list(work.session.exec(found).all())


def _fresh(work: Work) -> set[int]:
    fresh: set[int] = work.session.info.setdefault("fresh", set())
    return fresh
