"""The scans of a file, in its sheet: what was kept, by whom, and opening one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.attachments import Attachment
from services.registers.sheet import Action, Block, Line, Table
from services.scans import attachments
from services.text import vn_date, vn_number
from services.work import VIETNAM

if TYPE_CHECKING:
    from services.registers.case_sheet import Sheet

TITLE, EMPTY = "Bản chụp giấy tờ", "Chưa có bản chụp nào."
ADD, OPEN = "add_scan", "open_scan"  # drawn by pages/ui/attachments.py
ADD_LABEL, OPEN_LABEL = "Thêm bản chụp", "Mở"
HEADS = ("Loại giấy tờ", "Tên giấy tờ", "Tệp", "Người tải lên", "Ngày tải lên")


def blocks(sheet: "Sheet") -> Sequence[Block]:
    """The list of those the reader may open; nothing for who may neither open nor add one."""
    found = attachments.find(sheet.work, sheet.view.case)
    may_add = attachments.adding_right(sheet.work, sheet.view.case) is not None
    if not found and not may_add:
        return ()
    lines = tuple(Line(cells(row), Action(OPEN, OPEN_LABEL, row.id), sheet.removing(row)) for row in found)
    tables = (Table("", HEADS, lines),) if lines else ()
    return (Block(TITLE, tables=tables, empty=EMPTY, add=Action(ADD, ADD_LABEL) if may_add else None),)


def size_words(size: int) -> str:
    """`340 kB`, `2,1 MB`: the size of a file as people read it."""
    if size < 1_000_000:
        return f"{vn_number(max(size // 1000, 1))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def cells(row: Attachment) -> tuple[str, ...]:
    """What is said of a scan, under `HEADS`."""
    day = row.created_at.astimezone(VIETNAM).date()
    return (
        row.kind.label,
        row.title,
        f"{row.media_type.label}, {size_words(row.size)}",
        row.by_name,
        vn_date(day),
    )
