"""From an uploaded .xlsx to raw rows, safely: sizes before content, no formula run, rows and columns bounded."""

import hashlib
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, get_column_letter, range_boundaries

from services.errors import AppError
from services.importing.cells import Cell
from services.importing.form import HEADINGS, IGNORED, REQUIRED, SAMPLE, TOTAL, Column, Reads, word
from services.text import clean

MIB = 1024 * 1024
FILE_LIMIT = 20 * MIB
WHOLE_LIMIT = 64 * MIB  # unpacked: 20,000 full rows need about 30
PART_LIMIT = 8 * MIB  # unpacked, of the parts that are not sheets or texts
PARTS = 400
RATIO = 200
RATIO_FROM = MIB  # small parts may pack well
ROWS, COLUMNS = 20_000, 100
HEADING_WITHIN = 30
LAST_ROW = 1_048_576  # of any sheet of Excel
LINES = 2 * LAST_ROW  # of all sheets, empty ones counted: one far cell makes a million of them, in 5 kB
COVERED = 100_000  # cells under merges: more is no register
FEW = 3  # cells: after the total row, a line with fewer is a signature or a date of making

# Patterns over a stranger's bytes: each stops at the next tag and never backtracks, so that they take time in
# proportion to the file (`<c <c <c …` in a comment would stop the server otherwise).
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\s([^<>]{1,400}+)>\s*+<(?:\w+:)?f(?:\s[^<>]*+)?(?:(?<=/)>|>[^<]*+</(?:\w+:)?f>)"
    rb"\s*+(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?\s*+</(?:\w+:)?c>"
)
CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


class Unreadable(AppError):
    """The file as a whole cannot be read as a register."""

    sentence = "Không đọc được tệp. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi nhập lại."


TOO_LARGE = "Tệp bung ra quá lớn so với một cuốn sổ nên không được mở. Hãy lưu lại chỉ với bảng sổ."
NOT_COMPUTED = "Ô là công thức chưa có kết quả: hãy mở bằng Excel, lưu lại rồi nhập."


@dataclass(frozen=True)
class RawRow:
    """A row as typed. `cells`: column key → value; `others`: unknown heading → value; `broken`: key → sentence."""

    sheet: str
    number: int
    cells: dict[str, Cell]
    others: dict[str, Cell]
    broken: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Register:
    """`given`: the columns the register has; `epoch`: what its day numbers count from."""

    rows: tuple[RawRow, ...]
    given: frozenset[str]
    epoch: datetime
    digest: str
    many_sheets: bool


@dataclass
class _Heading:
    last: int  # the sheet's row the heading ends in
    known: dict[int, Column]
    others: dict[int, str]
    unread: frozenset[int]  # what the system itself wrote beside the form

    def name_of(self, at: int) -> str:
        """What a column outside the form is called in the notes: by its letter when nobody named it."""
        name = self.others.get(at, "")
        alone = list(self.others.values()).count(name) == 1
        return name if alone else f"{name or 'Cột'} {get_column_letter(at + 1)}"


