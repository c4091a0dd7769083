"""The list of files: found by name, number or filters; an address that reopens the same list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.ui import filters, form
from pages.ui.format import case_address, day, joined, once, state_badge, text
from pages.ui.screen import download_button, screen
from pages.ui.table import html_pager, html_table
from services import cases
from services.access import Right, has
from services.cases import CaseFilter, CaseRow
from services.importing import register_pdf_document, register_xlsx
from services.paging import Page
from services.registers.case_list import DAYS, MAIN, MORE, NAMES, SORT, wanted
from services.reports import pdf
from services.text import vn_number
from services.work import Work

TITLE, FOUND = "Hồ sơ", "hồ sơ"
SEARCH, SEARCH_HELP = "Tìm hồ sơ", "Họ tên (có dấu hay không dấu), số hồ sơ, số CMND/CCCD"
MORE_FILTERS, CLEAR = "Lọc thêm", "Bỏ lọc"
NOTHING = "Không có hồ sơ nào khớp. Bỏ bớt điều kiện lọc, hoặc kiểm tra lại chữ đã gõ."


@dataclass(frozen=True)
class File:
    """A form in which the list leaves."""

    label: str
    ending: str
    media_type: str
    make: Callable[..., bytes]


def _pdf(work: Work, wanted: CaseFilter) -> bytes:
    return pdf.render(register_pdf_document(work, wanted))


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = (
    File("Xuất Excel", "xlsx", XLSX, register_xlsx),
    File("Xuất PDF", "pdf", "application/pdf", _pdf),
)
TYPED, LOOK_FOR, KEPT = "cases:typed", "cases:text", "cases:kept"


def render() -> None:
    form.flash()
    _come_back()
    head = st.container(horizontal=True, vertical_alignment="bottom")
    with screen() as work:
        _filters(work)
        codes = filters.codes(NAMES)
        chosen = wanted(work, codes, st.session_state.get(LOOK_FOR, ""))
        found = cases.find(work, chosen, page=filters.number(), sort=codes.get(SORT.name, ""))
        _remember(codes | {filters.PAGE: str(found.number) if found.number > 1 else ""})
        with head:
            _head(work, found, chosen, bool(codes or chosen.text))
        pager = html_pager(
            found.number, found.pages, lambda n: filters.address("/cases", codes | {"page": str(n)})
        )
        st.html(_table(found) + pager if found.rows else f'<p class="quiet">{NOTHING}</p>')


def _head(work: Work, found: Page[CaseRow], chosen: CaseFilter, narrowed: bool) -> None:
    """The title with the count, and what may be done with the whole list."""
    st.html(f'<div class="page-title"><h1>{TITLE}</h1><span class="quiet">{_said(found)}</span></div>')
    if narrowed:
        st.button(CLEAR, key="cases:clear", type="tertiary", on_click=_clear)
    if has(work.actor, Right.EXPORT) and found.total:
        name = f"so-tiep-nhan-{work.today.isoformat()}"
        for file in FILES:
            download_button(
                file.label,
                key=f"cases:{file.ending}",
                name=f"{name}.{file.ending}",
                media_type=file.media_type,
                right=Right.EXPORT,
                produce=partial(file.make, wanted=chosen),
                what="register",
            )


def _come_back() -> None:
    """From the menu, the list stands as it was left; an address with filters says its own."""
    if TYPED not in st.session_state:
        st.session_state[TYPED] = st.session_state.get(LOOK_FOR, "")
        kept = st.session_state.get(KEPT, {})
        if kept and not filters.codes((*NAMES, filters.PAGE)):
            st.query_params.from_dict(kept)


def _remember(params: Mapping[str, str]) -> None:
    said = {name: value for name, value in params.items() if value}
    st.session_state[KEPT] = said
    st.session_state["list_address"] = filters.address("/cases", said)


def _filters(work: Work) -> None:
    first = st.columns([2, 1, 1])
    with first[0]:
        st.text_input(
            SEARCH, key=TYPED, placeholder=SEARCH_HELP, autocomplete="off", live="400ms", on_change=_look_for
        )
    for place, one in zip(first[1:], MAIN, strict=True):
        with place:
            filters.choose(one, work, "cases")
    more = filters.codes((*(one.name for one in MORE), *DAYS))
    box = st.expander(MORE_FILTERS, expanded=bool(more), key="cases:more", on_change="rerun")
    if box.open:  # drawn only when wanted: seven fields cost as much as the list itself
        with box:
            _more_filters(work)


def _more_filters(work: Work) -> None:
    with st.grid(4, min_column_width=170):
        for one in MORE:
            filters.choose(one, work, "cases")
        for name, label in DAYS.items():
            filters.day(name, label, "cases")
        filters.choose(SORT, work, "cases", always=True)


def _look_for() -> None:
    st.session_state[LOOK_FOR] = st.session_state.get(TYPED, "")
    st.query_params.pop(filters.PAGE, None)


def _clear() -> None:
    st.session_state[TYPED] = st.session_state[LOOK_FOR] = ""
    st.session_state[KEPT] = {}
    st.query_params.clear()


def _said(found: Page[CaseRow]) -> str:
    many = f", trang {found.number}/{found.pages}" if found.pages > 1 else ""
    return f"{vn_number(found.total)} {FOUND}{many}"


def _table(found: Page[CaseRow]) -> str:
    named = any(row.name is not None for row in found.rows)
    heads = ("Họ và tên", "Số hồ sơ", "Ngày sinh") if named else ("Số hồ sơ",)
    return html_table(
        (*heads, "Giới tính", "Tiếp nhận", "Cư trú", "Nơi, hình thức", "Tình trạng"),
        (_cells(row, named) for row in found.rows),
        kind="open",
    )


def _cells(row: CaseRow, named: bool) -> list[str]:
    address = case_address(row.id)
    first = f'<a href="{address}">{text(row.name if named else row.code)}</a>'
    identity = [first, once(text(row.code)), once(day(row.birth))] if named else [first]
    found = joined((text(row.place.label if row.place else ""), text(row.way.label if row.way else "")), ", ")
    return [
        *identity,
        text(row.sex.label if row.sex else ""),
        f'<span>{once(day(row.received_on))} <span class="quiet">{text(row.unit)}</span></span>',
        text(row.home),
        found,
        state_badge(row.state, row.state.label),
    ]
