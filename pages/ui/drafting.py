"""One drawn form between reruns: what it started from, what stands in it, what is kept of it."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.ui.arrival import Arrivals
from pages.ui.screen import screen
from services.errors import Conflict
from services.history import Moment
from services.registers import drafts, meanwhile
from services.registers.core import Asked, Field, Form, Kind
from services.registers.meanwhile import Clash
from services.registers.typed import written

CHOSEN = frozenset({Kind.CHOICE, Kind.MANY, Kind.FLAG})  # all other kinds are written with keys
TWICE = 1.0  # seconds after a save in which a press is the second half of a double click
WAITS = 20.0  # seconds in which a press is answered, when the run it began was interrupted
ELSEWHERE = (
    "Nội dung này đã được lưu, hoặc đã bỏ, ở một cửa sổ khác của bạn. Xem lại hồ sơ; nếu vẫn muốn ghi thêm "
    "một lần nữa thì bấm lưu lần nữa."
)

_numbers = count(1)


@dataclass
class Draft:
    """A plain object: marking it as saved cannot be interrupted, nor noting that a button was pressed."""

    number: int = field(default_factory=lambda: next(_numbers))
    typed: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)  # `typed` as it was drawn last
    start: dict[str, Any] | None = None  # what stood in it at first; None: not drawn yet
    versions: tuple[int, ...] = ()
    problems: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Any] = field(default_factory=dict)  # what was typed when it was refused
    taken: tuple[Field, ...] = ()  # what only somebody else changed meanwhile
    clashes: list[Clash] = field(default_factory=list)  # what both changed
    other: Moment | None = None  # who saved last, when somebody did
    usual: dict[str, str | None] = field(default_factory=dict)  # what was usual in the lists when drawn last
    arrivals: Arrivals = field(default_factory=Arrivals)  # what is on its way to the browser
    found: bool = False  # begun from what was kept
    kept_id: int | None = None  # the draft in which it is kept
    elsewhere: bool = False  # the draft it was kept in was ended by another window
    pressed: tuple[str, float] = ("", 0.0)  # the button whose press is not answered yet, and when
    saved: bool = False
    result: int | None = None  # the id of what was saved

    def press(self, button: str) -> None:
        """Called by Streamlit as soon as the press arrives, before a run that something else may interrupt."""
        self.pressed = (button, time.monotonic())

    def asked(self, button: str) -> bool:
        """Whether a press of this button waits for its answer."""
        return self.pressed[0] == button and time.monotonic() - self.pressed[1] < WAITS

    def answered(self) -> None:
        self.pressed = ("", 0.0)


def of(key: str) -> Draft:
    """The form of this name in this window."""
    draft: Draft = st.session_state.setdefault(f"form:{key}", Draft())
    return draft


def anew(key: str) -> Draft:
    """Throws away what was typed."""
    close(key)
    with screen() as work:
        drafts.drop(work, key)
    return of(key)


def close(key: str) -> None:
    st.session_state.pop(f"form:{key}", None)


def meant() -> bool:
    """Whether a press is one of its own, not the second half of a double click."""
    return bool(time.monotonic() - st.session_state.get("saved_at", 0.0) > TWICE)


def collect(form: Form, draft: Draft, key: str) -> None:
    """What stands in the fields now, sent with this run."""
    draft.arrivals.look(mark(draft, key))
    for one in form.fields:
        name = f"{key}:{draft.number}:{one.key}"
        if name in st.session_state:
            draft.typed[one.key] = draft.arrivals.take(name, typed=one.kind not in CHOSEN)


def mark(draft: Draft, key: str) -> str:
    """The field in which the browser says what has arrived."""
    return f"{key}:{draft.number}:arrived"


def begin(form: Form, draft: Draft, asked: Asked, key: str) -> None:
    """The values a form starts from: those of the record, and over them what was being typed before. What
    somebody else saved since then is taken over, or shown beside it."""
    draft.start, draft.versions = started(form, asked), form.versions(asked)
    draft.typed = dict(draft.start)
    kept = drafts.find(asked.work, key)
    if kept is None:
        return
    draft.found, draft.kept_id = True, kept.id
    mine = draft.start | {name: value for name, value in kept.typed.items() if name in draft.start}
    draft.typed = mine
    if kept.versions != draft.versions:
        meet(form, draft, asked, before=kept.start, now=draft.start)


def keep(form: Form, draft: Draft, asked: Asked, key: str) -> None:
    """Keeps what is typed where a restart does not reach it; what is as it was at first needs no keeping."""
    case_id = asked.case.id if asked.case is not None else None
    if draft.typed == draft.start and draft.kept_id is None:
        return
    kept_id = drafts.keep(
        asked.work,
        key,
        form.name,
        case_id,
        draft.typed,
        start=draft.start,
        versions=draft.versions,
        title=form.title,
        address=_address(),
    )
    draft.elsewhere = draft.elsewhere or (draft.kept_id is not None and kept_id not in (None, draft.kept_id))
    draft.kept_id = kept_id


def spend(draft: Draft, asked: Asked, key: str) -> None:
    """Ends the draft together with the save. Raises Conflict, once, when another window of the same person
    ended it before: the same words must not be saved twice unnoticed."""
    gone = draft.elsewhere
    if draft.kept_id is not None and not drafts.spend(asked.work, key, draft.kept_id):
        gone = True
    if gone:
        draft.elsewhere, draft.kept_id = False, None
        raise Conflict(ELSEWHERE)


def same_version(form: Form, draft: Draft, asked: Asked) -> None:
    """Refuses to write over what somebody else saved since the form was drawn: raises Conflict."""
    versions = form.versions(asked)
    if versions == draft.versions:
        return
    now = started(form, asked)
    meet(form, draft, asked, before=draft.start or {}, now=now)
    draft.start, draft.versions = now, versions
    raise Conflict("Người khác vừa lưu trước bạn. Nội dung bạn ghi còn nguyên bên dưới.")


def meet(form: Form, draft: Draft, asked: Asked, *, before: dict[str, Any], now: dict[str, Any]) -> None:
    """Puts what somebody else saved beside what is typed; the fields are drawn anew."""
    merged = meanwhile.merge(form, before, draft.typed, now)
    draft.typed, draft.taken, draft.clashes = merged.typed, merged.taken, list(merged.clashes)
    draft.other = meanwhile.last_change(asked.work, asked.case.id if asked.case is not None else None)
    draft.number = next(_numbers)


def take(draft: Draft, clash: Clash) -> None:
    """One field as the other person saved it."""
    draft.typed[clash.field.key] = clash.theirs
    draft.clashes.remove(clash)
    draft.number = next(_numbers)


def started(form: Form, asked: Asked) -> dict[str, Any]:
    known = form.start(asked)
    return {one.key: written(one, known.get(one.key)) for one in form.fields}


def _address() -> str:
    """Where this form opens again: the page as it stands, which names coded facts only."""
    query = urlencode(st.query_params.to_dict())
    return (urlsplit(st.context.url or "").path or "/") + (f"?{query}" if query else "")
