"""The documents of a file, in its sheet: what was made, its number and date, opening one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.letters import issuing, opening
from services.registers.sheet import Action, Block, Line, Table
from services.text import vn_date

if TYPE_CHECKING:
    from services.registers.case_sheet import Sheet

TITLE, EMPTY = "Văn bản", "Chưa lập văn bản nào."
MAKE, OPEN = "make_letter", "letter"  # drawn by pages/ui/letters.py
HEADS = ("Văn bản", "Tình trạng", "Số, ký hiệu", "Ngày văn bản", "Người lập")


def blocks(sheet: "Sheet") -> Sequence[Block]:
    """The list of documents for those who may see who the file is about; nothing for the others."""
    if not opening.may_read(sheet.work):
        return ()
    may_make = bool(issuing.offered(sheet.work, sheet.view.case))
    letters = sheet.view.letters
    if not letters and not may_make:
        return ()
    lines = tuple(
        Line(
            (one.title, one.state.label, one.number or "", vn_date(one.dated), one.by_name),
            Action(OPEN, "Mở", one.id),
        )
        for one in letters
    )
    tables = (Table("", HEADS, lines),) if lines else ()
    return (Block(TITLE, tables=tables, empty=EMPTY, add=Action(MAKE, "Lập văn bản") if may_make else None),)
