"""An import as the screen carries it out: tried (and noted in the trail), then done or left."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable

from db.people import Person
from db.trail import Action
from services import importing
from services.access import Right, require, shows
from services.identity import names
from services.importing import Plan, PlanRow, Remark, Result, Status
from services.importing.cells import shown
from services.text import vn_date
from services.work import VIETNAM, Work

Progress = Callable[[int, int], None]
TRIED = "xem trước, chưa ghi"


def attempt(work: Work, content: bytes, *, name: str, progress: Progress) -> Plan:
    """Reads and checks a register; nothing is written but that it was tried. Raises Refused, Unreadable."""
    plan = importing.check(work, content, name=name, progress=progress)
    work.record(Action.IMPORT, "import_batch", reason=TRIED)
    return plan


def carry_out(work: Work, plan: Plan, *, update: Collection[int], progress: Progress) -> Result:
    """Writes the good rows and the ticked updates, all or nothing."""
    return importing.apply(work, plan, update=update, progress=progress)


def new_rows(work: Work, plan: Plan) -> list[tuple[int, str, str, str, str]]:
    """What would be entered, in the order of the sheet: (row, name, birth, day of reception, unit)."""
    require(work, Right.IMPORT)
    units = names.units(work)
    return [
        (
            line.number,
            line.row.full_name,
            vn_date(line.row.birth),
            vn_date(line.row.received_on),
            units.get(line.row.unit_id, ""),
        )
        for line in plan.of(Status.NEW)
        if line.row is not None
    ]


def whose(work: Work, plan: Plan, said: Iterable[Remark]) -> dict[Remark, tuple[str, str]]:
    """Each refusal or warning → (STT, name) of its row as typed; the name for those who may see names."""
    require(work, Right.IMPORT)
    named = shows(work.actor, Person.full_name)
    lines = {remark: line for line in plan.rows for remark in (*line.refusals, *line.warnings)}
    often = Counter(line.number for line in plan.rows)  # on several sheets a number may stand for several rows
    numbered = {line.number: line for line in plan.rows if often[line.number] == 1}
    found: dict[Remark, tuple[str, str]] = {}
    for remark in said:
        line = lines.get(remark) or numbered.get(remark.row)
        if line is not None:
            cells = line.raw.cells
            found[remark] = (shown(cells.get("order")), shown(cells.get("full_name")) if named else "")
    return found


def updates(plan: Plan) -> list[PlanRow]:
    """The rows that would change a file if ticked."""
    return [line for line in plan.of(Status.DIFFERS) if line.updates]


def batch_lines(work: Work) -> list[tuple[importing.BatchLine, str]]:
    """The imports made, the latest first, each with its time in Việt Nam."""
    return [(line, f"{line.at.astimezone(VIETNAM):%d/%m/%Y %H:%M}") for line in importing.batches(work)]
