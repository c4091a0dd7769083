"""A new file, with what is known now: the rest may come later."""

import streamlit as st

from pages.ui import candidates, form
from pages.ui.format import case_address, link, text
from pages.ui.reception import html_waiting, html_ways
from pages.ui.screen import screen
from services import case_search, incident_view
from services.access import Right, has
from services.case_search import CaseFilter
from services.registers.case_forms import asked
from services.registers.reception_forms import RECEIVE
from services.work import Work

LEAD = "Chỉ cần họ tên, ngày và đơn vị tiếp nhận; phần còn lại ghi sau cũng được."
SAVED_FILE, OPEN, ANOTHER = "Đã lưu hồ sơ", "Mở hồ sơ", "Tiếp nhận người khác"
SAVED = "intake:saved"


def render() -> None:
    just_saved = form.flash()
    with screen() as work:
        asked(work, RECEIVE)
        saved = _saved(work) if just_saved else ""
        waiting = html_waiting(incident_view.waiting(work))
    st.html(f'{html_ways(many=False)}{waiting}<p class="quiet lead">{LEAD}</p>')
    if saved:
        st.html(saved)
    form.draw(
        RECEIVE,
        ask=lambda work: asked(work, RECEIVE),
        key=RECEIVE.name,
        done=_done,
        beside=candidates.html,
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
    row = next(iter(case_search.find(work, CaseFilter(ids=frozenset({case_id}))).rows), None)
    if row is None:
        return ""
    open_it = link(case_address(case_id), OPEN, kind="do main")
    another = link("/intake", ANOTHER, kind="do first-field")
    known = f"{SAVED_FILE} <b>{text(row.code)}</b>" + (f" ({text(row.name)})" if row.name else "")
    return f'<div class="done-box" role="status"><p>{known}.</p><p class="also">{open_it} {another}</p></div>'
