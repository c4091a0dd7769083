"""What was deleted in the last days and can be put back: whole files, and for a head all the unit deleted."""

import streamlit as st

from pages.ui import form, removals
from pages.ui.format import case_address, read_id
from pages.ui.screen import go_to, screen
from services.registers.core import Asked
from services.registers.removal_forms import RESTORE
from services.removals import removal

TITLE = "Đã xóa trong 7 ngày qua"
DONE = "Đã xóa hồ sơ. Nếu xóa nhầm, bấm «Khôi phục» ở dòng của hồ sơ."
NOTHING = "Không có nội dung nào bị xóa trong 7 ngày qua."


def render() -> None:
    form.flash()
    with screen() as work:
        every = removal.shown(work)
        listed = removals.html_list(every) if every else f'<p class="quiet">{NOTHING}</p>'
    st.html(f'<div class="page-title"><h1>{TITLE}</h1></div>')
    if st.query_params.get("done"):
        st.html(f'<div class="done-box" role="status"><p>{DONE}</p></div>')
    _undo(read_id(st.query_params.get("undo")))
    st.html(f'<section class="block tables">{listed}</section>')


def _undo(removal_id: int | None) -> None:
    if removal_id is None:
        return
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{RESTORE.title}</h2>")
        form.draw(
            RESTORE,
            ask=lambda work: Asked(work, row=removal.to_restore(work, removal_id)),
            key=f"{RESTORE.name}:{removal_id:x}",
            done=lambda case_id: go_to(case_address(case_id or 0)),
            leave="/removed",
        )
