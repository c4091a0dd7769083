"""What an official document says, as plain data; how it looks is the renderers' business.

A `Document` is composed once (from figures or a case), then drawn by `pdf.render` and `xlsx.render`.
Issuing freezes it, so it turns into JSON and back without loss: `to_dict()` / `Document.from_dict()`.
Texts are Vietnamese and are given ready to print; numbers stay numbers until they are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from services.reports import codec
from services.text import vn_number

Value = str | int | float | None
"""A cell: text, a number (amounts are whole đồng), or None = nothing to say, printed as a dash."""

NOTHING = "–"
FORMAT = 1  # of the JSON, so that a document frozen today can still be read after a change


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFY = "justify"


class RowKind(StrEnum):
    PLAIN = "plain"
    TOTAL = "total"  # bold
    GROUP = "group"  # the first cell is a bold sub-heading over the whole width


class SubjectAt(StrEnum):
    """Where the subject stands: below the kind of document, or (a letter, công văn) below the number."""

    CENTRE = "centre"
    UNDER_NUMBER = "under_number"


class NumberAt(StrEnum):
    """Where the page number stands: decided by the law in force on the document's date."""

    FOOT_RIGHT = "foot_right"
    TOP_CENTRE = "top_centre"


@dataclass(frozen=True, slots=True)
class PageRules:
    """The sheet: margins in millimetres, place of the page number (never on page 1)."""

    number_at: NumberAt = NumberAt.TOP_CENTRE
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The two columns on top. `number`, `dated` are None until the office enters them: dots are printed.

    `symbol` follows the number ("BC-SLĐTBXH"); `year` is printed while `dated` is not known. A "\n" in a
    name says where to break it.
    """

    parent_agency: str
    agency: str
    symbol: str
    place: str
    number: str | None = None
    dated: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """`text` with its number ("I. Tình hình"). Level 1 is set in capitals, 2 bold, 3 as the text."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    bold: bool = False
    italic: bool = False
    indent: bool = True
    align: Align = Align.JUSTIFY


@dataclass(frozen=True, slots=True)
class HeadCell:
    text: str
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """`align` None: numbers right, text left. `width` in mm, None: by content.

    `percent`: the value is a fraction (0.802 → 80,2%).
    """

    align: Align | None = None
    width: float | None = None
    decimals: int = 0
    percent: bool = False

    def shown(self, value: Value) -> str:
        """`value` as a Vietnamese reader expects it: 1.234,5 · 80,2% · – for nothing."""
        if value is None:
            return NOTHING
        if isinstance(value, str):
            return value
        if self.percent:
            return vn_number(value * 100, self.decimals or 1) + "%"
        return vn_number(value, self.decimals)


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Value, ...]
    kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True)
class Table:
    """`head`: one tuple a line, spans as in HTML. Each row has one cell a column (a group row: one in all).

    Raises ValueError when rows or head do not fit the columns.
    """

    columns: tuple[Column, ...]
    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        width = len(self.columns)
        for row in self.rows:
            if len(row.cells) != (1 if row.kind is RowKind.GROUP else width):
                raise ValueError(f"a row has {len(row.cells)} cells, the table {width} columns")
        places = {(line, column) for line in range(len(self.head)) for column in range(width)}
        if places != {place for *_, covered in self.head_places() for place in covered}:
            raise ValueError(f"the head does not cover {width} columns")

    def head_places(self) -> list[tuple[int, int, HeadCell, list[tuple[int, int]]]]:
        """(line, first column, cell, every (line, column) it covers) of each cell of the head."""
        found: list[tuple[int, int, HeadCell, list[tuple[int, int]]]] = []
        taken: set[tuple[int, int]] = set()
        for line, cells in enumerate(self.head):
            column = 0
            for cell in cells:
                while (line, column) in taken:
                    column += 1
                down, across = range(line, line + cell.rowspan), range(column, column + cell.colspan)
                covered = [(y, x) for y in down for x in across]
                found.append((line, column, cell, covered))
                taken.update(covered)
        return found

    def align_of(self, column: int) -> Align:
        """The declared alignment, else by what the column holds."""
        declared = self.columns[column].align
        if declared is not None:
            return declared
        values = [row.cells[column] for row in self.rows if row.kind is not RowKind.GROUP]
        numeric = any(isinstance(value, int | float) for value in values)
        return Align.RIGHT if numeric else Align.LEFT


def head_line(*titles: str) -> tuple[tuple[HeadCell, ...], ...]:
    """A head of one line without spans."""
    return (tuple(HeadCell(title) for title in titles),)


class _Chart(Protocol):
    def to_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart as Vega-Lite `spec` with its data inside; `titles`/`rows` say the same as a small table."""

    caption: str
    spec: Mapping[str, Any]
    titles: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()

    @classmethod
    def of(
        cls,
        caption: str,
        chart: _Chart,
        titles: tuple[str, ...] = (),
        rows: tuple[tuple[Value, ...], ...] = (),
    ) -> ChartBlock:
        """From an altair chart (see services.charts)."""
        return cls(caption, chart.to_dict(), titles, rows)


@dataclass(frozen=True, slots=True)
class PageBreak:
    landscape: bool = False


Block = Heading | Paragraph | Table | ChartBlock | PageBreak


@dataclass(frozen=True, slots=True)
class Recipients:
    """The list *Nơi nhận*, without dashes and semicolons ("Như trên", "Lưu: VT, PCTNXH")."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """`authority`: the lines above the signature ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"); no name: left empty.

    `note` tells the signer what to write ("Ký, ghi rõ họ tên")."""

    authority: tuple[str, ...]
    name: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. Without `letterhead` it is a plain list (a register printed out).

    `annexes` follow the signature on a page of their own; `footer_note` stands at the foot of every page.
    `signatures` are those of minutes, side by side, instead of `signature`; `form` is what a prescribed
    form says of itself in its upper corner, a line each.
    """

    title: str
    subject: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    addressees: tuple[str, ...] = ()
    recipients: Recipients | None = None
    signature: SignatureBlock | None = None
    signatures: tuple[SignatureBlock, ...] = ()
    annexes: tuple[Block, ...] = ()
    as_of: str = ""
    confidentiality: str | None = None
    footer_note: str = ""
    page: PageRules = field(default_factory=PageRules)
    language: str = "vi"
    subject_at: SubjectAt = SubjectAt.CENTRE
    form: tuple[str, ...] = ()

    @property
    def dated(self) -> date | None:
        return self.letterhead.dated if self.letterhead else None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: only dicts, lists, strings, numbers, None."""
        return {"format": FORMAT, **codec.plain(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """The inverse of `to_dict`. Raises ValueError for a format this version does not know."""
        if data.get("format") != FORMAT:
            raise ValueError(f"unknown document format {data.get('format')!r}")
        return codec.built(cls, {key: value for key, value in data.items() if key != "format"}, globals())
