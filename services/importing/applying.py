"""Carries a plan out: every good row through the verbs of the work itself, all within one Work."""

import json
from collections.abc import Callable, Collection

from sqlmodel import select

from db.cases import Case
from db.imports import ImportBatch, ImportChange
from db.trail import Action
from services.access import require, visible
from services.errors import Refused
from services.importing.checking import Checked
from services.importing.directory import Directory, directory
from services.importing.entering import VIA, enter
from services.importing.plan import Plan, PlanRow, Result, Status, match
from services.importing.rows import as_json
from services.importing.stored import stored_rows
from services.importing.updating import merged, update_case
from services.work import Work

AT_ONCE = 250  # rows written to the database together
Progress = Callable[[int, int], None]


def apply(
    work: Work, plan: Plan, *, update: Collection[int] = frozenset(), progress: Progress | None = None
) -> Result:
    """Writes the new rows and updates the ticked ones (`PlanRow.place`). Nothing stays if it is stopped.

    The rows are compared again first: what somebody else entered since the check is not entered twice.
    """
    require(work, VIA)
    known = directory(work)
    checked = [Checked(line.raw, line.row, line.refusals, line.warnings) for line in plan.rows]
    plan = Plan(plan.file_name, plan.digest, plan.given, match(work, checked, plan.given, known))
    todo = [line for line in plan.rows if line.status is Status.NEW or (line.place in update and line.updates)]
    if not todo:
        work.record(Action.IMPORT, "import_batch", reason="không có dòng mới")
        return plan.result(update)
    batch = _open_batch(work, plan)
    made: dict[int, Case] = {}
    for done, line in enumerate(todo, 1):
        _carry_out(work, line, batch, made, known)
        if done % AT_ONCE == 0 or done == len(todo):
            work.session.flush()
            if progress is not None:
                progress(done, len(todo))
    return _close_batch(work, batch, plan.result(update, batch.id))


def _open_batch(work: Work, plan: Plan) -> ImportBatch:
    batch = ImportBatch(
        file_name=plan.file_name,
        digest=plan.digest,
        by_name=work.actor.name,
        accepted=0,
        already_there=0,
        changed=0,
        refused=0,
    )
    work.session.add(batch)
    work.session.flush()
    return batch


def _close_batch(work: Work, batch: ImportBatch, result: Result) -> Result:
    """The counts come last, so that the batch's own entry in the trail follows all it wrote."""
    batch.accepted, batch.already_there, batch.changed = result.accepted, result.already_there, result.changed
    batch.refused = len({remark.row for remark in result.refused})
    work.session.flush()
    work.record(Action.IMPORT, "import_batch", object_id=batch.id)
    return result


def _carry_out(work: Work, line: PlanRow, batch: ImportBatch, made: dict[int, Case], known: Directory) -> None:
    if line.row is None:
        return
    if line.status is Status.NEW:
        made[line.number] = enter(work, line.row, batch.id)
        return
    work.session.flush()
    case = _case(work, line.case_id) if line.case_id else made[line.twin or 0]
    before = next(stored_rows(work, [case.id])).row
    keys = [difference.key for difference in line.differences if difference.applies]
    update_case(work, case, before, merged(before, line.row, keys))
    work.session.flush()
    after = next(stored_rows(work, [case.id])).row
    work.session.add(
        ImportChange(
            batch_id=batch.id,
            case_id=case.id,
            before=json.dumps(as_json(before), ensure_ascii=False),
            after=json.dumps(as_json(after), ensure_ascii=False),
        )
    )


def _case(work: Work, case_id: int) -> Case:
    case: Case | None = work.session.exec(visible(work, select(Case).where(Case.id == case_id))).first()
    if case is None:
        raise Refused
    return case
