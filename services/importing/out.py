"""The register out again in the same form: as a sheet that can be imported, as far as one's role sees."""

from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook

from db.trail import Action
from services import case_search
from services.access import Right, require, shows
from services.case_search import CaseFilter
from services.importing.cells import Cell, shown
from services.importing.directory import directory
from services.importing.form import CODE, FORM, MORE, OLD_ROW, REASON, Column, Reads
from services.importing.plan import Plan
from services.importing.rows import Written, written
from services.importing.sheets import register_sheet, saved
from services.importing.stored import Stored, stored_rows
from services.text import vn_date
from services.work import Work

EVERYTHING = 1_000_000
EARLIEST = 1900  # Excel knows no day before: such a birth is written as text


def columns_for(work: Work) -> list[Column]:
    """The columns the actor may see; the others are left out altogether."""
    return [column for column in FORM if shows(work.actor, column.source)]


def files(work: Work, wanted: CaseFilter | None = None) -> list[Stored]:
    """The files of the register, the earliest reception first. Raises Refused."""
    require(work, Right.EXPORT)
    page = case_search.find(work, wanted, size=EVERYTHING, sort="oldest", right=Right.EXPORT)
    order = sorted(page.rows, key=lambda row: (row.received_on, len(row.code), row.code))
    return list(stored_rows(work, [row.id for row in order]))


def register_xlsx(work: Work, wanted: CaseFilter | None = None) -> bytes:
    """The register as XLSX. Importing it again finds every row already there. The export is in the trail."""
    found = files(work, wanted)
    columns, known = columns_for(work), directory(work)
    book = Workbook(write_only=True)
    sheet = register_sheet(book, columns, subtitle(work, len(found)), (CODE, 14), (MORE, 30))
    for number, stored in enumerate(found, 1):
        cells = written(stored.row, known)
        line = [number if c.reads is Reads.ORDER else sheet_value(cells[c.key]) for c in columns]
        sheet.row([*line, stored.code, beyond(stored, columns)])
    record(work, len(found), "xlsx")
    return saved(book)


def refused_rows_xlsx(plan: Plan) -> bytes:
    """The refused rows as they were typed, in the same form, each with its reasons: correct, and import again."""
    refused = [line for line in plan.rows if line.refusals]
    others = sorted({name for line in refused for name in line.raw.others})
    columns = [column for column in FORM if column.key in plan.given]
    book = Workbook(write_only=True)
    more = [(name, 16.0) for name in others]
    said = f"{len(refused)} dòng bị từ chối"
    sheet = register_sheet(book, columns, said, (REASON, 50), (OLD_ROW, 10), *more)
    for line in refused:
        reasons = "\n".join(f"{remark.column}: {remark.reason}" for remark in line.refusals)
        typed = [line.raw.cells.get(column.key) for column in columns]
        beside = (line.raw.others.get(name) for name in others)
        sheet.row([_typed(value) for value in [*typed, reasons, line.number, *beside]])
    return saved(book)


def record(work: Work, count: int, kind: str) -> None:
    work.record(Action.EXPORT, "register", fields=f"{kind},{count}", reason=f"xuất sổ tiếp nhận: {count} dòng")


def subtitle(work: Work, count: int) -> str:
    return f"{count} dòng, xuất ngày {vn_date(work.today)}"


def beyond(stored: Stored, columns: Sequence[Column]) -> str:
    """What the file holds beyond the form, as far as its columns are shown."""
    keys = {column.key for column in columns}
    return "; ".join(text for key, text in stored.more if key in keys)


def sheet_value(value: Written) -> Cell:
    if isinstance(value, date) and value.year < EARLIEST:
        return vn_date(value)
    return value


def _typed(value: Cell) -> Cell:
    """A cell as it was read; what a sheet cannot hold is written as text."""
    if isinstance(value, datetime):
        return value.date() if value.year >= EARLIEST else shown(value)
    if value is None or isinstance(value, str | bool | int | date):
        return value
    return value if isinstance(value, float) and abs(value) < float("inf") else shown(value)
