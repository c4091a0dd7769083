"""A register on the screen: its list, one row whole with its history, its form. The address says which.

A page of a register is three lines: `def render(): register.draw(COURSES)`.
"""

import streamlit as st

from pages.ui import form, listing
from pages.ui.format import link, read_id, text
from pages.ui.screen import action, screen
from pages.ui.table import html_facts
from pages.ui.timeline import html_history
from services.registers import store, store_removal
from services.registers.listing import Register
from services.registers.store import ADD, EDIT

BACK, CHANGE, HISTORY = "← Danh sách", "Sửa", "Diễn biến"
REMOVE = "remove"


def draw(register: Register) -> None:
    """Draws the list, the row or the form that the address names."""
    asked, do = st.query_params.get("id"), st.query_params.get("do", "")
    row_id = read_id(asked)
    if asked is not None:
        _one(register, -1 if row_id is None else row_id, do)
    elif do == ADD:
        _form(register, ADD, None)
    else:
        with screen() as work:
            may_add = store.may_write(work, register)
        title = store.forms(register)[ADD].title
        more = link(f"/{register.name}?do={ADD}", title, kind="do main") if may_add else ""
        _undo(register)
        listing.draw(store.listing(register), more=more)


def _one(register: Register, row_id: int, do: str) -> None:
    """One row whole; the form about it when the address asks for one."""
    form.flash()
    with screen() as work:
        row = store.get(work, register, row_id)
        facts = store.facts(work, register, row)
        moments = html_history(store.moments(work, register, row))
        may_write = store.may_write(work, register)
    back = link(st.session_state.get("list_address", f"/{register.name}"), BACK, kind="back")
    here = f"/{register.name}?id={row_id:x}"
    ways = {EDIT: CHANGE, REMOVE: store_removal.TITLE} if may_write else {}
    doing = " ".join(link(f"{here}&do={name}", label, kind="do") for name, label in ways.items())
    head = f'{back}<div class="page-title"><h1>{text(register.word.capitalize())}</h1>{doing}</div>'
    st.html(head)
    if may_write and do in (EDIT, REMOVE):
        _form(register, do, row_id)
    blocks = "".join(
        f'<section class="block"><h2>{text(title or register.title)}</h2>{html_facts(found)}</section>'
        for title, found in facts
        if found
    )
    st.html(f'<div class="sheet">{blocks}</div>')
    st.html(f'<section class="block"><h2>{HISTORY}</h2>{moments}</section>')


def _form(register: Register, do: str, row_id: int | None) -> None:
    chosen = store_removal.form(register) if do == REMOVE else store.forms(register)[do]
    back = f"/{register.name}" + (f"?id={row_id:x}" if row_id is not None else "")
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(chosen.title)}</h2>")
        form.draw(
            chosen,
            ask=lambda work: store.asked(work, register, row_id),
            key=f"{chosen.name}:{row_id or 0:x}",
            done=lambda saved: _after(register, do, row_id, saved),
            leave=back,
        )


def _after(register: Register, do: str, row_id: int | None, saved: int | None) -> None:
    """After saving, the row; after deleting, the list with the way back."""
    if do == REMOVE:
        st.session_state[f"undo:{register.name}"] = saved
        st.query_params.clear()
    else:
        st.query_params.from_dict({"id": f"{(row_id if row_id is not None else saved) or 0:x}"})
    st.rerun()


def _undo(register: Register) -> None:
    """What was just deleted can be put back, from the list."""
    removal_id = st.session_state.get(f"undo:{register.name}")
    if removal_id is None:
        return
    if st.button(store_removal.UNDO, key="undo_removal"):
        with action() as act:
            store_removal.restore(act.work, register, removal_id)
        if act.done:
            st.session_state.pop(f"undo:{register.name}", None)
            st.session_state["flash"] = "Đã khôi phục"
            st.rerun()
