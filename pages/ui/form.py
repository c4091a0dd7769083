"""The one drawer of every form.

Fields are live: each is sent while it is typed, so a reload, a refusal or a restart loses nothing. A form is
saved once, however often its button is pressed. What is refused stands beside its field and at the top.
`drafting.py` holds a form between reruns; `conflict.py` shows what somebody else saved meanwhile.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import streamlit as st

from pages.ui import conflict, drafting, fields
from pages.ui.drafting import Draft
from pages.ui.format import link, text
from pages.ui.screen import action, screen
from services.errors import NotReady
from services.registers import meanwhile
from services.registers.core import Asked, Form, Section
from services.registers.typed import Looked, look, problem_words, submit
from services.work import Work

SAVED = "Đã lưu"
AGAIN = "Nhập lại từ đầu"
LEAVE = "Đóng"
NO_FIELD = '<i class="no-field"></i>'
LATER = "Ghi thêm (có thể ghi sau)"
KEPT = "Nội dung đang nhập dở lần trước được giữ lại bên dưới."

Ask = Callable[[Work], Asked]
Beside = Callable[[Work, Mapping[str, Any]], str]


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
        draft = drafting.of(key)
        if draft.asked("again"):
            draft = drafting.anew(key)
        drafting.collect(form, draft, key)
        conflict.collect(draft, key)
        if draft.asked("save") and not draft.saved and drafting.meant():
            _save(form, draft, ask, key)
        draft.answered()
        if draft.saved:
            _after(form, draft, key, done)
            return
        with screen() as work:
            _body(form, draft, ask(work), key, leave, beside, under)

    drawn()


def _body(form: Form, draft: Draft, asked: Asked, key: str, leave: str, beside: Beside | None, under: str) -> None:
    if draft.start is None:
        drafting.begin(form, draft, asked, key)
    elif draft.typed != draft.sent:
        drafting.keep(form, draft, asked, key)
    name = f"{key}:{draft.number}"
    looked = _looked(form, draft, asked, name)
    draft.sent = dict(draft.typed)
    if form.note:
        st.caption(form.note)
    with st.container():  # always there: what appears in it must not move the fields below
        _problems(form, draft)
        conflict.draw(draft, looked, key)
    found = beside(asked.work, draft.typed) if beside is not None else ""
    fields_at, aside = _split(beside is not None)
    with fields_at:
        for folded, group in groupby(form.sections, key=lambda section: section.folded):
            draw_sections = _folded if folded else _sections
            draw_sections(list(group), draft, looked, name, {under: found} if found else {})
        draft.arrivals.draw(drafting.mark(draft, key))
        _buttons(form, draft, key, leave)  # not below the column beside: a long one would push them away
    if beside is not None:
        with aside:
            st.html(f'<div class="on-wide">{found}</div>')


def _looked(form: Form, draft: Draft, asked: Asked, name: str) -> Looked:
    """The form as it stands, with what is usual chosen."""
    looked = look(form, draft.typed, asked)
    return look(form, draft.typed, asked) if _choose_usual(draft, looked, name) else looked


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
        draft.typed[key] = shown.usual
        draft.arrivals.put(f"{name}:{key}", shown.usual)
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


def _sections(
    sections: Sequence[Section], draft: Draft, looked: Looked, name: str, under: Mapping[str, str]
) -> None:
    for section in sections:
        _section(section, draft, looked, name, under)


def _folded(
    sections: Sequence[Section], draft: Draft, looked: Looked, name: str, under: Mapping[str, str]
) -> None:
    """What may wait, behind one line; open when something in it is refused or already typed."""
    keys = {one.key for section in sections for one in section.fields}
    start = draft.start or {}
    touched = any(draft.typed.get(key) != start.get(key) for key in keys & looked.shown.keys())
    titles = ", ".join(section.title.lower() for section in sections if section.title)
    with st.expander(f"{LATER}: {titles}", expanded=touched or bool(keys & draft.problems.keys())):
        _sections(sections, draft, looked, name, under)


def _section(section: Section, draft: Draft, looked: Looked, name: str, under: Mapping[str, str]) -> None:
    if not any(one.key in looked.shown for one in section.fields):
        return
    if section.title:
        st.html(f'<h3 class="section">{text(section.title)}</h3>')
    grid = st.grid(section.columns, min_column_width=200, gap=("xsmall", "small"))
    for each in section.fields:
        key, one = each.key, looked.shown.get(each.key)
        with grid.cell(column_span="all" if each.wide else 1):
            if one is None:  # keeps its place: a field that comes must not take away what is typed in the next
                st.html(NO_FIELD)
                continue
            typed = fields.draw(one, f"{name}:{key}", draft.typed.get(key), draft.arrivals)
            if one.beside:
                st.html(f'<p class="beside" role="status">{text(one.beside)}</p>')
            if key in under:
                st.html(f'<div class="on-narrow">{under[key]}</div>')
            if key in draft.problems and typed == draft.refused.get(key):
                st.html(f'<p class="problem" role="alert">{text(draft.problems[key])}</p>')


def _problems(form: Form, draft: Draft) -> None:
    if draft.problems:
        _alert("Chưa lưu được:", problem_words(form, draft.problems))
    if draft.found:
        st.caption(KEPT)


def _alert(title: str, lines: Iterable[str]) -> None:
    items = "".join(f"<li>{text(line)}</li>" for line in lines)
    st.html(f'<div class="alert" role="alert"><b>{text(title)}</b><ul>{items}</ul></div>')


def _buttons(form: Form, draft: Draft, key: str, leave: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        name = f"{key}:{draft.number}"
        st.button(form.button, key=f"{name}:save", type="primary", on_click=draft.press, args=("save",))
        if draft.typed != draft.start:
            st.button(AGAIN, key=f"{name}:again", type="tertiary", on_click=draft.press, args=("again",))
        if leave:
            st.html(link(leave, LEAVE, kind="leave"), width="content")


def _save(form: Form, draft: Draft, ask: Ask, key: str) -> None:
    typed = dict(draft.typed)
    with action() as act:
        asked = ask(act.work)
        _looked(form, draft, asked, f"{key}:{draft.number}")  # the press may have come together with the day
        typed = dict(draft.typed)
        drafting.same_version(form, draft, asked)
        drafting.spend(draft, asked, key)
        saved = getattr(_submit(form, typed, asked), "id", None)
    if act.done:
        draft.saved, draft.result = True, saved
    draft.problems, draft.refused = act.problems, typed


def _submit(form: Form, typed: Mapping[str, Any], asked: Asked) -> Any:
    """Saves; a step that somebody else made impossible says who did what."""
    try:
        return submit(form, typed, asked)
    except NotReady as error:
        if asked.case is None:
            raise
        with screen() as beside:  # what this Work did so far is about to be undone
            moment = meanwhile.last_change(beside, asked.case.id)
        raise NotReady(meanwhile.why(error.sentence, moment)) from error


def _after(form: Form, draft: Draft, key: str, done: Callable[[int | None], None]) -> None:
    st.session_state["saved_at"] = time.monotonic()
    st.session_state["flash"] = form.said
    drafting.close(key)
    done(draft.result)
