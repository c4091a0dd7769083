"""Mẫu văn bản: the wording of each document, as shipped or as the office made it; the fields it may use."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from pages.ui import drafting, form, links
from pages.ui.format import badge, link, text
from pages.ui.screen import action, download_button, screen
from pages.ui.table import html_table
from services.access import Right, require
from services.letters import composing, fields, templates
from services.letters.templates import Changed, Template, Wording
from services.registers.core import Asked
from services.registers.letter_forms import template_form
from services.registers.typed import look
from services.reports import pdf
from services.work import Work

TITLE, BACK = "Mẫu văn bản", "← Danh sách mẫu"
HEADS = ("Văn bản", "Loại", "Lời văn", "Phần mềm cấp số")
SHIPPED, OWN = "Mẫu gốc", "Cơ quan đã sửa"
PREVIEW, RESET = "Xem thử PDF", "Trở về mẫu gốc"
FIELDS, HISTORY = "Trường dùng được trong mẫu", "Các lần sửa"
HOW = (
    "Viết tên trường trong ngoặc nhọn, ví dụ {họ tên}; khi lập văn bản, nội dung lấy từ hồ sơ. Chưa biết thì in "
    "dòng chấm; trường đánh dấu * mà trống thì cả đoạn có trường ấy được bỏ. Mỗi dòng là một đoạn."
)
WHAT = "Sửa mẫu không làm đổi văn bản đã ban hành."
INVENTED = "Bản xem thử dùng nội dung đang soạn và một người hư cấu."


def render() -> None:
    form.flash()
    with screen() as work:
        require(work, Right.TEMPLATES)
        code = st.query_params.get("code")
        if code is None:
            listed = _list(templates.every(work))
        else:
            chosen, changes = templates.effective(work, code), templates.history(work, code)
    if code is None:
        st.html(listed)
    else:
        _one(chosen, changes)


def _list(found: Sequence[Template]) -> str:
    lines = (
        [
            link(links.href("templates", code=one.code), one.label),
            text(one.kind.label),
            badge(OWN, "busy") if one.version else text(SHIPPED),
            "Có" if one.own_series else "Không",
        ]
        for one in found
    )
    title = f'<div class="page-title"><h1>{TITLE}</h1><span class="quiet">{len(found)}</span></div>'
    return f'{title}{html_table(HEADS, lines, kind="open")}<p class="quiet note">{WHAT}</p>'


def _one(chosen: Template, changes: Sequence[Changed]) -> None:
    back = link("/templates", BACK, kind="back")
    state = badge(OWN, "busy") if chosen.version else badge(SHIPPED)
    st.html(f'{back}<div class="page-title"><h1>{text(chosen.label)}</h1>{state}</div>')
    key, wording = f"template:{chosen.code}", template_form(chosen.code)
    with st.container(border=True, key="letter_template"):
        form.draw(
            wording,
            ask=Asked,
            key=key,
            done=lambda saved: st.rerun(),
            leave="/templates",
            beside=lambda work, typed: _fields(),
        )
        _preview(chosen, key)
    if chosen.version and st.button(RESET, key="letter_reset"):
        with action() as act:
            templates.reset(act.work, chosen.code)
        if act.done:
            drafting.close(key)
            st.session_state["flash"] = form.SAVED
            st.rerun()
    _history(changes)


def _preview(chosen: Template, key: str) -> None:
    def produce(work: Work) -> bytes:
        values = look(template_form(chosen.code), typed, Asked(work)).values
        values["own_series"] = bool(values["own_series"])
        wanted = templates.checked(
            Wording(**(values | {"title": values["title"] or "", "body": values["body"] or ""}))
        )
        return pdf.render(composing.example(templates.worded(chosen, wanted), work.today))

    typed = dict(drafting.of(key).typed)
    download_button(
        PREVIEW,
        name=f"Xem thử {chosen.code}.pdf",
        media_type="application/pdf",
        right=Right.TEMPLATES,
        produce=produce,
        what="letter_template",
        key="letter_preview",
    )
    st.caption(INVENTED)


def _fields() -> str:
    groups = []
    for group, found in groupby(fields.known(), key=lambda one: one.group):
        items = "".join(
            f"<div><dt>{{{text(one.name)}}}{' *' if one.optional else ''}</dt><dd>{text(one.example)}</dd></div>"
            for one in found
        )
        groups.append(f"<h4>{text(group)}</h4><dl>{items}</dl>")
    return f'<div class="letter-fields"><h3>{FIELDS}</h3><p class="quiet">{text(HOW)}</p>{"".join(groups)}</div>'


def _history(changes: Sequence[Changed]) -> None:
    if not changes:
        return
    items = "".join(
        f"<li><time>{one.at:%d/%m/%Y %H:%M}</time>{text(one.who)} {text(one.words)}</li>" for one in changes
    )
    st.html(f'<section class="block"><h2>{HISTORY}</h2><ul class="history">{items}</ul></section>')
