"""The saved lists of a list: a row of links, opening one, and the forms that keep, rename and delete one."""

import streamlit as st

from pages.ui import filters, form
from pages.ui.format import read_id, text
from pages.ui.screen import action, screen
from services.registers import saved_lists
from services.registers.listing import Listing, Query
from services.work import Work

OPEN, DO, ROW = "saved", "do", "row"
NAMES = (OPEN, DO, ROW)
KEEP, CHANGE = "keep", "list"
TITLE, KEEP_THIS, EDIT = "Danh sách đã lưu", "Lưu danh sách này", "Sửa, xóa"
FORGET, FORGET_TITLE = "Xóa danh sách này", "Sửa danh sách đã lưu"


def open_asked(listing: Listing) -> None:
    """Opens the saved list named in the address: its filters take the list's name's place there, its text
    goes into the search."""
    asked = st.query_params.get(OPEN)
    if asked is None:
        return
    with screen() as work:
        query = saved_lists.query_of(work, listing, read_id(asked))
    st.session_state[f"{listing.name}:typed"] = st.session_state[f"{listing.name}:text"] = query.text
    st.query_params.from_dict(dict(query.codes))


def links(work: Work, listing: Listing, query: Query) -> str:
    """The saved lists, the open one marked; and the way to keep the list as it stands."""
    offered = saved_lists.offered(work, listing)
    now = saved_lists.codes_of(work, listing, query) if query.codes else ""
    narrowed = bool(now or query.text.strip())
    said, known = "", False
    for one in offered:
        here = narrowed and saved_lists.same(one, now)
        known = known or here
        mark = ' class="now" aria-current="page"' if here else ""
        shared = f' <span class="quiet">({text(one.shared_with.label)})</span>' if one.shared_with else ""
        said += f'<a href="/{listing.name}?{OPEN}={one.id:x}"{mark}>{text(one.title)}{shared}</a>'
        if here and one.own:
            said += f' <a class="plain" href="{text(_to(listing, query, CHANGE, one.id))}">{EDIT}</a>'
    if narrowed and not known and saved_lists.may_keep(work):
        said += f' <a class="plain" href="{text(_to(listing, query, KEEP))}">{KEEP_THIS}</a>'
    label = f'<span class="quiet">{TITLE}:</span>' if offered else ""
    return f'<nav class="saved" aria-label="{TITLE}">{label}{said}</nav>' if said else ""


def forms(listing: Listing, query: Query) -> None:
    """The form named in the address."""
    asked = st.query_params.get(DO)
    if asked == KEEP:
        _keep(listing, query)
    elif asked == CHANGE:
        _change(listing, query, read_id(st.query_params.get(ROW)))


def _keep(listing: Listing, query: Query) -> None:
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{KEEP_THIS}</h2>")
        form.draw(
            saved_lists.keep_form(listing, query),
            ask=lambda work: saved_lists.new(work, listing),
            key=f"keep:{listing.name}",
            done=lambda saved: _close(query),
            leave=_back(listing, query),
        )


def _change(listing: Listing, query: Query, saved_id: int | None) -> None:
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{FORGET_TITLE}</h2>")
        form.draw(
            saved_lists.rename_form(listing),
            ask=lambda work: saved_lists.own(work, listing, saved_id),
            key=f"list:{saved_id or 0:x}",
            done=lambda saved: _close(query),
            leave=_back(listing, query),
        )
        if st.button(FORGET, key="forget_list", type="tertiary"):
            with action() as act:
                saved_lists.forget(act.work, listing, saved_id)
            if act.done:
                st.session_state["flash"] = "Đã xóa"
                _close(query)


def _to(listing: Listing, query: Query, do: str, saved_id: int | None = None) -> str:
    row = {ROW: f"{saved_id:x}"} if saved_id is not None else {}
    return filters.address(f"/{listing.name}", {**query.codes, DO: do, **row})


def _back(listing: Listing, query: Query) -> str:
    return filters.address(f"/{listing.name}", query.codes)


def _close(query: Query) -> None:
    st.query_params.from_dict(dict(query.codes))
    st.rerun()
