"""The imports made, and the undoing of one as a whole."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import select

from db.base import Row, table_of, tables
from db.cases import Case
from db.imports import ImportBatch, ImportChange
from db.trail import Action, TrailEntry
from services.access import Right, require, visible
from services.errors import NotReady, Refused
from services.importing.rows import from_json
from services.importing.stored import stored_rows
from services.importing.updating import update_case
from services.work import Work

AT_ONCE = 200
NAMED = 10  # file numbers listed in a sentence
WRITES = (Action.CREATE, Action.UPDATE, Action.DELETE)


@dataclass(frozen=True)
class BatchLine:
    """One import. `at` is in UTC; `undone_at` None while it stands."""

    id: int
    at: datetime
    file_name: str
    by_name: str
    accepted: int
    already_there: int
    changed: int
    refused: int
    undone_at: datetime | None


def batches(work: Work) -> list[BatchLine]:
    """Every import that wrote something, the latest first."""
    require(work, Right.IMPORT)
    found = work.session.exec(select(ImportBatch).order_by(table_of(ImportBatch).c.created_at.desc())).all()
    return [
        BatchLine(
            b.id,
            b.created_at,
            str(b.file_name),
            b.by_name,
            b.accepted,
            b.already_there,
            b.changed,
            b.refused,
            b.undone_at,
        )
        for b in found
    ]


def undo(work: Work, batch_id: int, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Takes a whole import back: its files are deleted, the rows it updated stand as before.

    Raises NotReady, naming the files, when somebody has worked on one of them since.
    """
    require(work, Right.IMPORT)
    batch = work.session.get(ImportBatch, batch_id)
    if batch is None or batch.undone_at is not None:
        raise Refused("Không có đợt nhập này, hoặc đã hoàn tác rồi.")
    made = _made(work, batch_id)
    changes = list(work.session.exec(select(ImportChange).where(ImportChange.batch_id == batch_id)).all())
    _refuse_worked_on(work, batch_id, {*made, *(change.case_id for change in changes)})
    new = set(made)
    for change in sorted(changes, key=lambda change: change.created_at, reverse=True):
        if change.case_id not in new:
            _restore(work, change)
        work.session.delete(change)
    for start in range(0, len(made), AT_ONCE):
        _delete(work, made[start : start + AT_ONCE])
        if progress is not None:
            progress(min(start + AT_ONCE, len(made)), len(made))
    batch.undone_at = work.now
    work.session.flush()
    work.record(Action.IMPORT, "import_batch", object_id=batch_id, reason="hoàn tác đợt nhập")


def _made(work: Work, batch_id: int) -> list[int]:
    case = table_of(Case).c
    statement = sa.select(case.id).where(case.batch_id == batch_id)
    seen = list(work.session.connection().scalars(visible(work, statement)).all())
    every = work.session.connection().scalar(sa.select(sa.func.count()).where(case.batch_id == batch_id))
    if len(seen) != every:
        raise Refused
    return seen


def _refuse_worked_on(work: Work, batch_id: int, case_ids: set[int]) -> None:
    """The trail tells: a change of one of these files after the batch's own last entry."""
    trail, case = table_of(TrailEntry).c, table_of(Case).c
    own = trail.object == table_of(ImportBatch).name
    last = sa.select(sa.func.max(trail.seq)).where(own, trail.object_id == batch_id).scalar_subquery()
    touched = sa.select(trail.case_id).where(trail.seq > last, trail.action.in_(WRITES)).distinct()
    later = set(work.session.connection().scalars(touched.where(trail.case_id.is_not(None))).all())
    worked_on = sorted(later & case_ids)
    if not worked_on:
        return
    statement = sa.select(case.code).where(case.id.in_(worked_on[: NAMED + 1])).order_by(case.code)
    codes = list(work.session.connection().scalars(statement).all())
    more = " và các hồ sơ khác" if len(worked_on) > NAMED else ""
    raise NotReady(
        f"Không hoàn tác được: sau khi nhập đã có người sửa {len(worked_on)} hồ sơ "
        f"({', '.join(codes[:NAMED])}{more}). Đợt nhập giữ nguyên."
    )


def _restore(work: Work, change: ImportChange) -> None:
    case = work.session.exec(visible(work, select(Case).where(Case.id == change.case_id))).first()
    if case is None:
        raise Refused
    work.session.flush()
    now = next(stored_rows(work, [case.id])).row
    update_case(work, case, now, from_json(json.loads(str(change.before))))


def _delete(work: Work, case_ids: list[int]) -> None:
    """Deletes files with everything of theirs, through the session, so that the trail follows."""
    for model in tables(Row):
        column = table_of(model).c.get("case_id")
        if column is None:
            continue
        for row in work.session.scalars(sa.select(model).where(column.in_(case_ids))):
            work.session.delete(row)
    for row in work.session.scalars(sa.select(Case).where(table_of(Case).c.id.in_(case_ids))):
        work.session.delete(row)
    work.session.flush()
