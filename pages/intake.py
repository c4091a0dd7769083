"""A new file, with what is known now: the rest may come later."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui import form
from pages.ui.format import case_address, day, joined, link, state_badge, text
from pages.ui.screen import screen
from services import cases
from services.access import Right, has
from services.cases import CaseFilter, CaseRow
from services.registers.case_forms import asked
from services.registers.reception_forms import RECEIVE
from services.work import Work

TITLE = RECEIVE.title
LEAD = "Chỉ cần họ tên, ngày và đơn vị tiếp nhận; phần còn lại ghi sau cũng được."
SIMILAR = "Có thể đã có hồ sơ"
HOW = "Gõ họ tên: các hồ sơ có tên giống sẽ hiện ở đây."
NONE = "Chưa có hồ sơ nào có tên này."
SAVED_FILE, OPEN, ANOTHER = "Đã lưu hồ sơ", "Mở hồ sơ", "Tiếp nhận người khác"
SAVED, TYPED_AT_LEAST, MOST = "intake:saved", 4, 6


def render() -> None:
    just_saved = form.flash()
    with screen() as work:
        asked(work, RECEIVE)
        saved = _saved(work) if just_saved else ""
    st.html(f'<div class="page-title"><h1>{text(TITLE)}</h1><span class="quiet">{LEAD}</span></div>')
    if saved:
        st.html(saved)
    form.draw(
        RECEIVE,
        ask=lambda work: asked(work, RECEIVE),
        key=RECEIVE.name,
        done=_done,
        beside=_similar,
        under="full_name",
    )


def _done(case_id: int | None) -> None:
    st.session_state[SAVED] = case_id
    st.rerun()


def _saved(work: Work) -> str:
    """The file just made, with the way to it; a new form stands below."""
    case_id = st.session_state.get(SAVED)
    if case_id is None or not has(work.actor, Right.READ_CASES):
        return ""
    row = next(iter(cases.find(work, CaseFilter(ids=frozenset({case_id}))).rows), None)
    if row is None:
        return ""
    open_it = link(case_address(case_id), OPEN, kind="do main")
    another = link("/intake", ANOTHER, kind="do first-field")
    known = f"{SAVED_FILE} <b>{text(row.code)}</b>" + (f" ({text(row.name)})" if row.name else "")
    return f'<div class="done-box" role="status"><p>{known}.</p><p class="also">{open_it} {another}</p></div>'


def _similar(work: Work, typed: Mapping[str, Any]) -> str:
    """Files with a name like the one being typed, among those this person may see."""
    if not has(work.actor, Right.READ_CASES):
        return ""
    name = str(typed.get("full_name") or "").strip()
    if len(name) < TYPED_AT_LEAST or " " not in name:
        return f'<aside class="similar none"><b>{SIMILAR}</b><p class="quiet">{HOW}</p></aside>'
    found = cases.find(work, CaseFilter(text=name), size=MOST)
    items = "".join(_item(row) for row in found.rows)
    many = f" ({found.total})" if found.total > MOST else ""
    said = f"<ul>{items}</ul>" if items else f'<p class="quiet">{NONE}</p>'
    kind = "similar" if items else "similar none"
    return f'<aside class="{kind}" role="status"><b>{SIMILAR}{many}</b>{said}</aside>'


def _item(row: CaseRow) -> str:
    said = joined((day(row.birth), text(row.home), f"tiếp nhận {day(row.received_on)}"), ", ")
    state = state_badge(row.state, row.state.label)
    name = link(case_address(row.id), row.name or row.code)
    return f"<li>{name} <span>{text(row.code)}</span><p>{said}</p>{state}</li>"
