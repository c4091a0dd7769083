"""What two people wrote into one record, side by side, and the choice between them, a field at a time."""

from collections.abc import Iterable

import streamlit as st

from pages.ui import drafting
from pages.ui.drafting import Draft
from pages.ui.format import text
from pages.ui.table import html_table
from services.registers import meanwhile
from services.registers.typed import Looked

FIELD, MINE, THEIRS = "Ô", "Bạn đang ghi", "Người khác vừa lưu"
TITLE = "Người khác vừa sửa nội dung này"
DECIDE = "Hai bên ghi khác nhau; các ô bên dưới đang giữ nội dung của bạn. Bấm lưu lần nữa để ghi theo các ô."
TAKEN = "Đã lấy nội dung mới của người khác ở các ô bạn không sửa"
TAKE = "Lấy nội dung của người khác"


def collect(draft: Draft, key: str) -> None:
    """Takes over the field whose button started this run."""
    for clash in draft.clashes:
        if st.session_state.get(_button(key, draft, clash.field.key)):
            drafting.take(draft, clash)
            return


def draw(draft: Draft, looked: Looked, key: str) -> None:
    """The fields that differ as a table, with a button a field; what was taken over is said."""
    shown = [clash for clash in draft.clashes if clash.field.key in looked.shown]
    taken = [one.words for one in draft.taken if one.key in looked.shown]
    if not shown and not taken:
        return
    who = meanwhile.said(draft.other)
    said = [f"{TAKEN}: {', '.join(taken)}."] if taken else []
    said += [DECIDE] if shown else []
    st.html(f'<div class="alert" role="alert"><b>{text(_title(who))}</b>{_list(said)}</div>')
    if not shown:
        return
    lines = [
        [text(clash.field.words), *(text(meanwhile.words(looked.shown[clash.field.key], value)) for value in pair)]
        for clash in shown
        for pair in [(clash.mine, clash.theirs)]
    ]
    st.html(html_table((FIELD, MINE, f"{THEIRS} ({who})" if who else THEIRS), lines))
    with st.container(horizontal=True):
        for clash in shown:
            name = _button(key, draft, clash.field.key)
            st.button(f"{TAKE}: {clash.field.words}", key=name)


def _title(who: str) -> str:
    return f"{TITLE}: {who}." if who else f"{TITLE}."


def _list(lines: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{text(line)}</li>" for line in lines) + "</ul>"


def _button(key: str, draft: Draft, name: str) -> str:
    return f"{key}:{draft.number}:take:{name}"
