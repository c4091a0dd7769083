"""Deletion (xóa) with a reason, and its undo (hoàn tác).

What is deleted is really gone, so every list and figure is right at once; its whole content stays sealed
in a `Removal`, from which the very same rows are put back while that is still possible. Who may write a
kind of row may delete it and put it back, where they hold that right on the file.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from db.base import Row, table_of, tables, versions_from
from db.cases import Case, CaseStep
from db.removal import Removal
from db.sealed import SealError
from services import lifecycle
from services.access import Right, require
from services.errors import Invalid, NotReady, Refused
from services.records import add, drop, opened, rows
from services.removals import kept_rows, removal_checks
from services.removals.removal_lists import DAYS, Removed, files, of_case, recent, returned, shown
from services.removals.removal_rights import KINDS, RIGHTS, kinds, may, spoken_of, units_with, word
from services.text import clean
from services.work import Work

__all__ = [
    "DAYS", "KINDS", "RIGHTS", "Removed", "files", "kinds", "may", "note", "of_case", "recent", "remove",
    "restore", "shown", "to_restore", "why_not", "word",
]  # fmt: skip

SHORTEST = 10  # characters of a reason
TOO_SHORT = f"Ghi rõ lý do xóa, ít nhất {SHORTEST} ký tự."


def why_not(work: Work, case: Case, row: Row) -> str:
    """Why a row cannot be deleted as things stand; empty when it can. Asks no right."""
    return removal_checks.why_not(work, case, row)


def remove(work: Work, case: Case, row: Row, *, reason: str) -> Removal:
    """Deletes a row of a file, or the file itself with everything in it. Gives what was kept of it.

    Raises Refused (not this person's to delete, or of another file), Invalid (no reason), NotReady.
    """
    work.session.flush()  # what this Work has just written can be deleted too
    if not _of(case, row) or not may(work, case, row):
        raise Refused
    said = clean(reason)
    if len(said) < SHORTEST:
        raise Invalid({"reason": TOO_SHORT})
    if refusal := why_not(work, case, row):
        raise NotReady(refusal)
    if isinstance(row, Case):
        return _remove_file(work, row, said)
    kept = note(work, case, row, [row, *_step_with(work, case, row)], reason=said)
    if lifecycle.step_of(row):
        lifecycle.take_back(work, case, row)
    else:
        drop(work, case, row)
    return kept


def note(work: Work, case: Case, row: Row, gone: Iterable[Row], *, reason: str) -> Removal:
    """Keeps the rows that are about to be deleted together with `row`, with the reason."""
    kept = Removal(
        case_id=case.id,
        object=table_of(type(row)).name,
        object_id=row.id,
        unit_id=_unit(work, type(row)),
        by_name=work.actor.name,
        removed_at=work.now,
        reason=reason,
        content=kept_rows.written(gone),
    )
    work.session.add(kept)
    return kept


def to_restore(work: Work, removal_id: int) -> Removal:
    """The deletion, if it is this person's to undo. Raises Refused, NotReady when the file is gone."""
    try:
        kept = work.session.get(Removal, removal_id) if 0 < removal_id < 2**63 else None
    except SealError:
        raise Refused from None
    if kept is None or kept.object not in KINDS or not spoken_of(work, KINDS[kept.object]):
        raise Refused
    if kept.object == table_of(Case).name:
        require(work, Right.INTAKE)
        if not work.actor.operator and kept.unit_id not in units_with(work, RIGHTS[Case]):
            raise Refused
        return kept
    case = work.session.get(Case, kept.case_id)
    if case is None:
        raise NotReady(removal_checks.FILE_GONE)
    if KINDS[kept.object] not in kinds(work, case):
        raise Refused
    if returned(work, kept.object_id):
        raise NotReady(removal_checks.RETURNED)
    return kept


def restore(work: Work, removal_id: int) -> Row:
    """Puts what was deleted back, the very same; gives the row (of a file: the file).

    Raises Refused when it is not this person's, NotReady when it is no longer possible.
    """
    work.session.flush()
    kept = to_restore(work, removal_id)
    work.session.refresh(kept, with_for_update=True)  # two who undo it at once: the second finds it done
    if kept.restored_at is not None:
        raise NotReady("Nội dung này đã được khôi phục.")
    try:
        again = kept_rows.read(str(kept.content))
    except (ValueError, KeyError):
        raise NotReady("Nội dung đã xóa không đọc được nữa; không khôi phục được.") from None
    if refusal := removal_checks.no_way_back(work, again):
        raise NotReady(refusal)
    with versions_from(kept_rows.first_version(again)):
        _put_back(work, kept, again)
        work.session.flush()
    kept.restored_at = work.now
    return again[0]


def _of(case: Case, row: Row) -> bool:
    return row is case or getattr(row, "case_id", None) == case.id


def _unit(work: Work, model: type[Row]) -> int | None:
    """The unit for which this person deletes: the first at which they hold the right."""
    return next(iter(units_with(work, RIGHTS[model])), None)


def _step_with(work: Work, case: Case, row: Row) -> list[Row]:
    """The step that was taken with a row, which goes and comes back with it."""
    step = lifecycle.last_step(work, case) if lifecycle.step_of(row) else None
    return [step] if step is not None else []


def _remove_file(work: Work, case: Case, reason: str) -> Removal:
    """The file with all its rows. Its key stays: what is kept of it is sealed with it."""
    everything = [row for model in _tables() for row in rows(work, model, case)]
    kept = note(work, case, case, [case, *everything], reason=reason)
    for row in everything:
        drop(work, case, row)
    work.session.delete(case)
    return kept


def _tables() -> list[Any]:
    """Every kind of row that belongs to a file (what was deleted of it stays)."""
    return [model for model in tables(Row) if "case_id" in table_of(model).c and model is not Removal]


def _put_back(work: Work, kept: Removal, again: Sequence[Row]) -> None:
    first = again[0]
    if isinstance(first, Case):
        opened(work, first)
        work.session.add_all(again)
        return
    case = work.session.get(Case, kept.case_id)
    assert case is not None  # `no_way_back` has seen it
    if len(again) > 1:
        step = again[1]
        assert isinstance(step, CaseStep)
        lifecycle.put_back(work, case, first, step)
    else:
        add(work, case, first)
