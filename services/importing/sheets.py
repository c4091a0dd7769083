"""Writing sheets of the form: text is text (never a formula), amounts and days are such."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from services.importing.cells import Cell
from services.importing.form import Column
from services.text import clean

TITLE = "SỔ TIẾP NHẬN, XÁC MINH, BẢO VỆ VÀ HỖ TRỢ NẠN NHÂN BỊ MUA BÁN"
SHEET = "Sổ tiếp nhận"
FONT = "Times New Roman"
DAY_FORMAT = "dd/mm/yyyy"
NUMBER_FORMAT = "#,##0"
BODY, BOLD = Font(name=FONT, size=11), Font(name=FONT, size=11, bold=True)
LARGE = Font(name=FONT, size=14, bold=True)
HEAD = PatternFill("solid", fgColor="DDE6EE")
LINE = Side(style="thin", color="999999")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="center")
FORMULA_SIGNS = ("=", "+", "-", "@")
FIRST_ROW = 4  # of the heading: title, subtitle and a blank line stand above


class Sheet:
    """One sheet under way, row after row (openpyxl's write-only way: fast, little memory)."""

    def __init__(self, book: Workbook, title: str, widths: Sequence[float]) -> None:
        self.sheet: Any = book.create_sheet(title)
        for at, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(at)].width = width
        self._styles: dict[Any, Any] = {}

    def line(self, values: Iterable[Cell], font: Font = BODY) -> None:
        """A line without a frame: a title, a remark."""
        self.sheet.append([self._cell(value, font, None) for value in values])

    def heading(self, names: Iterable[str]) -> None:
        cells = [self._cell(name, BOLD, CENTRED) for name in names]
        for cell in cells:
            cell.fill = HEAD
        self.sheet.append(cells)

    def row(self, values: Iterable[Cell]) -> None:
        self.sheet.append([self._cell(value, BODY, WRAPPED) for value in values])

    def _cell(self, value: Cell, font: Font, framed: Alignment | None) -> Any:
        cell = WriteOnlyCell(self.sheet, value=None)
        cell._style = self._style(font, framed, *_looks(value))
        if isinstance(value, str):
            cell.value = clean(value) or None
            if cell.value is not None:
                cell.data_type = "s"  # whatever it begins with
        elif value is not None:
            cell.value = value
        return cell

    def _style(self, font: Font, framed: Alignment | None, number_format: str, quoted: bool) -> Any:
        """A cell's style as openpyxl keeps it, made once for all cells that look alike."""
        key = (id(font), id(framed), number_format, quoted)
        if key not in self._styles:
            model = WriteOnlyCell(self.sheet)
            model.font, model.number_format, model.quotePrefix = font, number_format, quoted
            if framed is not None:
                model.border, model.alignment = FRAME, framed
            self._styles[key] = model._style
        return copy(self._styles[key])


def _looks(value: Cell) -> tuple[str, bool]:
    """(number format, whether Excel must be told that it is text even when the cell is edited)."""
    if isinstance(value, date):
        return DAY_FORMAT, False
    if isinstance(value, int) and not isinstance(value, bool):
        return NUMBER_FORMAT, False
    return ("@", value[:1] in FORMULA_SIGNS) if isinstance(value, str) else ("General", False)


def register_sheet(book: Workbook, columns: Sequence[Column], subtitle: str, *more: tuple[str, float]) -> Sheet:
    """The register's sheet up to its heading; `more`: further headings with their widths."""
    sheet = Sheet(book, SHEET, [c.width for c in columns] + [width for _, width in more])
    sheet.sheet.freeze_panes = f"A{FIRST_ROW + 1}"
    sheet.sheet.page_setup.orientation, sheet.sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet.print_title_rows = f"{FIRST_ROW}:{FIRST_ROW}"
    sheet.line([TITLE], LARGE)
    sheet.line([subtitle])
    sheet.line([])
    sheet.heading([*(column.heading for column in columns), *(name for name, _ in more)])
    return sheet


def saved(book: Workbook) -> bytes:
    """The book as a file. It says nothing of who made it on which machine."""
    book.properties.creator = ""
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
