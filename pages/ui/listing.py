"""The one drawer of every list: title and count, saved lists, search, filters, sortable heads, one page of
rows, the print and the sheet of it. The address reopens the same list; typed text never stands in it.
"""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.ui import bulk, filters, form, saving
from pages.ui.format import link, once, state_badge, text
from pages.ui.screen import download_button, screen
from pages.ui.table import Sort, html_pager, html_table
from services.access import Right, has
from services.paging import Page
from services.registers import list_files
from services.registers.listing import (
    PAGE_SIZE,
    SORT,
    Column,
    Export,
    Filter,
    Listing,
    Query,
    Value,
    columns_for,
    words,
)
from services.text import vn_number
from services.work import Work

MORE_FILTERS, CLEAR, FILES = "Lọc thêm", "Bỏ lọc", "In, xuất"
PRINT, SHEET = "In danh sách (PDF)", "Xuất Excel danh sách"
SORT_LABEL = "Sắp xếp"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(listing: Listing, *, more: str = "") -> None:
    """Draws a list. `more`: HTML beside the title (a link to the form of a new row)."""
    form.flash()
    _come_back(listing)
    saving.open_asked(listing)
    codes = filters.codes(listing.names)
    query = Query(codes, st.session_state.get(f"{listing.name}:text", ""))
    top = st.container()
    saving.forms(listing, query)
    with screen() as work:
        _filters(work, listing)
        found = listing.find(work, query, filters.number(), PAGE_SIZE)
        _remember(listing, codes | {filters.PAGE: str(found.number) if found.number > 1 else ""})
        with top:
            _top(work, listing, query, found, more)
        st.html(_rows(work, listing, query, found))


def address(listing: Listing, codes: Mapping[str, str]) -> str:
    """Where the list opens with these codes."""
    return filters.address(f"/{listing.name}", codes)


def _come_back(listing: Listing) -> None:
    """From the menu, the list stands as it was left; an address with filters says its own."""
    typed = f"{listing.name}:typed"
    if typed not in st.session_state:
        st.session_state[typed] = st.session_state.get(f"{listing.name}:text", "")
        kept = st.session_state.get(f"{listing.name}:kept", {})
        if kept and not filters.codes((*listing.names, filters.PAGE, *saving.NAMES)):
            st.query_params.from_dict(kept)


def _remember(listing: Listing, params: Mapping[str, str]) -> None:
    said = {name: value for name, value in params.items() if value}
    st.session_state[f"{listing.name}:kept"] = said
    st.session_state["list_address"] = address(listing, said)


def _top(work: Work, listing: Listing, query: Query, found: Page[object], more: str) -> None:
    """The title with the count, what may be done with the whole list, the saved lists."""
    narrowed = bool(query.codes or query.text)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        doing = bulk.offer(work, listing, query, found) + more
        st.html(
            f'<div class="page-title"><h1>{text(listing.title)}</h1>'
            f'<span class="quiet">{_said(listing, found)}</span>{doing}</div>'
        )
        if narrowed:
            st.button(CLEAR, key=f"{listing.name}:clear", type="tertiary", on_click=_clear, args=(listing.name,))
        if has(work.actor, Right.EXPORT) and found.total:
            _files(work, listing, query)
    lists = saving.links(work, listing, query)
    if lists:
        st.html(lists)


def _files(work: Work, listing: Listing, query: Query) -> None:
    """The list as it stands on paper and as a sheet, and what else it may leave as: drawn when wanted."""
    box = st.popover(FILES, key=f"{listing.name}:files", on_change="rerun")
    if not box.open:
        return
    name = f"danh-sach-{listing.name}-{work.today.isoformat()}"
    ways = [
        (PRINT, f"{name}.pdf", "application/pdf", partial(_pdf, listing=listing, query=query), listing.name),
        (SHEET, f"{name}.xlsx", XLSX, partial(_sheet, listing=listing, query=query), listing.name),
    ]
    for one in listing.exports:
        file = f"{one.name}-{work.today.isoformat()}.{one.ending}"
        ways.append((one.label, file, one.media_type, partial(_export, one=one, query=query), one.what))
    with box, st.container(gap="xxsmall"):
        for label, file, media_type, produce, what in ways:
            download_button(
                label,
                key=f"{listing.name}:{label}",
                name=file,
                media_type=media_type,
                right=Right.EXPORT,
                produce=produce,
                what=what,
                type="tertiary",
            )


def _pdf(work: Work, listing: Listing, query: Query) -> bytes:
    from services.reports import pdf

    return pdf.render(list_files.document(work, listing, query))


