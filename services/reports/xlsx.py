"""A Document as XLSX: one sheet in the order of the document, annexes on a second; figures stay figures."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.reports.cells import safe_cell
from services.reports.document import (
    Align,
    Block,
    ChartBlock,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    RowKind,
    Table,
    head_line,
)
from services.reports.letterhead import COUNTRY, MOTTO, dashed, number_line, place_and_date
from services.reports.paper import nfc

_FONT = "Times New Roman"
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="F0F0F0")
_TEXT_WIDTH = 92  # characters of a line of text, when no table asks for more
_LINE = 16.5  # points a line of text
_INCH = 25.4


def render(document: Document) -> bytes:
    """The workbook's bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Báo cáo"
    book.properties.title = nfc(f"{document.title} {document.subject}")
    book.properties.language = document.language
    book.properties.creator = nfc(document.letterhead.agency).replace("\n", " ") if document.letterhead else ""
    _Writer(sheet, document, document.blocks).write_report()
    if document.annexes:
        _Writer(book.create_sheet("Phụ lục"), document, document.annexes).write_blocks()
    file = BytesIO()
    book.save(file)
    return file.getvalue()


class _Writer:
    """Writes downwards from `row`; texts run over the whole breadth of the widest table."""

    def __init__(self, sheet: Worksheet, document: Document, blocks: tuple[Block, ...]) -> None:
        self.sheet = sheet
        self.document = document
        self.blocks = blocks
        tables = [block for block in self.blocks if isinstance(block, Table)]
        self.only_table = tables[0] if len(tables) == 1 else None
        charted = [len(block.titles) + 1 for block in self.blocks if isinstance(block, ChartBlock)]
        self.breadth = max([len(table.columns) for table in tables] + charted + [2])
        self.widths = _widths(tables, self.breadth)
        self.row = 1
        self._page()

    def write_report(self) -> None:
        self._top()
        self.write_blocks()
        self._closing()

    def write_blocks(self) -> None:
        for block in self.blocks:
            self._block(block)

    def _page(self) -> None:
        sheet, rules = self.sheet, self.document.page
        first = self.blocks[0] if self.blocks else None
        landscape = first.landscape if isinstance(first, PageBreak) else rules.landscape
        for number, width in enumerate(self.widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left, margins.right = rules.left / _INCH, rules.right / _INCH
        margins.top, margins.bottom = rules.top / _INCH, rules.bottom / _INCH
        sheet.sheet_view.showGridLines = False
        sheet.oddFooter.left.text = nfc(self.document.footer_note).replace("&", "&&")
        sheet.oddFooter.right.text = "&P"

    # texts

    def _line(
        self,
        text: str,
        *,
        first: int = 1,
        last: int | None = None,
        bold: bool = False,
        italic: bool = False,
        size: float = 13,
        align: str = "left",
        indent: int = 0,
    ) -> None:
        """`text` in the cells `first`–`last` of this row, merged; the row grows with it."""
        last = last or self.breadth
        cell = safe_cell(self.sheet, self.row, first, text)
        cell.font = Font(name=_FONT, size=size, bold=bold, italic=italic)
        cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=True, indent=indent)
        if last > first:
            span = {"start_row": self.row, "end_row": self.row, "start_column": first, "end_column": last}
            self.sheet.merge_cells(**span)
        self._grow(_lines(text, sum(self.widths[first - 1 : last]) * 12 / size))

    def _grow(self, lines: int) -> None:
        """A merged cell does not grow by itself: the row's height is estimated from its text."""
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height = max(dimension.height or 0, lines * _LINE)

    def _top(self) -> None:
        document, letterhead = self.document, self.document.letterhead
        if letterhead:
            middle = _middle(self.widths)
            pairs = [
                (letterhead.parent_agency.upper(), COUNTRY, False, True),
                (letterhead.agency.upper(), MOTTO, True, True),
                (number_line(letterhead), place_and_date(letterhead), False, False),
            ]
            for left, right, left_bold, right_bold in pairs:
                self._line(left.replace("\n", " "), last=middle, bold=left_bold, size=12, align="center")
                self._line(
                    right, first=middle + 1, bold=right_bold, italic=not right_bold, size=12, align="center"
                )
                self.row += 1
            self.row += 1
        if document.confidentiality:
            self._line(document.confidentiality.upper(), bold=True)
            self.row += 1
        for text, bold in ((document.title.upper(), True), (document.subject, True), (document.as_of, False)):
            if text:
                self._line(text, bold=bold, italic=not bold, size=14 if bold else 12, align="center")
                self.row += 1
        for number, text in enumerate(dashed(document.addressees)):
            self._line(("Kính gửi: " if number == 0 else "") + text, align="center")
            self.row += 1
        self.row += 1

    def _closing(self) -> None:
        document, top = self.document, self.row + 1
        middle = _middle(self.widths)
        self.row = top
        if document.recipients:
            self._line("Nơi nhận:", last=middle, bold=True, italic=True, size=12)
            for text in dashed(document.recipients.lines):
                self.row += 1
                self._line(text, last=middle, size=11)
        bottom, self.row = self.row, top
        if document.signature:
            for text in document.signature.authority:
                self._line(text.upper(), first=middle + 1, bold=True, align="center")
                self.row += 1
            self.row += 4
            self._line(document.signature.name or "", first=middle + 1, bold=True, align="center")
        self.row = max(bottom, self.row) + 2

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            text = block.text.upper() if block.level == 1 else block.text
            self._line(text, bold=block.level < 3)
        elif isinstance(block, Paragraph):
            align = {Align.CENTRE: "center", Align.RIGHT: "right"}.get(block.align, "left")
            self._line(block.text, bold=block.bold, italic=block.italic, align=align, indent=int(block.indent))
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, ChartBlock) and block.titles:
            # One column to the right: the first is as narrow as the numbers of the tables' rows.
            head = head_line("TT", *block.titles)
            rows = tuple(Row((number, *cells)) for number, cells in enumerate(block.rows, 1))
            columns = (Column(Align.CENTRE), *(Column() for _ in block.titles))
            self._table(Table(columns, head, rows, caption=block.caption))
        if not isinstance(block, PageBreak):
            self.row += 1

    # tables

    def _table(self, table: Table) -> None:
        if table.caption:
            self._line(table.caption, bold=True)
            self.row += 1
        if table.unit:
            self._line(table.unit, last=len(table.columns), italic=True, size=12, align="right")
            self.row += 1
        self._head(table)
        for row in table.rows:
            self._table_row(table, row)
        if table.note:
            self._line(table.note, italic=True, size=12)
            self.row += 1

    def _head(self, table: Table) -> None:
        top = self.row
        for line, column, head, covered in table.head_places():
            for y, x in covered:
                self.sheet.cell(top + y, x + 1).border = _BOX
            cell = safe_cell(self.sheet, top + line, column + 1, head.text)
            cell.font, cell.fill = Font(name=_FONT, size=12, bold=True), _GREY
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            self.row = top + line
            width = sum(self.widths[column : column + head.colspan])
            self._grow(-(-_lines(head.text, width * 0.9) // head.rowspan))
            if len(covered) > 1:
                (last_row, last_column) = covered[-1]
                self.sheet.merge_cells(
                    start_row=top + line,
                    start_column=column + 1,
                    end_row=top + last_row,
                    end_column=last_column + 1,
                )
        self.row = top + len(table.head)
        if table is self.only_table:  # one sheet repeats one head; over several tables it would mislead
            self.sheet.print_title_rows = f"{top}:{self.row - 1}"

    def _table_row(self, table: Table, row: Row) -> None:
        bold = row.kind is not RowKind.PLAIN
        if row.kind is RowKind.GROUP:
            self._line(str(row.cells[0]), last=len(table.columns), bold=True, size=12)
            for column in range(1, len(table.columns) + 1):
                self.sheet.cell(self.row, column).border = _BOX
            self.row += 1
            return
        for number, value in enumerate(row.cells):
            cell = safe_cell(self.sheet, self.row, number + 1, value)
            cell.font, cell.border = Font(name=_FONT, size=12, bold=bold), _BOX
            align = table.align_of(number)
            side = {Align.CENTRE: "center", Align.RIGHT: "right"}.get(align, "left")
            cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=align is Align.LEFT)
            cell.number_format = _number_format(table.columns[number])
            if isinstance(value, str):
                self._grow(_lines(value, self.widths[number]))
        self._grow(1)
        self.row += 1


def _number_format(column: Column) -> str:
    """Excel's own notation; a Vietnamese Excel shows 1.234,5 for #,##0.0."""
    decimals = column.decimals or (1 if column.percent else 0)
    places = "." + "0" * decimals if decimals else ""
    return f"0{places}%" if column.percent else f"#,##0{places}"


def _lines(text: str, width: float) -> int:
    """How many lines `text` takes in `width` characters."""
    return sum(max(-(-len(part) // max(int(width), 1)), 1) for part in text.split("\n"))


def _middle(widths: list[float]) -> int:
    """The column after which about two fifths of the breadth lie on the left."""
    shares = [abs(sum(widths[:number]) / sum(widths) - 0.42) for number in range(1, len(widths))]
    return shares.index(min(shares)) + 1


def _widths(tables: list[Table], breadth: int) -> list[float]:
    """Width of each column in characters: what its longest entry asks for, within reason."""
    widths = [6.0] * breadth
    for table in tables:
        for row in table.rows:
            for number, value in enumerate(row.cells if row.kind is not RowKind.GROUP else ()):
                longest = len(table.columns[number].shown(value)) * 1.15 + 2
                widths[number] = max(widths[number], min(longest, 45))
        for _, column, cell, _ in table.head_places():
            longest_word = max((len(word) for word in cell.text.split()), default=0)
            if cell.colspan == 1:
                widths[column] = max(widths[column], min(len(cell.text), 12), longest_word + 2)
    lacking = max(_TEXT_WIDTH - sum(widths), 0)
    wide = [width if width > 9 else 0 for width in widths]
    shares = wide if sum(wide) else widths
    return [width + lacking * share / sum(shares) for width, share in zip(widths, shares, strict=True)]
