"""The rows of one file within one Work: read once, kept in step with what the Work adds.

A file opened in this Work has nothing in the database yet, so an import asks no query per row.
"""

from typing import TypeVar

from sqlmodel import col, select

from db.base import Row
from db.cases import Case
from services.errors import Conflict
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


def drop(work: Work, case: Case, row: Row) -> None:
    """Deletes a row of the file."""
    kept = rows(work, type(row), case)
    if row in kept:
        kept.remove(row)
    work.session.delete(row)


def forget(work: Work, *cases: Case) -> None:
    """Rows of these files went to another one: they are read again when somebody asks."""
    work.session.flush()
    known: dict[tuple[type[Row], int], list[Row]] = work.session.info.setdefault("rows", {})
    ids = {case.id for case in cases}
    for key in [key for key in known if key[1] in ids]:
        del known[key]
    work.session.info["fresh"] = _fresh(work) - ids


def hold(work: Work, *cases: Case) -> None:
    """Waits for others who are writing on these files, then reads them anew: what is checked next still holds
    when it is written. Raises Conflict when one is gone meanwhile."""
    ids = sorted(case.id for case in cases if case.id not in _fresh(work))
    if not ids:
        return
    forget(work, *cases)
    wanted = select(Case).where(col(Case.id).in_(ids)).order_by(col(Case.id)).with_for_update()
    found = work.session.exec(wanted, execution_options={"populate_existing": True}).all()
    if len(found) < len(set(ids)):
        raise Conflict


def opened(work: Work, case: Case) -> None:
    """Says that this Work has just made the file."""
    _fresh(work).add(case.id)


def _read(work: Work, model: type[R], case: Case) -> list[R]:
    found = select(model).where(model.case_id == case.id)  # type: ignore[attr-defined]
    return list(work.session.exec(found).all())


def _fresh(work: Work) -> set[int]:
    fresh: set[int] = work.session.info.setdefault("fresh", set())
    return fresh
