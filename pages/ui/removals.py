"""What was deleted, as people see it: the undo right after, and the list of what can be put back."""

from collections.abc import Sequence

import streamlit as st

from pages.ui.format import case_address, joined, link, text
from pages.ui.screen import go_to
from pages.ui.table import html_table
from services.cases import CaseView
from services.registers.removal_forms import REMOVE, RESTORE, WHOLE_FILE
from services.removals import removal
from services.removals.removal import Removed
from services.work import VIETNAM, Work

HEADS = ("Nội dung đã xóa", "Xóa lúc", "Người xóa", "Lý do", "")
TITLE = "Đã xóa trong hồ sơ này"
RETURNED = "Thủ trưởng trả lại, không khôi phục"
UNDO, DONE, PUT_BACK = "Hoàn tác", "Đã xóa.", "Khôi phục"
LIST = "/removed"
_LAST = "removal:last"


def done(form_name: str, removal_id: int | None) -> None:
    """After a form of the file was saved: a deletion offers its undo; the file itself has no page any more."""
    if not form_name.startswith(REMOVE) or removal_id is None:
        return
    if form_name == WHOLE_FILE:
        go_to(f"{LIST}?done={removal_id:x}")
        st.stop()
    st.session_state[_LAST] = removal_id


def html_undo(case_id: int) -> str:
    """The line that follows a deletion, once."""
    removal_id = st.session_state.pop(_LAST, None)
    if removal_id is None:
        return ""
    undo = link(case_address(case_id, RESTORE.name, removal_id), UNDO, kind="do")
    return f'<div class="done-box" role="status"><p>{DONE} {undo}</p></div>'


def html_of_file(work: Work, view: CaseView) -> str:
    """What was deleted in a file, and «Xóa hồ sơ» for those who may; nothing for everybody else."""
    case = view.case
    found = removal.of_case(work, case)
    listed = f"<h2>{TITLE}</h2>{html_list(found)}" if found else ""
    whole = ""
    if removal.may(work, case, case):
        whole = link(case_address(case.id, WHOLE_FILE), "Xóa hồ sơ", kind="do small")
    said = joined((listed, f'<p class="also remove-file">{whole}</p>' if whole else ""), "")
    return f'<section class="block tables">{said}</section>' if said else ""


def html_list(found: Sequence[Removed]) -> str:
    """One line a deletion, with its undo for those who may."""
    return html_table(HEADS, [_line(one) for one in found])


def _line(one: Removed) -> list[str]:
    what = one.what[0].upper() + one.what[1:]
    code = f" (hồ sơ {one.case_code})" if one.case_code else ""
    at = one.at.astimezone(VIETNAM)
    return [text(what + code), f"{at:%d/%m/%Y %H:%M}", text(one.by_name), text(one.reason), _undo(one)]


def _undo(one: Removed) -> str:
    if one.returned:
        return f'<span class="quiet">{RETURNED}</span>'
    if not one.may_restore:
        return ""
    in_file = bool(one.case_id and one.case_code)
    address = case_address(one.case_id or 0, RESTORE.name, one.id) if in_file else f"{LIST}?undo={one.id:x}"
    return link(address, PUT_BACK, kind="do small")
