"""Tables on paper: widths by content, the head on each page, figures to the right, totals bold."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.reports.document import Align, Row, RowKind, Table
from services.reports.paper import Paper

_SIZES = (12, 11, 10, 9, 8)  # the first that lets every word stand whole
_SIDE, _AIR = 1.3, 0.9  # padding of a cell, mm
_LINE = 0.2  # rules of the table, mm
_HEAD_GREY = 240
_HEAD_WIDTH = 20  # mm a head may take in a column of narrower figures
_HEAD_WHOLE = 11  # mm: a shorter line of a head is not broken ("Y tế")
_CAPTION = 13
_TOGETHER = 3  # rows at least on each side of a page break
_SHORT = 12  # rows: a table of so many is not broken while it fits on a page


@dataclass(frozen=True)
class _Cell:
    """Text already broken into lines, at its place in the row."""

    x: float
    width: float
    lines: tuple[str, ...]
    style: str
    align: Align
    line: int = 0  # first line of the head it stands in
    down: int = 1  # lines of the head it covers


class TableLayout:
    """A table measured for the current page width; `draw` puts it at the cursor.

    Out: `lead`, the height that must stay together at its beginning (caption, head, first row).
    """

    def __init__(self, paper: Paper, table: Table) -> None:
        self.paper = paper
        self.table = table
        self.size, self.widths = _fitted(paper, table)
        self.step = self.size * 0.42  # line height, mm
        self.head = self._head_cells()
        self.head_steps = self._head_heights()
        self.rows = [self._row_cells(row) for row in table.rows]
        self.heights = [self._height(cells) for cells in self.rows]
        self.note = paper.wrap(table.note, "I", 12, paper.breadth) if table.note else []
        self.caption = paper.wrap(table.caption, "B", _CAPTION, paper.breadth) if table.caption else []

    @property
    def head_height(self) -> float:
        return sum(self.head_steps)

    @property
    def above(self) -> float:
        """Height of caption, unit and head."""
        return 6 * len(self.caption) + (5.5 if self.table.unit else 0) + 0.5 + self.head_height

    @property
    def below(self) -> float:
        """Height of the note."""
        return 1 + 5.5 * len(self.note)

    @property
    def whole(self) -> float:
        return self.above + sum(self.heights) + self.below

    @property
    def short(self) -> bool:
        """Whether it stays on one page."""
        return len(self.rows) <= _SHORT and self.whole <= self.paper.body_height

    @property
    def lead(self) -> float:
        """A short table stays whole; a long one begins with at least `_TOGETHER` rows."""
        return self.whole if self.short else self.above + sum(self.heights[:_TOGETHER])

    def draw(self, tail: float = 0) -> None:
        """Draw from the cursor on, over pages. `tail`: height that must stay with the last row."""
        self.paper.need(min(self.lead, self.paper.body_height))
        self._draw_caption()
        self._draw_head()
        for number, cells in enumerate(self.rows):
            height = self.heights[number]
            if height + self._kept_after(number, tail) > self.paper.room and height <= self._full_room():
                self._next_page()
            self._draw_row(cells, height)
        self._draw_note()

    def _kept_after(self, number: int, tail: float) -> float:
        """What must follow row `number` on the same page: the last rows, the first row of a group, a total."""
        if number + _TOGETHER >= len(self.rows):
            return sum(self.heights[number + 1 :]) + max(self.below, tail)
        here, after = self.table.rows[number : number + 2]
        joined = here.kind is RowKind.GROUP or after.kind is RowKind.TOTAL
        return self.heights[number + 1] if joined else 0

    def _full_room(self) -> float:
        return self.paper.body_height - self.head_height

    def _next_page(self) -> None:
        self.paper.new_page()
        self._draw_head()

    # measuring

    def _x(self, column: int) -> float:
        return self.paper.left + sum(self.widths[:column])

    def _head_cells(self) -> list[_Cell]:
        cells = []
        for line, column, cell, covered in self.table.head_places():
            width = sum(self.widths[column : column + cell.colspan])
            down = len({y for y, _ in covered})
            lines = self._broken(cell.text, "B", width)
            cells.append(_Cell(self._x(column), width, lines, "B", Align.CENTRE, line, down))
        return cells

    def _head_heights(self) -> list[float]:
        """Height of each line of the head; what a spanning cell lacks is added to its last line."""
        heights = [0.0] * len(self.table.head)
        for cell in sorted(self.head, key=lambda cell: cell.down):
            span = slice(cell.line, cell.line + cell.down)
            lacking = self._height([cell]) - sum(heights[span])
            heights[cell.line + cell.down - 1] += max(lacking, 0)
        return heights

    def _row_cells(self, row: Row) -> list[_Cell]:
        if row.kind is RowKind.GROUP:
            whole = sum(self.widths)
            return [_Cell(self._x(0), whole, self._broken(str(row.cells[0]), "B", whole), "B", Align.LEFT)]
        style = "B" if row.kind is RowKind.TOTAL else ""
        cells = []
        for number, (column, value) in enumerate(zip(self.table.columns, row.cells, strict=True)):
            lines = self._broken(column.shown(value), style, self.widths[number])
            align = self.table.align_of(number)
            cells.append(_Cell(self._x(number), self.widths[number], lines, style, align))
        return cells

    def _broken(self, text: str, style: str, width: float) -> tuple[str, ...]:
        return tuple(self.paper.wrap(text, style, self.size, width - 2 * _SIDE))

    def _height(self, cells: list[_Cell]) -> float:
        return max(len(cell.lines) for cell in cells) * self.step + 2 * _AIR

    # drawing

    def _draw_caption(self) -> None:
        paper, unit = self.paper, self.table.unit
        for line in self.caption:
            paper.put(line, paper.left, paper.y, paper.breadth, style="B", size=_CAPTION)
            paper.y += 6
        if unit:
            box = (paper.left, paper.y, sum(self.widths))
            paper.put(unit, *box, style="I", size=12, height=5.5, align=Align.RIGHT)
            paper.y += 5.5
        paper.y += 0.5

    def _draw_head(self) -> None:
        paper = self.paper
        paper.set_fill_color(_HEAD_GREY)
        for cell in self.head:
            top = paper.y + sum(self.head_steps[: cell.line])
            self._draw_cell(cell, top, sum(self.head_steps[cell.line : cell.line + cell.down]), filled=True)
        paper.y += self.head_height

    def _draw_row(self, cells: list[_Cell], height: float) -> None:
        """One row; a row higher than a page is cut between lines of text."""
        while height > self._full_room():
            fitting = max(int((self.paper.room - 2 * _AIR) / self.step), 0)
            if fitting:
                self._draw_piece([replace(cell, lines=cell.lines[:fitting] or ("",)) for cell in cells])
                cells = [replace(cell, lines=cell.lines[fitting:] or ("",)) for cell in cells]
                height = self._height(cells)
            self._next_page()
        self._draw_piece(cells)

    def _draw_piece(self, cells: list[_Cell]) -> None:
        height = self._height(cells)
        for cell in cells:
            self._draw_cell(cell, self.paper.y, height)
        self.paper.y += height

    def _draw_cell(self, cell: _Cell, top: float, height: float, *, filled: bool = False) -> None:
        paper = self.paper
        paper.set_line_width(_LINE)
        paper.rect(cell.x, top, cell.width, height, style="DF" if filled else "D")
        y = top + (height - len(cell.lines) * self.step) / 2
        for line in cell.lines:
            box = (cell.x + _SIDE, y, cell.width - 2 * _SIDE)
            paper.put(line, *box, style=cell.style, size=self.size, height=self.step, align=cell.align)
            y += self.step

    def _draw_note(self) -> None:
        paper = self.paper
        paper.y += 1
        for line in self.note:
            paper.need(5.5)
            paper.put(line, paper.left, paper.y, paper.breadth, style="I", size=12, height=5.5)
            paper.y += 5.5
        paper.y += 2


def _fitted(paper: Paper, table: Table) -> tuple[float, list[float]]:
    """(font size, width of each column): the largest size at which the longest words fit."""
    for size in _SIZES:
        least, wanted = _demands(paper, table, size)
        if sum(least) <= paper.breadth:
            return size, _shared(least, wanted, table, paper.breadth)
    scale = paper.breadth / sum(least)
    return size, [width * scale for width in least]


def _demands(paper: Paper, table: Table, size: float) -> tuple[list[float], list[float]]:
    """For each column the least width (longest word) and the wanted one (longest text, within reason)."""
    least, wanted = [0.0] * len(table.columns), [0.0] * len(table.columns)

    def ask(column: int, text: str, style: str, numeric: bool) -> None:
        words = [text] if numeric else text.split()
        longest = max((paper.width_of(word, style, size) for word in words), default=0)
        least[column] = max(least[column], longest + 2 * _SIDE + 0.2)
        whole = max((paper.width_of(part, style, size) for part in text.split("\n")), default=0)
        wanted[column] = max(wanted[column], min(whole, 80) + 2 * _SIDE + 0.2)

    for row in table.rows:
        style = "B" if row.kind is RowKind.TOTAL else ""
        for number, value in enumerate(row.cells if row.kind is not RowKind.GROUP else ()):
            ask(number, table.columns[number].shown(value), style, not isinstance(value, str))
    for _, column, cell, _ in table.head_places():
        if cell.colspan == 1:
            for part in paper.balanced(cell.text, "B", size, max(_HEAD_WIDTH, 0.6 * wanted[column])):
                ask(column, part, "B", paper.width_of(part, "B", size) <= _HEAD_WHOLE)
    for number, column_rule in enumerate(table.columns):
        if column_rule.width is not None:
            least[number] = wanted[number] = column_rule.width
    _widen_for_spans(paper, table, size, least)
    return least, [max(pair) for pair in zip(least, wanted, strict=True)]


def _widen_for_spans(paper: Paper, table: Table, size: float, least: list[float]) -> None:
    for _, column, cell, _ in table.head_places():
        if cell.colspan > 1:
            longest = max((paper.width_of(word, "B", size) for word in cell.text.split()), default=0)
            lacking = longest + 2 * _SIDE + 0.2 - sum(least[column : column + cell.colspan])
            for number in range(column, column + cell.colspan):
                least[number] += max(lacking, 0) / cell.colspan


def _shared(least: list[float], wanted: list[float], table: Table, breadth: float) -> list[float]:
    """Widths that fill `breadth`: wants are met in part, or what is left over goes to the free columns."""
    spare = breadth - sum(wanted)
    if spare < 0:
        ratio = (breadth - sum(least)) / (sum(wanted) - sum(least))
        return [low + (high - low) * ratio for low, high in zip(least, wanted, strict=True)]
    free = [width if rule.width is None else 0 for width, rule in zip(wanted, table.columns, strict=True)]
    if not sum(free):
        return [width * breadth / sum(wanted) for width in wanted]
    return [width + spare * part / sum(free) for width, part in zip(wanted, free, strict=True)]
