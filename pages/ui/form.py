"""The one drawer of every form.

Fields are live: each is sent as it is left, so a reload or a refusal loses nothing. A form is saved
once, however often its button is pressed. What is refused stands beside its field and at the top.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import streamlit as st

from pages.ui import fields
from pages.ui.format import link, text
from pages.ui.screen import action, screen
from services.errors import Conflict
from services.registers import drafts
from services.registers.core import Asked, Form, Section
from services.registers.typed import Looked, look, problem_words, submit, written
from services.work import Work

SAVED = "Đã lưu"
AGAIN = "Nhập lại từ đầu"
LEAVE = "Đóng"
KEPT = "Nội dung đang nhập dở lần trước được giữ lại bên dưới."
TWICE = 1.0  # seconds after a save in which a press is the second half of a double click

_numbers = count(1)
Ask = Callable[[Work], Asked]
Beside = Callable[[Work, Mapping[str, Any]], str]


@dataclass
class Draft:
    """One drawn form between reruns. A plain object: marking it as saved cannot be interrupted."""

    number: int = field(default_factory=lambda: next(_numbers))
    typed: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)  # `typed` as it was drawn last
    start: dict[str, Any] | None = None  # what stood in it at first; None: not drawn yet
    versions: tuple[int, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Any] = field(default_factory=dict)  # what was typed when it was refused
    changed: list[str] = field(default_factory=list)  # what somebody else changed meanwhile
    usual: dict[str, str | None] = field(default_factory=dict)  # what was usual in the lists when drawn last
    kept: bool = False
    saved: bool = False
    result: int | None = None  # the id of what was saved


def flash() -> bool:
    """Says that the last form was saved, once, on the page that follows it. Whether it did."""
    said = st.session_state.pop("flash", None)
    if said:
        st.toast(said, icon=":material/check:")
    return bool(said)


def draw(
    form: Form,
    *,
    ask: Ask,
    key: str,
    done: Callable[[int | None], None],
    leave: str = "",
    beside: Beside | None = None,
    under: str = "",
) -> None:
    """Draws a form and saves it when asked.

    `ask(work)` says what it is about (and refuses); `key` names this form of this record; `done(id)` runs
    once after the commit; `leave` is the address of the link that closes it; `beside(work, typed)` gives the
    HTML of a column of its own (look-ups), which stands under the field `under` on a narrow screen.
    """

    @st.fragment
    def drawn() -> None:
        draft = _draft(key)
        if _pressed(key, draft, "again"):
            draft = _anew(key)
        _collect(form, draft, key)
        if _pressed(key, draft, "save") and not draft.saved and _meant():
            _save(form, draft, ask)
        if draft.saved:
            _after(draft, key, done)
            return
        with screen() as work:
            _body(form, draft, ask(work), key, leave, beside, under)

    drawn()


def _pressed(key: str, draft: Draft, button: str) -> bool:
    """Whether this very run was started by the button: known before anything is drawn."""
    return bool(st.session_state.get(f"{key}:{draft.number}:{button}"))


def _meant() -> bool:
    return bool(time.monotonic() - st.session_state.get("saved_at", 0.0) > TWICE)


def _collect(form: Form, draft: Draft, key: str) -> None:
    """What stands in the fields now, sent with this run."""
    for one in form.fields:
        name = f"{key}:{draft.number}:{one.key}"
        if name in st.session_state:
            draft.typed[one.key] = st.session_state[name]


def _anew(key: str) -> Draft:
    st.session_state[f"form:{key}"] = Draft()
    with screen() as work:
        drafts.drop(work, key)
    return _draft(key)


def _draft(key: str) -> Draft:
    draft: Draft = st.session_state.setdefault(f"form:{key}", Draft())
    return draft


def _body(form: Form, draft: Draft, asked: Asked, key: str, leave: str, beside: Beside | None, under: str) -> None:
    if draft.start is None:
        _begin(form, draft, asked, key)
    elif draft.typed != draft.sent:
        drafts.keep(asked.work, key, draft.typed)
    name = f"{key}:{draft.number}"
    looked = look(form, draft.typed, asked)
    if _choose_usual(draft, looked, name):
        looked = look(form, draft.typed, asked)
    draft.sent = dict(draft.typed)
    if form.note:
        st.caption(form.note)
    with st.container():  # always there: what appears in it must not move the fields below
        _problems(form, draft)
    found = beside(asked.work, draft.typed) if beside is not None else ""
    fields_at, aside = _split(beside is not None)
    with fields_at:
        for section in form.sections:
            _section(section, draft, looked, name, {under: found} if found else {})
    if beside is not None:
        with aside:
            st.html(f'<div class="on-wide">{found}</div>')
    _buttons(form, draft, key, leave)


def _choose_usual(draft: Draft, looked: Looked, name: str) -> bool:
    """Chooses in empty lists what is usual there, once: emptied on purpose, a list stays empty until
    another choice becomes the usual one (the day changed). Whether anything was chosen."""
    chosen = False
    for key, shown in looked.shown.items():
        before, draft.usual[key] = draft.usual.get(key), shown.usual
        now = draft.typed.get(key)
        emptied = not now and before == shown.usual
        if shown.usual is None or emptied or (now and fields.fits(shown, now)):
            continue
        draft.typed[key] = st.session_state[f"{name}:{key}"] = shown.usual
        if before is None and draft.start is not None and not draft.start.get(key) and not draft.sent:
            draft.start[key] = shown.usual
        chosen = True
    return chosen


def _split(needed: bool) -> tuple[Any, Any]:
    """The fields, and a column beside them: what comes and goes there never moves a field."""
    if not needed:
        return st.container(), None
    fields_at, aside = st.columns([3, 1], gap="medium")
    return fields_at, aside


def _begin(form: Form, draft: Draft, asked: Asked, key: str) -> None:
    """The values a form starts from: those of the file, or what was being typed before a reload."""
    draft.start = _started(form, asked)
    draft.versions = form.versions(asked)
    kept = drafts.find(asked.work, key)
    draft.kept = kept is not None
    draft.typed = draft.start | (kept or {})


def _started(form: Form, asked: Asked) -> dict[str, Any]:
    known = form.start(asked)
    return {one.key: written(one, known.get(one.key)) for one in form.fields}


def _section(section: Section, draft: Draft, looked: Looked, name: str, under: Mapping[str, str]) -> None:
    shown = [looked.shown[one.key] for one in section.fields if one.key in looked.shown]
    if not shown:
        return
    if section.title:
        st.html(f'<h3 class="section">{text(section.title)}</h3>')
    grid = st.grid(section.columns, min_column_width=200, gap=("xsmall", "small"))
    for one in shown:
        key = one.field.key
        with grid.cell(column_span="all" if one.field.wide else 1):
            typed = fields.draw(one, f"{name}:{key}", draft.typed.get(key))
            if one.beside:
                st.html(f'<p class="beside" role="status">{text(one.beside)}</p>')
            if key in under:
                st.html(f'<div class="on-narrow">{under[key]}</div>')
            if key in draft.problems and typed == draft.refused.get(key):
                st.html(f'<p class="problem" role="alert">{text(draft.problems[key])}</p>')


def _problems(form: Form, draft: Draft) -> None:
    if draft.problems:
        _alert("Chưa lưu được:", problem_words(form, draft.problems))
    if draft.changed:
        _alert("Người khác vừa sửa hồ sơ này. Xem lại rồi bấm lưu lần nữa:", draft.changed)
    if draft.kept:
        st.caption(KEPT)


def _alert(title: str, lines: Iterable[str]) -> None:
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    st.html(f'<div class="alert" role="alert"><b>{text(title)}</b><ul>{items}</ul></div>')


def _buttons(form: Form, draft: Draft, key: str, leave: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(form.button, key=f"{key}:{draft.number}:save", type="primary")
        if draft.typed != draft.start:
            st.button(AGAIN, key=f"{key}:{draft.number}:again", type="tertiary")
        if leave:
            st.html(link(leave, LEAVE, kind="leave"), width="content")


def _save(form: Form, draft: Draft, ask: Ask) -> None:
    typed = dict(draft.typed)
    with action() as act:
        asked = ask(act.work)
        _same_version(form, draft, asked)
        saved = getattr(submit(form, typed, asked), "id", None)
    if act.done:
        draft.saved, draft.result = True, saved
    draft.problems, draft.refused = act.problems, typed


def _same_version(form: Form, draft: Draft, asked: Asked) -> None:
    """Refuses to write over what somebody else saved since the form was drawn. What only they changed is
    taken over; what both changed is shown, and the next press decides."""
    versions = form.versions(asked)
    if versions == draft.versions:
        return
    now, before = _started(form, asked), draft.start or {}
    draft.changed = []
    for one in form.fields:
        key = one.key
        if now[key] == before.get(key) or now[key] == draft.typed.get(key):
            continue
        if draft.typed.get(key) == before.get(key):
            draft.typed[key] = now[key]
            draft.changed.append(f"{one.words}: đã lấy nội dung mới.")
        else:
            draft.changed.append(f"{one.words}: người khác và bạn ghi khác nhau; ô bên dưới giữ nội dung của bạn.")
    draft.versions, draft.start = versions, now
    draft.number = next(_numbers)
    raise Conflict


def _after(draft: Draft, key: str, done: Callable[[int | None], None]) -> None:
    with screen() as work:
        drafts.drop(work, key)
    st.session_state["saved_at"] = time.monotonic()
    st.session_state["flash"] = SAVED
    st.session_state.pop(f"form:{key}", None)
    done(draft.result)