def _sheet(work: Work, listing: Listing, query: Query) -> bytes:
    return list_files.sheet(work, listing, query)


def _export(work: Work, one: Export, query: Query) -> bytes:
    return one.make(work, query)


def _filters(work: Work, listing: Listing) -> None:
    first = listing.filters[: listing.open_filters]
    places = st.columns([2, *(1 for _ in first)]) if listing.search else st.columns(max(len(first), 1))
    if listing.search:
        with places[0]:
            _search(listing)
    for place, one in zip(places[1:] if listing.search else places, first, strict=False):
        with place:
            filters.choose(one, work, listing.name)
    rest = listing.filters[listing.open_filters :]
    used = filters.codes((*(one.name for one in rest), *listing.days))
    box = st.expander(MORE_FILTERS, expanded=bool(used), key=f"{listing.name}:more", on_change="rerun")
    if box.open:  # drawn only when wanted: these fields cost as much as the list itself
        with box:
            _more_filters(work, listing, rest)


def _search(listing: Listing) -> None:
    st.text_input(
        listing.search,
        key=f"{listing.name}:typed",
        placeholder=listing.search_help,
        autocomplete="off",  # a browser must not remember names
        live="400ms",
        on_change=_look_for,
        args=(listing.name,),
    )


def _more_filters(work: Work, listing: Listing, rest: tuple[Filter, ...]) -> None:
    with st.grid(4, min_column_width=170):
        for one in rest:
            filters.choose(one, work, listing.name)
        for name, label in listing.days.items():
            filters.day(name, label, listing.name)
        orders = filters.orders(SORT, SORT_LABEL, listing.orders(work))
        filters.choose(orders, work, listing.name, always=True)


def _look_for(name: str) -> None:
    st.session_state[f"{name}:text"] = st.session_state.get(f"{name}:typed", "")
    st.query_params.pop(filters.PAGE, None)


def _clear(name: str) -> None:
    st.session_state[f"{name}:typed"] = st.session_state[f"{name}:text"] = ""
    st.session_state[f"{name}:kept"] = {}
    st.query_params.clear()


def _said(listing: Listing, found: Page[object]) -> str:
    many = f", trang {found.number}/{found.pages}" if found.pages > 1 else ""
    return f"{vn_number(found.total)} {text(listing.word)}{many}"


def _rows(work: Work, listing: Listing, query: Query, found: Page[object]) -> str:
    if not found.rows:
        said = "Chưa có {} nào."
        if query.text.strip() or set(query.codes) - {SORT}:
            said = "Không có {} nào khớp. Bỏ bớt điều kiện lọc, hoặc kiểm tra lại chữ đã gõ."
        return f'<p class="quiet">{text(said.format(listing.word))}</p>'
    columns = columns_for(work, listing.columns)
    sorts = {at: sort for at, one in enumerate(columns) if (sort := _sort(listing, query, one)) is not None}
    lines = (_cells(listing, columns, row) for row in found.rows)
    numbers = {at for at, one in enumerate(columns) if any(_is_number(one.value(row)) for row in found.rows)}
    pager = html_pager(
        found.number, found.pages, lambda n: address(listing, {**query.codes, filters.PAGE: str(n)})
    )
    return html_table([one.label for one in columns], lines, numbers=numbers, kind="open", sorts=sorts) + pager


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _sort(listing: Listing, query: Query, column: Column) -> Sort | None:
    """The head's link: upward first, downward when it is sorted so already."""
    if column.sorts is None:
        return None
    up, down = column.sorts
    now = {up: True, down: False}.get(query.sort)
    return Sort(address(listing, {**query.codes, SORT: down if now else up}), now)


def _cells(listing: Listing, columns: list[Column], row: object) -> list[str]:
    cells = [_cell(one, row) for one in columns]
    cells[0] = link(listing.opens(row.id), words(columns[0].value(row)) or "–")  # type: ignore[attr-defined]
    return cells


def _cell(column: Column, row: object) -> str:
    value = column.value(row)
    said = text(words(value))
    if column.state and said:
        return state_badge(str(value), words(value))
    whole = " " not in said or not isinstance(value, str) or not any(one.isalpha() for one in value)
    drawn = once(said) if whole else said  # dates, numbers, telephones in one piece
    second = text(words(column.beside.value(row))) if column.beside is not None else ""
    return f'<span>{drawn} <span class="quiet">· {second}</span></span>' if second and said else drawn or second
