"""Nhật ký: who did what and when, in sentences; the check of the whole trail."""

import streamlit as st

from pages.ui import filters
from pages.ui.format import case_address, link, text
from pages.ui.screen import screen
from pages.ui.table import html_pager, html_table
from services import trail, trail_check
from services.paging import Page
from services.registers.trail_list import DAYS, NAMES, WHAT, WHO, may_ask_for_files, may_verify, wanted
from services.text import vn_date, vn_number
from services.trail import TrailLine
from services.trail_check import Verdict

TITLE, ENTRIES = "Nhật ký", "dòng"
CASE = "Số hồ sơ"
HEADS = ("Lúc", "Ai", "Việc", "Lý do", "")
OPEN = "Mở hồ sơ"
NOTHING = "Không có dòng nào khớp."
CHECK = "Kiểm tra toàn bộ"
CHECK_HELP = "Đối chiếu từng dòng nhật ký và từng bản ghi với dấu đã lưu; có thể mất vài phút."
CHECKING, CLEAN = "Đang kiểm tra…", "Nhật ký nguyên vẹn"
BROKEN = "Nhật ký hoặc dữ liệu đã bị sửa ngoài chương trình. Báo thủ trưởng đơn vị, giữ nguyên máy chủ."
SHOWN = 100  # findings on the screen


def render() -> None:
    head = st.container()
    with screen() as work:
        grid = st.columns(5)
        for place, one in zip(grid, (WHO, WHAT), strict=False):
            with place:
                filters.choose(one, work, "trail")
        for place, (name, label) in zip(grid[2:], DAYS.items(), strict=False):
            with place:
                filters.day(name, label, "trail")
        with grid[4]:
            number = st.text_input(CASE, key="trail:case", autocomplete="off") if may_ask_for_files(work) else ""
        codes = filters.codes(NAMES)
        page = trail.entries(work, wanted(work, codes, number), filters.number())
        checks = may_verify(work)
    said = f'<span class="quiet">{vn_number(page.total)} {ENTRIES}</span>'
    head.html(f'<div class="page-title"><h1>{TITLE}</h1>{said}</div>')
    if checks:
        _check()
    st.html(_table(page, codes))


def _table(page: Page[TrailLine], codes: dict[str, str]) -> str:
    if not page.rows:
        return f'<p class="quiet">{NOTHING}</p>'
    pager = html_pager(
        page.number, page.pages, lambda n: filters.address("/trail", codes | {filters.PAGE: str(n)})
    )
    return html_table(HEADS, map(_cells, page.rows)) + pager


def _cells(line: TrailLine) -> list[str]:
    return [
        f'<span class="once">{vn_date(line.at.date())} {line.at:%H:%M:%S}</span>',
        f'<span>{text(line.actor)} <span class="quiet">{text(line.role)}</span></span>',
        text(line.sentence[:1].upper() + line.sentence[1:]),
        text(line.reason),
        link(case_address(line.case_id), OPEN, kind="do") if line.case_id else "",
    ]


def _check() -> None:
    """The whole trail against its marks, on demand; what was found stays on the page."""
    if st.button(CHECK, help=CHECK_HELP, key="trail_check"):
        with st.spinner(CHECKING), screen() as work:
            st.session_state["trail:verdict"] = trail_check.verify(work)
    if "trail:verdict" in st.session_state:
        st.html(_verdict(st.session_state["trail:verdict"]))


def _verdict(verdict: Verdict) -> str:
    counted = f"{vn_number(verdict.anchor.count)} dòng nhật ký, {vn_number(verdict.rows)} bản ghi đã đối chiếu"
    if verdict.clean:
        return f'<div class="done-box"><b>{CLEAN}</b>: {counted}.</div>'
    items = "".join(f"<li>{text(found.sentence)}</li>" for found in verdict.findings[:SHOWN])
    return f'<div class="alert" role="alert"><b>{BROKEN}</b> <p>{counted}.</p><ul>{items}</ul></div>'