def read(content: bytes) -> Register:
    """Every row of every sheet that has the register's heading. Raises Unreadable."""
    _check_sizes(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, about styles and extensions it does not keep
            return _read(content)
    except AppError:
        raise
    except Exception as error:
        raise Unreadable from error


def _check_sizes(content: bytes) -> None:
    """Refuses what would unpack to far more than a register: the directory of the zip tells before anything is."""
    if len(content) > FILE_LIMIT:
        raise Unreadable(f"Tệp lớn hơn {FILE_LIMIT // MIB} MB. Hãy tách sổ thành nhiều tệp.")
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        raise Unreadable("Tệp không phải là sổ Excel dạng .xlsx (hoặc đang đặt mật khẩu).") from None
    sizes = [part.file_size for part in parts]
    heavy = (part for part in parts if not part.filename.startswith(("xl/worksheets/", "xl/sharedStrings")))
    packed_well = (p for p in parts if p.file_size > RATIO_FROM and p.file_size > RATIO * max(p.compress_size, 1))
    if (
        len(parts) > PARTS
        or sum(sizes) > WHOLE_LIMIT
        or any(part.file_size > PART_LIMIT for part in heavy)
        or any(packed_well)
    ):
        raise Unreadable(TOO_LARGE)


def _read(content: bytes) -> Register:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        rows: list[RawRow] = []
        given: set[str] = set()
        sheets = walked = 0
        for sheet in book.worksheets:
            found = _sheet(sheet)
            if found is None:
                continue
            sheets += 1
            heading, more, lines = found
            walked += lines
            if walked > LINES:
                raise Unreadable(TOO_LARGE)
            given |= {column.key for column in heading.known.values()}
            rows += more
            if len(rows) > ROWS:
                raise Unreadable(f"Sổ có hơn {ROWS} dòng. Hãy tách thành nhiều tệp.".replace("20000", "20.000"))
        if not sheets:
            needed = ", ".join(f"«{column.heading}»" for key, column in _required())
            raise Unreadable(f"Không thấy dòng tiêu đề của sổ: cần ít nhất các cột {needed}.")
        return Register(tuple(rows), frozenset(given), book.epoch, hashlib.sha256(content).hexdigest(), sheets > 1)
    finally:
        book.close()


def _required() -> list[tuple[str, Column]]:
    return [(column.key, column) for column in HEADINGS.values() if column.key in REQUIRED]


def _sheet(sheet: Any) -> tuple[_Heading, list[RawRow], int] | None:
    """The heading, the rows and how many lines were walked; None for a sheet that is no register."""
    sheet.reset_dimensions()  # what the file says of its size is not trusted
    lines = enumerate(sheet.iter_rows(max_row=LAST_ROW, max_col=COLUMNS, values_only=True), 1)
    top = [line for _, line in zip(range(HEADING_WITHIN + 1), lines, strict=False)]
    heading = _heading([values for _, values in top])
    if heading is None:
        return None
    merged, uncomputed = _behind(sheet)
    rows: list[RawRow] = []
    above: dict[int, Cell] = {}
    totalled, worked_out = False, {number for number, _ in uncomputed}
    number = heading.last
    for number, line in _after(heading.last, top, lines):
        if number not in worked_out and not any(value is not None for value in line):
            continue  # a merged cell repeats its value only into rows that say something of their own
        raw = _raw(sheet.title, number, _filled(number, line, merged, above), heading, uncomputed)
        if _is_total(raw):
            totalled = True
        elif _is_person(raw) and not (totalled and len(_said(raw)) < FEW):
            rows.append(raw)
        if len(rows) > ROWS:
            break
    return heading, rows, number


def _after(last: int, top: list[tuple[int, Any]], lines: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    yield from (line for line in top if line[0] > last)
    yield from lines


def _heading(top: list[Any]) -> _Heading | None:
    """The row with most of the form's words; a second heading row beside it fills what it leaves empty."""
    lines = [_words(line) for line in top[:HEADING_WITHIN]]
    known = [{i: HEADINGS[key] for i, key in line.items() if key in HEADINGS} for line in lines]
    best = max(range(len(known)), key=lambda at: len(known[at]), default=None)
    if best is None:
        return None
    columns, words = dict(known[best]), lines[best]
    names = {i: clean(str(value)) for i, value in enumerate(top[best]) if i in words}
    last = best
    for beside in (best - 1, best + 1):
        if 0 <= beside < len(known) and known[beside].keys() - known[best].keys():
            columns = known[beside] | columns
            last = max(last, beside)
    if not {column.key for column in columns.values()} >= set(REQUIRED):
        return None
    _refuse_doubles(columns)
    unread = frozenset(i for i, text in words.items() if text in IGNORED)
    others = {i: name for i, name in names.items() if i not in columns and i not in unread}
    return _Heading(last + 1, columns, others, unread)


def _words(line: Any) -> dict[int, str]:
    found = {i: word(value) for i, value in enumerate(line) if isinstance(value, str)}
    return {i: text for i, text in found.items() if text}


def _refuse_doubles(columns: dict[int, Column]) -> None:
    seen: set[str] = set()
    for column in columns.values():
        if column.key in seen:
            raise Unreadable(f"Sổ có hai cột «{column.heading}». Hãy bỏ bớt một cột rồi nhập lại.")
        seen.add(column.key)


def _behind(sheet: Any) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """What the values do not tell: cells that a merge covers downwards, and formulas without a result."""
    with sheet.parent._archive.open(sheet._worksheet_path) as source:
        content = source.read(WHOLE_LIMIT)
    covered: dict[tuple[int, int], int] = {}
    for match in MERGED.finditer(content):
        left, first, _, last = range_boundaries(match[1].decode())
        if left is None or first is None or last is None or left > COLUMNS:
            continue
        for row in range(first + 1, min(last, first + ROWS) + 1):
            covered[row, left] = first
        if len(covered) > COVERED:
            raise Unreadable("Sổ có quá nhiều ô gộp. Hãy bỏ gộp ô rồi nhập lại.")
    uncomputed = {
        (int(cell[2]), column_index_from_string(cell[1].decode()))
        for match in UNCOMPUTED.finditer(content)
        if b't="str"' not in match[1]  # a formula whose result is an empty text
        and (cell := CELL.search(match[1]))
    }
    return covered, uncomputed


def _filled(number: int, values: Any, merged: dict[tuple[int, int], int], above: dict[int, Cell]) -> list[Cell]:
    """The row with the cells that a merge from above covers. `above`: the last values outside merges."""
    filled: list[Cell] = list(values)
    for i, value in enumerate(filled):
        if merged and (number, i + 1) in merged:
            filled[i] = above.get(i)
        else:
            above[i] = value
    return filled


def _raw(
    sheet: str, number: int, values: list[Cell], heading: _Heading, uncomputed: set[tuple[int, int]]
) -> RawRow:
    cells = {column.key: values[i] for i, column in heading.known.items() if i < len(values)}
    beside = (i for i in range(len(values)) if i not in heading.known and i not in heading.unread)
    others = {heading.name_of(i): values[i] for i in beside if values[i] is not None}
    broken = {c.key: NOT_COMPUTED for i, c in heading.known.items() if (number, i + 1) in uncomputed}
    return RawRow(sheet, number, cells, others, broken)


def _said(raw: RawRow) -> list[str]:
    """The columns that say something, the row's own number apart."""
    cells = ((key, value) for key, value in raw.cells.items() if key != Reads.ORDER)
    return [key for key, value in cells if key in raw.broken or (value is not None and str(value).strip())]


def _is_total(raw: RawRow) -> bool:
    """`Tổng cộng` in some cell, and no person in the row."""
    words = [key for key, value in raw.cells.items() if isinstance(value, str) and TOTAL.match(word(value))]
    person = {key for key in ("full_name", "received_on") if str(raw.cells.get(key) or "").strip()}
    return bool(words) and not person - set(words)


def _is_person(raw: RawRow) -> bool:
    """Not blank, and not a sample of how to write."""
    order = raw.cells.get(Reads.ORDER)
    is_sample = isinstance(order, str) and word(order).startswith(word(SAMPLE))
    return bool(_said(raw)) and not is_sample
