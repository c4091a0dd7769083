"""Hướng dẫn: one page a role, to read or to print."""

import streamlit as st

from pages.ui import links
from pages.ui.format import text
from pages.ui.screen import screen
from services import guide
from services.guide import ROLES, Chapter, Guide, Step
from services.work import Actor

TITLE, FOR_WHOM = "Hướng dẫn", "Dành cho"
PRINT = "In trang này: bấm Ctrl + P; chỉ nội dung được in, không in cột bên trái."


def render() -> None:
    with screen() as work:
        actor = work.actor
    st.html(f'<div class="page-title"><h1>{TITLE}</h1></div>')
    found = _chosen(actor)
    chapters = "".join(_chapter(chapter, actor) for chapter in found.chapters)
    head = f'<header><h2>{text(found.role.label)}</h2><p class="lead">{text(found.purpose)}</p></header>'
    st.html(f'<article class="guide">{head}{chapters}<p class="quiet screen-only">{PRINT}</p></article>')


def _chosen(actor: Actor) -> Guide:
    """The person's own role first; any other page may be read and printed too."""
    roles = {role.value: role for role in (*(held.role for held in actor.holdings), *ROLES)}
    codes = list(roles)
    asked = st.query_params.get("role", "")
    start = codes.index(asked) if asked in roles else 0
    code = st.selectbox(
        FOR_WHOM, codes, index=start, format_func=lambda code: roles[code].label, key="guide_role", width=420
    )
    if asked or code != codes[0]:
        st.query_params["role"] = code
    return guide.of(roles[code])


def _chapter(chapter: Chapter, actor: Actor) -> str:
    kind = "ol" if chapter.ordered else "ul"
    steps = "".join(f"<li>{_step(step, actor)}</li>" for step in chapter.steps)
    return f"<section><h3>{text(chapter.title)}</h3><{kind}>{steps}</{kind}></section>"


def _step(step: Step, actor: Actor) -> str:
    if step.screen is None or not links.may_open(actor, step.screen):
        return text(step.text)
    return f"{text(step.text)} {links.to_screen(step.screen, kind='to')}"
