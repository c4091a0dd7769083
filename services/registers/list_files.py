"""The list as it stands, on paper and as a sheet: the columns this person sees, the filters in words."""

from collections.abc import Sequence
from datetime import date

from services.access import Right, require
from services.importing.sheets import FIRST_ROW, LARGE, Sheet, saved
from services.registers.listing import Column, Listing, Query, Value, apart, in_words, words
from services.reports.document import Align, Document, PageRules, Row, Table, head_line
from services.reports.document import Column as PaperColumn
from services.text import vn_date, vn_number
from services.work import Work

MOST_PRINTED = 2_000
MOST_ROWS = 100_000
MARGIN = 15
NUMBER = "STT"
WIDTHS = (10, 44)  # characters of a sheet's column, at least and at most
EARLIEST = 1900  # Excel knows no day before
MANY = 6  # columns: more are printed across the sheet


def document(work: Work, listing: Listing, query: Query) -> Document:
    """The list to print, at most `MOST_PRINTED` rows; cut short, it says so. Raises Refused."""
    require(work, listing.right)
    require(work, Right.EXPORT)
    found = listing.find(work, query, 1, MOST_PRINTED)
    columns = apart(work, listing.columns)
    rows = tuple(
        Row((str(number), *(words(one.value(row)) or None for one in columns)))
        for number, row in enumerate(found.rows, 1)
    )
    table = Table(
        columns=(PaperColumn(Align.CENTRE), *(PaperColumn(_align(one, found.rows)) for one in columns)),
        head=head_line(NUMBER, *(one.label for one in columns)),
        rows=rows,
        note=_cut(len(rows), found.total, listing.word),
    )
    narrowed = "; ".join(in_words(work, listing, query))
    return Document(
        title=f"DANH SÁCH {listing.title.upper()}",
        subject=narrowed,
        blocks=(table,),
        as_of=_counted(work, found.total, listing.word),
        page=PageRules(landscape=len(columns) > MANY, left=MARGIN, right=MARGIN),
        footer_note=f"In từ Đường Về, {work.actor.name}, ngày {vn_date(work.today)}",
    )


def sheet(work: Work, listing: Listing, query: Query) -> bytes:
    """The list as XLSX: text is text, never a formula; days and numbers are such. Raises Refused."""
    from openpyxl import Workbook

    require(work, listing.right)
    require(work, Right.EXPORT)
    found = listing.find(work, query, 1, MOST_ROWS)
    columns = apart(work, listing.columns)
    cells = [[_cell(one.value(row)) for one in columns] for row in found.rows]
    book = Workbook(write_only=True)
    widths = [_width(one, [line[at] for line in cells]) for at, one in enumerate(columns)]
    drawn = Sheet(book, "Danh sách", [6, *widths])
    drawn.sheet.freeze_panes = f"A{FIRST_ROW + 1}"
    drawn.line([f"DANH SÁCH {listing.title.upper()}"], LARGE)
    drawn.line(["; ".join([*in_words(work, listing, query), _counted(work, found.total, listing.word)])])
    drawn.line([])
    drawn.heading([NUMBER, *(one.label for one in columns)])
    for number, line in enumerate(cells, 1):
        drawn.row([number, *line])
    return saved(book)


def _counted(work: Work, total: int, word: str) -> str:
    return f"{vn_number(total)} {word}, ngày {vn_date(work.today)}"


def _cut(printed: int, total: int, word: str) -> str:
    if printed >= total:
        return ""
    return f"Chỉ in {vn_number(printed)} {word} đầu trong {vn_number(total)}; lọc hẹp lại để in đủ."


def _align(column: Column, rows: Sequence[object]) -> Align:
    values = (column.value(row) for row in rows)
    numeric = any(isinstance(value, int) and not isinstance(value, bool) for value in values)
    return Align.RIGHT if numeric else Align.LEFT


def _cell(value: Value) -> str | int | date | None:
    number = isinstance(value, int) and not isinstance(value, bool)
    if number or (isinstance(value, date) and value.year >= EARLIEST):
        return value
    return words(value) or None


def _width(column: Column, values: Sequence[Value]) -> int:
    longest = max((len(words(value)) for value in values[:200]), default=0)
    return min(max(len(column.label) + 2, longest + 2, WIDTHS[0]), WIDTHS[1])
