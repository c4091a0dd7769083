"""One form for many files: choose the files and the form, fill it in once, see what will be, do it.

What is chosen is kept between reruns in one plain object of the window, never in an address.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import streamlit as st

from pages.ui import form
from pages.ui.format import case_address, link, state_badge, text
from pages.ui.screen import action, screen
from pages.ui.table import html_table
from services.case_search import CaseRow
from services.paging import Page
from services.registers import bulk
from services.registers.bulk import MOST, TOO_MANY, Outcome
from services.registers.core import Form
from services.registers.listing import PAGE_SIZE, Listing, Query
from services.text import vn_number
from services.work import Work

ADDRESS, TITLE = "/bulk", "Làm cho nhiều hồ sơ"
BACK = "← Danh sách"
NOWHERE = "Mở một danh sách hồ sơ, rồi chọn «Làm cho nhiều hồ sơ»."
ACTION, FILES, CHECK = "1. Việc", "2. Hồ sơ", "3. Xem trước"
WHICH = "Việc cần làm"
AT_A_GLANCE = 20  # files shown without being asked for
HERE, EVERY = "Trang đang xem", "Tất cả hồ sơ khớp"
ALL, NONE = "Chọn hết", "Bỏ chọn hết"
AGAIN, MORE = "Quay lại sửa", "Làm việc khác với các hồ sơ này"
NOT_YET = "Chưa ghi gì: bỏ dấu ở hồ sơ không muốn ghi, rồi bấm ghi."
WILL, NOT, WRITTEN = "Sẽ ghi", "Không ghi được", "Đã ghi"

_numbers = count(1)
Ids = Callable[[Work, int, int], Sequence[int]]  # number of the page, rows a page


@dataclass(frozen=True)
class Source:
    """The list the files are chosen from, as it stood."""

    address: str
    number: int
    shown: int
    total: int
    ids: Ids


@dataclass
class Batch:
    """What was chosen so far. `tried`: the preview; `outcomes`: what was done, once."""

    source: Source
    key: int = field(default_factory=lambda: next(_numbers))
    every: bool = False
    left_out: set[int] = field(default_factory=set)
    form: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    tried: list[Outcome] | None = None
    outcomes: list[Outcome] | None = None


def offer(work: Work, listing: Listing, query: Query, found: Page[Any]) -> str:
    """The way here from a list of files, for those who may write something on many of them."""
    if not listing.of_files or not found.rows:
        return ""

    def ids(reading: Work, number: int, size: int) -> Sequence[int]:
        return [row.id for row in listing.find(reading, query, number, size).rows]

    return way(work, found, ids)


def way(work: Work, found: Page[Any], ids: Ids) -> str:
    """The same from any list: `ids` gives the files of a page of it."""
    if not found.rows or not bulk.forms(work):
        return ""
    address = st.session_state.get("list_address", "/cases")
    st.session_state["bulk:source"] = Source(address, found.number, len(found.rows), found.total, ids)
    return link(ADDRESS, TITLE, kind="do")


def draw() -> None:
    """Draws whichever part comes next."""
    form.flash()
    batch = _batch()
    back = link(batch.source.address if batch else "/cases", BACK, kind="back")
    st.html(f'{back}<div class="page-title"><h1>{TITLE}</h1></div>')
    if batch is None:
        st.html(f'<p class="quiet">{NOWHERE}</p>')
    elif batch.outcomes is not None:
        _results(batch)
    elif batch.tried is not None:
        _preview(batch)
    else:
        _choose(batch)


def _batch() -> Batch | None:
    """The work under way; a list left for this page since then begins another."""
    source: Source | None = st.session_state.get("bulk:source")
    batch: Batch | None = st.session_state.get("bulk:batch")
    if source is not None and (batch is None or batch.source is not source):
        batch = st.session_state["bulk:batch"] = Batch(source)
    return batch


def _choose(batch: Batch) -> None:
    with screen() as work:
        offered = {one.name: one for one in bulk.forms(work)}
        asked = offered.get(_which(batch, offered))
        st.html(f"<h2>{FILES}</h2>")
        _scope(batch)
        size, number = (MOST, 1) if batch.every else (PAGE_SIZE, batch.source.number)
        rows = bulk.rows(work, batch.source.ids(work, number, size))
        _collect(batch, [row.id for row in rows])
        left = sum(row.id in batch.left_out for row in rows)
        label = f"Đã chọn {len(rows) - left} trong {len(rows)} hồ sơ"
        with st.expander(label, expanded=len(rows) <= AT_A_GLANCE, key=f"bulk:{batch.key}:files"):
            _boxes(batch, [(row.id, _known_as(row)) for row in rows])
    chosen = [row.id for row in rows if row.id not in batch.left_out]
    if not chosen:
        st.html(f'<p class="quiet">{bulk.NONE_CHOSEN}</p>')
    elif asked is not None:
        _fill_in(batch, asked, chosen)


def _which(batch: Batch, offered: Mapping[str, Form]) -> str:
    """The form to fill in."""
    st.html(f"<h2>{ACTION}</h2>")
    st.selectbox(
        WHICH,
        list(offered),
        index=list(offered).index(batch.form) if batch.form in offered else None,
        key=f"bulk:{batch.key}:form",
        format_func=lambda name: offered[name].title if name in offered else name,
        placeholder="Chọn",
        width=420,
    )
    batch.form = st.session_state.get(f"bulk:{batch.key}:form") or ""
    return batch.form


def _scope(batch: Batch) -> None:
    """The page that was open, or everything that matches."""
    source = batch.source
    if source.total <= source.shown:
        return
    if source.total > MOST:
        st.html(f'<p class="quiet">{text(TOO_MANY)} Danh sách có {vn_number(source.total)} hồ sơ.</p>')
        return
    labels = {False: f"{HERE} ({source.shown})", True: f"{EVERY} ({source.total})"}
    picked = st.radio(
        "Hồ sơ nào",
        [False, True],
        index=int(batch.every),
        key=f"bulk:{batch.key}:scope",
        format_func=lambda every: labels[every],
        horizontal=True,
        label_visibility="collapsed",
    )
    batch.every = bool(picked)


def _collect(batch: Batch, files: Sequence[int]) -> None:
    """What the boxes say now, and the two buttons above them, sent with this run."""
    for case_id in files:
        key = _box(batch, case_id)
        if st.session_state.get(f"bulk:{batch.key}:all"):
            st.session_state[key] = True
        elif st.session_state.get(f"bulk:{batch.key}:none"):
            st.session_state[key] = False
        if st.session_state.setdefault(key, case_id not in batch.left_out):
            batch.left_out.discard(case_id)
        else:
            batch.left_out.add(case_id)


def _boxes(batch: Batch, files: Sequence[tuple[int, str]]) -> None:
    """One box a file; those that are emptied stay out."""
    with st.container(horizontal=True):
        st.button(ALL, key=f"bulk:{batch.key}:all", type="tertiary")
        st.button(NONE, key=f"bulk:{batch.key}:none", type="tertiary")
    with st.grid(2, min_column_width=300, gap=("xxsmall", "small")):
        for case_id, label in files:
            st.checkbox(label, key=_box(batch, case_id))


def _box(batch: Batch, case_id: int) -> str:
    return f"bulk:{batch.key}:{'tried' if batch.tried is not None else 'file'}:{case_id:x}"


def _fill_in(batch: Batch, asked: Form, chosen: Sequence[int]) -> None:
    """The form, once; saving it tries it on every file."""

    def keep(about: Any, values: Mapping[str, Any]) -> None:
        batch.values = dict(values)

    def trial(saved: int | None) -> None:
        with screen() as work:
            batch.tried = bulk.preview(work, asked, batch.values, chosen)
        st.rerun()

    known = batch.values
    once = replace(
        bulk.common(asked),
        title="",  # not a form of one file: it is no line of *today*
        button="Xem trước",
        said="",  # nothing is saved yet
        save=keep,
        start=(lambda about: known) if known else asked.start,
    )
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(asked.title)}</h2>")
        form.draw(
            once,
            ask=lambda work: bulk.asked(work, asked, chosen),
            key=f"bulk:{asked.name}",
            done=trial,
        )


def _preview(batch: Batch) -> None:
    """File by file what will be; what will be written may still be left out."""
    tried = batch.tried or []
    able, unable = [one for one in tried if not one.why_not], [one for one in tried if one.why_not]
    with screen() as work:
        title = next(one.title for one in bulk.forms(work) if one.name == batch.form)
    st.html(f"<h2>{CHECK}: {text(title)}</h2>")
    if able:
        st.html(f'<p><span class="badge good">{WILL}</span> {len(able)} hồ sơ. {NOT_YET}</p>')
        _collect(batch, [one.case.id for one in able])
        _boxes(batch, [(one.case.id, _known_as(one.case)) for one in able])
    if unable:
        st.html(f'<p><span class="badge bad">{NOT}</span> {len(unable)} hồ sơ:</p>{_table(unable)}')
    chosen = [one.case.id for one in able if one.case.id not in batch.left_out]
    with st.container(horizontal=True):
        label = f"Ghi cho {len(chosen)} hồ sơ"
        if st.button(label, key=f"bulk:{batch.key}:do", type="primary", disabled=not chosen):
            _do(batch, chosen)
        if st.button(AGAIN, key=f"bulk:{batch.key}:again"):
            batch.tried = None
            batch.key = next(_numbers)
            st.rerun()


def _do(batch: Batch, chosen: Sequence[int]) -> None:
    """Once: the outcome is kept before anything is drawn, so a second press finds it done."""
    with action() as act:
        asked = next(one for one in bulk.forms(act.work) if one.name == batch.form)
        outcomes = bulk.perform(act.work, asked, batch.values, chosen)
    if act.done:
        batch.outcomes = outcomes
        st.rerun()


def _results(batch: Batch) -> None:
    """What was written and what was not, each file as it stands now."""
    outcomes = batch.outcomes or []
    with screen() as work:
        now = {row.id: row for row in bulk.rows(work, [one.case.id for one in outcomes])}
    outcomes = [replace(one, case=now.get(one.case.id, one.case)) for one in outcomes]
    written, unable = [o for o in outcomes if not o.why_not], [o for o in outcomes if o.why_not]
    st.html(f'<div class="done-box"><b>{WRITTEN} {len(written)} hồ sơ.</b></div>{_table(written)}')
    if unable:
        st.html(f'<p><span class="badge bad">{NOT}</span> {len(unable)} hồ sơ:</p>{_table(unable)}')
    if written and st.button(MORE, key=f"bulk:{batch.key}:more"):
        source = _these(batch.source, [one.case.id for one in written])
        st.session_state["bulk:source"], st.session_state["bulk:batch"] = source, Batch(source)
        st.rerun()


def _these(source: Source, ids: Sequence[int]) -> Source:
    """These very files, whatever list they are in by now."""
    return Source(source.address, 1, len(ids), len(ids), lambda work, number, size: ids)


def _table(outcomes: Iterable[Outcome]) -> str:
    lines = (
        [
            link(case_address(one.case.id), one.case.name or one.case.code),
            text(one.case.code),
            state_badge(one.case.state, one.case.state.label),
            text(one.why_not or WRITTEN),
        ]
        for one in outcomes
    )
    return html_table(("Hồ sơ", "Số hồ sơ", "Tình trạng", ""), lines, kind="open")


def _known_as(row: CaseRow) -> str:
    """A file in one line, its words with no meaning for markdown."""
    said = " · ".join(part for part in (row.name, row.code, row.state.label) if part)
    return "".join(f"\\{one}" if one in "\\`*_{}[]()#+-.!|<>~$:" else one for one in said)
