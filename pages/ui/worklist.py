"""One screen of work lists: their counts, one of them with its lines, filters by unit and district."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from pages.ui import bulk, filters
from pages.ui.format import badge, case_address, day, late_tone, once, state_badge, text
from pages.ui.screen import screen
from pages.ui.table import html_pager, html_table
from services import worklists
from services.registers.case_forms import FORMS
from services.registers.case_list import DISTRICT, UNIT, where
from services.text import vn_number
from services.work import Work
from services.worklists import Line, Tally, Where, WorkList

NAMES = ("list", "late", "soon", UNIT.name, DISTRICT.name)
ONLY = {"": "Tất cả", "late": "Quá hạn", "soon": "Đến hạn trong 7 ngày"}
NOTHING = "Không có việc nào đang chờ trong danh sách này."

Counted = tuple[WorkList, Tally]


def render(screen_name: str, title: str) -> None:
    """Draws the lists of a screen. The address says which list, which filters and which page."""
    st.html(f'<div class="page-title"><h1>{text(title)}</h1></div>')
    with screen() as work:
        lists = worklists.of_screen(work, screen_name)
        codes = filters.codes(NAMES)
        chosen = next((found for found in lists if found.name == codes.get("list")), lists[0])
        narrowed = where(work, codes)
        counted = [(found, worklists.tally(work, found, narrowed)) for found in lists]
        st.html(_lists(counted, chosen, codes))
        _filters(work, screen_name)
        _draw(work, chosen, dict(counted)[chosen], codes, narrowed)


def _filters(work: Work, screen_name: str) -> None:
    grid = st.columns([1, 1, 1])
    for place, one in zip(grid, (UNIT, DISTRICT), strict=False):
        with place:
            filters.choose(one, work, screen_name)


def _lists(counted: Sequence[Counted], chosen: WorkList, codes: Mapping[str, str]) -> str:
    """Each list with its count, under the same filters as its lines."""
    links = ""
    for found, tally in counted:
        address = filters.address(f"/{found.screen}", _kept(codes) | {"list": found.name})
        now = ' class="now" aria-current="page"' if found is chosen else ""
        over = f" {badge(f'{tally.late} quá hạn', 'bad')}" if tally.late else ""
        links += f'<a href="{text(address)}"{now}>{text(found.label)}<b>{vn_number(tally.total)}</b>{over}</a>'
    return f'<nav class="lists" aria-label="Danh sách việc">{links}</nav>'


def _kept(codes: Mapping[str, str]) -> dict[str, str]:
    return {name: code for name, code in codes.items() if name in (UNIT.name, DISTRICT.name)}


def _draw(work: Work, chosen: WorkList, tally: Tally, codes: dict[str, str], narrowed: Where) -> None:
    path, only = f"/{chosen.screen}", _only(chosen, codes)
    narrowed = replace(narrowed, late=only == "late", soon=only == "soon")
    page = worklists.page(work, chosen, narrowed, number=filters.number())
    own = _kept(codes) | {"list": chosen.name} | ({only: "1"} if only else {})
    number = str(page.number) if page.number > 1 else ""
    st.session_state["list_address"] = filters.address(path, own | {filters.PAGE: number})
    said = f'<p class="quiet">{text(chosen.what)}</p>'
    if chosen.limit and (tally.late or tally.soon or only):
        said += _narrow(path, _kept(codes) | {"list": chosen.name}, only, tally)
    pager = html_pager(page.number, page.pages, lambda n: filters.address(path, own | {filters.PAGE: str(n)}))
    lines = (
        _table(chosen, page.rows, worklists.may_act(work, chosen)) + pager
        if page.rows
        else f'<p class="quiet">{NOTHING}</p>'
    )
    st.html(said + bulk.way(work, page, lambda *asked: _ids(chosen, narrowed, *asked)) + lines)


def _ids(chosen: WorkList, narrowed: Where, work: Work, number: int, size: int) -> list[int]:
    """The files of a page of the list, for the one form that is filled in for many."""
    return [line.case.id for line in worklists.page(work, chosen, narrowed, number=number, size=size).rows]


def _only(chosen: WorkList, codes: Mapping[str, str]) -> str:
    """Whether only what is late, or only what is due soon, is asked for."""
    return next((name for name in ("late", "soon") if chosen.limit and codes.get(name) == "1"), "")


def _narrow(path: str, own: dict[str, str], only: str, tally: Tally) -> str:
    """All lines, those past their limit, those due within a week."""
    counts = {"": tally.total, "late": tally.late, "soon": tally.soon}
    links = ""
    for name, label in ONLY.items():
        now = ' class="now" aria-current="true"' if name == only else ""
        address = filters.address(path, own | ({name: "1"} if name else {}))
        links += f'<a href="{text(address)}"{now}>{label} <b>{vn_number(counts[name])}</b></a>'
    return f'<nav class="narrow" aria-label="Thu hẹp danh sách">{links}</nav>'


def _table(chosen: WorkList, lines: Sequence[Line], acting: bool) -> str:
    named = any(line.case.name is not None for line in lines)
    detailed = any(line.detail for line in lines)
    states = len({line.case.state for line in lines}) > 1  # of most lists every file is in the same state
    heads = ["Họ và tên" if named else "Số hồ sơ", *(["Nội dung"] if detailed else []), "Từ ngày", "Đã qua"]
    heads += [*(["Thời hạn"] if chosen.limit else []), "Đơn vị tiếp nhận", "Cư trú"]
    heads += [*(["Tình trạng"] if states else []), *([""] if acting else [])]
    return html_table(
        heads, (_cells(chosen, line, named, detailed, states, acting) for line in lines), kind="open"
    )


def _cells(chosen: WorkList, line: Line, named: bool, detailed: bool, states: bool, acting: bool) -> list[str]:
    case = line.case
    name = f'<a href="{case_address(case.id)}">{text(case.name if named else case.code)}</a>'
    quiet = f' <span class="quiet once">{text(case.code)}</span>' if named else ""
    cells = [f"<span>{name}{quiet}</span>", *([text(line.detail)] if detailed else [])]
    cells += [once(day(line.since)), once(f"{line.days} ngày")]
    if chosen.limit:
        cells.append(_due(line))
    cells += [text(case.unit), text(case.home)]
    cells += [state_badge(case.state, case.state.label)] if states else []
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
