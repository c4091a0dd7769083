"""One screen of work lists: their counts, one of them with its lines, filters by unit and district."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from pages.ui import filters
from pages.ui.format import badge, case_address, day, late_tone, once, state_badge, text
from pages.ui.screen import screen
from pages.ui.table import html_pager, html_table
from services import worklists
from services.registers.case_forms import FORMS
from services.registers.case_list import DISTRICT, UNIT, where
from services.text import vn_number
from services.work import Work
from services.worklists import Line, Where, WorkList

NAMES = ("list", "late", UNIT.name, DISTRICT.name)
LATE, ALL_LINES = "Chỉ xem quá hạn", "Xem tất cả"
NOTHING = "Không có việc nào đang chờ trong danh sách này."


def render(screen_name: str, title: str) -> None:
    """Draws the lists of a screen. The address says which list, which filters and which page."""
    st.html(f'<div class="page-title"><h1>{text(title)}</h1></div>')
    with screen() as work:
        lists = worklists.of_screen(work, screen_name)
        codes = filters.codes(NAMES)
        chosen = next((found for found in lists if found.name == codes.get("list")), lists[0])
        narrowed = where(work, codes)
        st.html(_lists(work, lists, chosen, codes, narrowed))
        _filters(work, screen_name)
        _draw(work, chosen, codes, f"/{screen_name}", narrowed)


def _filters(work: Work, screen_name: str) -> None:
    grid = st.columns([1, 1, 1])
    for place, one in zip(grid, (UNIT, DISTRICT), strict=False):
        with place:
            filters.choose(one, work, screen_name)


def _lists(work: Work, lists: list[WorkList], chosen: WorkList, codes: Mapping[str, str], narrowed: Where) -> str:
    """Each list with its count, under the same filters as its lines."""
    links = ""
    for found in lists:
        total, late = worklists.tally(work, found, narrowed)
        address = filters.address(f"/{found.screen}", _kept(codes) | {"list": found.name})
        now = ' class="now" aria-current="page"' if found is chosen else ""
        over = f" {badge(f'{late} quá hạn', 'bad')}" if late else ""
        links += f'<a href="{text(address)}"{now}>{text(found.label)}<b>{vn_number(total)}</b>{over}</a>'
    return f'<nav class="lists" aria-label="Danh sách việc">{links}</nav>'


def _kept(codes: Mapping[str, str]) -> dict[str, str]:
    return {name: code for name, code in codes.items() if name in (UNIT.name, DISTRICT.name)}


def _draw(work: Work, chosen: WorkList, codes: dict[str, str], path: str, narrowed: Where) -> None:
    late = codes.get("late") == "1" and bool(chosen.limit)
    page = worklists.page(work, chosen, replace(narrowed, late=late), number=filters.number())
    own = codes | {"list": chosen.name, "late": "1" if late else ""}
    number = str(page.number) if page.number > 1 else ""
    st.session_state["list_address"] = filters.address(path, own | {filters.PAGE: number})
    said = f'<p class="quiet">{text(chosen.what)}'
    if chosen.limit:
        address = filters.address(path, own | {"late": "" if late else "1"})
        said += f' <a href="{text(address)}">{ALL_LINES if late else LATE}</a>'
    pager = html_pager(page.number, page.pages, lambda n: filters.address(path, own | {filters.PAGE: str(n)}))
    lines = (
        _table(chosen, page.rows, worklists.may_act(work, chosen)) + pager
        if page.rows
        else f'<p class="quiet">{NOTHING}</p>'
    )
    st.html(f"{said}</p>{lines}")


def _table(chosen: WorkList, lines: Sequence[Line], acting: bool) -> str:
    named = any(line.case.name is not None for line in lines)
    detailed = any(line.detail for line in lines)
    heads = ["Họ và tên" if named else "Số hồ sơ", *(["Nội dung"] if detailed else []), "Từ ngày", "Đã qua"]
    heads += [*(["Thời hạn"] if chosen.limit else []), "Đơn vị tiếp nhận", "Cư trú", "Tình trạng"]
    heads += [""] if acting else []
    return html_table(heads, (_cells(chosen, line, named, detailed, acting) for line in lines), kind="open")


def _cells(chosen: WorkList, line: Line, named: bool, detailed: bool, acting: bool) -> list[str]:
    case = line.case
    name = f'<a href="{case_address(case.id)}">{text(case.name if named else case.code)}</a>'
    quiet = f' <span class="quiet once">{text(case.code)}</span>' if named else ""
    cells = [f"<span>{name}{quiet}</span>", *([text(line.detail)] if detailed else [])]
    cells += [once(day(line.since)), once(f"{line.days} ngày")]
    if chosen.limit:
        cells.append(_due(line))
    cells += [text(case.unit), text(case.home), state_badge(case.state, case.state.label)]
    if acting:
        cells.append(
            f'<a class="do" href="{case_address(case.id, chosen.form)}">{text(FORMS[chosen.form].title)}</a>'
        )
    return cells


def _due(line: Line) -> str:
    if line.due is None:
        return ""
    if line.due.on is None:
        return f'<span class="quiet" title="{text(line.due.words)}">{text(line.due.short)}</span>'
    late = badge(line.due.lateness.words, late_tone(line.due.lateness))
    return f'<span title="{text(line.due.source)}">{once(day(line.due.on))} {late}</span>'
