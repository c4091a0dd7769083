"""The tables of an import: what comes of each row, what differs, what was refused and why."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit as st

from pages.ui import links
from pages.ui.format import badge, text
from pages.ui.table import html_table
from services.import_trial import updates
from services.importing import BatchLine, Plan, PlanRow, Remark, Result, Status
from services.text import vn_number

T = TypeVar("T")
ROW, ORDER, COLUMN, REASON = "Dòng", "STT", "Cột", "Lý do"
NOBODY = ("", "")
NAME, BIRTH, RECEIVED, UNIT = "Họ và tên", "Ngày sinh", "Ngày tiếp nhận", "Đơn vị tiếp nhận"
BEFORE, AFTER = "Đang có", "Trong sổ"
NEW, DIFFERING, REFUSED, WARNED = "Sẽ nhập", "Khác với hồ sơ đã có", "Bị từ chối", "Nhập được, cần xem lại"
SAME = "Đã có, không đổi"
TICK_ALL, PAGE = "Cập nhật tất cả", "Trang"
UNDO, STANDS, UNDONE = "Hoàn tác", "Đang dùng", "Đã hoàn tác"
AT_ONCE = 50


def summary(plan: Plan) -> str:
    """The counts of a tried register, before anything is written."""
    refused = len({line.number for line in plan.of(Status.REFUSED)})
    boxes = (
        (len(plan.of(Status.NEW)), NEW.lower(), "main"),
        (len(plan.of(Status.SAME)), SAME.lower(), ""),
        (len(updates(plan)), DIFFERING.lower(), ""),
        (refused, REFUSED.lower(), ""),
    )
    said = f"<p><b>{text(plan.file_name)}</b>: đọc thử xong, chưa ghi gì.</p>"
    return f'{said}<div class="balance">{_boxes(boxes)}</div>'


def done(result: Result) -> str:
    """What an import wrote."""
    refused = len({remark.row for remark in result.refused})
    boxes = (
        (result.accepted, "đã nhập", "main"),
        (result.changed, "đã cập nhật", ""),
        (result.already_there, SAME.lower(), ""),
        (refused, REFUSED.lower(), ""),
    )
    return f'<div class="done-box"><b>Đã nhập sổ.</b><div class="balance">{_boxes(boxes)}</div></div>'


def _boxes(boxes: Sequence[tuple[int, str, str]]) -> str:
    return "".join(
        f'<div class="{kind}"><b>{vn_number(number)}</b><span>{text(name)}</span></div>'
        for number, name, kind in boxes
    )


def tick_label(line: PlanRow) -> str:
    """Plain words: a label is markdown, so no text of the sheet stands in it."""
    where = f"hồ sơ {line.code}" if line.code else f"dòng {line.twin} của sổ này"
    return f"Dòng {line.number}: cập nhật {where}"


def differences(line: PlanRow) -> str:
    """Field by field: what stands in the system, what in the register."""
    name = f'<p class="quiet">{text(line.row.full_name)}</p>' if line.row else ""
    rows = ([text(d.column), text(d.before), _after(d.after, d.applies)] for d in line.differences)
    return name + html_table((COLUMN, BEFORE, AFTER), rows)


def _after(value: str, applies: bool) -> str:
    return f"<b>{text(value)}</b>" if applies else '<span class="quiet">để trống: giữ điều đang có</span>'


def remarks(title: str, found: Sequence[Remark], key: str, whose: Mapping[Remark, tuple[str, str]]) -> None:
    """Refusals or warnings by row of the sheet, a page at a time. `whose`: STT and name of each one's row."""
    if title:
        rows = len({remark.row for remark in found})
        st.html(f'<section class="block head"><h2>{title} ({vn_number(rows)} dòng)</h2></section>')
    shown = paged(found, key)
    lines = [[str(r.row), *map(text, (*whose.get(r, NOBODY), r.column, r.reason))] for r in shown]
    st.html(html_table((ROW, ORDER, NAME, COLUMN, REASON), lines))


def new_table(rows: Sequence[tuple[int, str, str, str, str]]) -> str:
    lines = ([str(row), *map(text, (name, birth, day, unit))] for row, name, birth, day, unit in rows)
    return html_table((ROW, NAME, BIRTH, RECEIVED, UNIT), lines)


def batches(found: Sequence[tuple[BatchLine, str]]) -> str:
    """The imports made; those that stand can be undone."""
    heads = ("Lúc", "Tệp", "Người nhập", "Nhập", "Cập nhật", "Đã có", "Từ chối", "Tình trạng", "")
    return html_table(heads, (_batch(line, at) for line, at in found), numbers={3, 4, 5, 6})


def _batch(line: BatchLine, at: str) -> list[str]:
    counts = (line.accepted, line.changed, line.already_there, line.refused)
    undone = line.undone_at is not None
    state = badge(UNDONE) if undone else badge(STANDS, "good")
    undo = "" if undone else links.to_screen("import", UNDO, undo=format(line.id, "x"))
    return [
        f'<span class="once">{at}</span>',
        text(line.file_name),
        text(line.by_name),
        *map(vn_number, counts),
        state,
        undo,
    ]


def paged(rows: Sequence[T], key: str) -> Sequence[T]:
    """A page of rows; a list of pages to choose from when there are several."""
    pages = -(-len(rows) // AT_ONCE)
    if pages <= 1:
        return rows
    number = int(st.selectbox(f"{PAGE} (1–{pages})", range(1, pages + 1), key=key, width=140))
    return rows[(number - 1) * AT_ONCE : number * AT_ONCE]
