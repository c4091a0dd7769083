"""Who is asking, and one `Work` for what they ask: every page and every action goes through here.

A rerun of a fragment, a callback or a dialog skips the shell, so the person is looked up here each
time from the server-side session, never from Streamlit's own state.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from services import logs, office, sessions
from services.access import Right
from services.errors import AppError, Invalid, SignedOut
from services.server import downloads
from services.work import Actor, Work

APOLOGY = (
    "Có lỗi ngoài dự kiến, việc vừa làm chưa được ghi. Mời thử lại; nếu vẫn lỗi, báo người quản trị "
    "kèm mã **{reference}**."
)


def token() -> str:
    """The session cookie of this page's websocket; empty without one. The one seam tests replace."""
    return st.context.cookies.to_dict().get(sessions.cookie_name(), "")


def who() -> Actor | None:
    """The person signed in, or None."""
    return sessions.current(token())


@contextmanager
def screen() -> Iterator[Work]:
    """Reading: `with screen() as work: …`. An AppError becomes its sentence, and the drawing stops."""
    try:
        with Work(office.current(), _person(), write=False) as work:
            yield work
    except AppError as error:
        st.error(error.sentence)
        st.stop()


@dataclass
class Act:
    """What came of one action. `done` is true only after the commit."""

    work: Work
    done: bool = False
    problems: dict[str, str] = field(default_factory=dict)  # field → sentence, for the form drawer


@contextmanager
def action() -> Iterator[Act]:
    """Writing: one user action, one transaction.

        with action() as act:
            intake.receive(act.work, ...)
        if act.done:
            st.rerun()

    Problems of fields are left in `act.problems` for the form to show beside the fields; every other
    AppError is shown as its sentence. Never call `st.rerun` inside the block: it would roll back.
    """
    act: Act | None = None
    try:
        with Work(office.current(), _person(), write=True) as work:
            act = Act(work)
            yield act
        act.done = True
    except Invalid as error:
        if act is None or not error.problems:
            st.error(error.sentence)
        if act is not None:
            act.problems = error.problems
    except AppError as error:
        st.error(error.sentence)
        if act is None:
            st.stop()


def download_button(
    label: str,
    *,
    name: str,
    media_type: str,
    right: Right,
    produce: Callable[[Work], bytes],
    what: str | None,
    key: str | None = None,
    reason: str | None = None,
    **look: bool | str | None,
) -> bool:
    """A button that fetches a file through our own route, made only when it is clicked.

    `produce(work)` returns the bytes (it runs in a worker thread, so it must not call Streamlit);
    `what` is the word the trail keeps (None: the verb behind `produce` writes its own entry). Extra
    keywords go to `st.button`. Returns whether it was clicked.
    """
    clicked = st.button(label, key=key, **look)  # type: ignore[arg-type]
    if clicked:
        if actor := who():
            offered = downloads.offer(
                actor, right=right, name=name, media_type=media_type, produce=produce, what=what, reason=reason
            )
            go_to(offered)
        else:
            st.error(SignedOut.sentence)
    return clicked


def picture_address(*, name: str, media_type: str, right: Right, produce: Callable[[Work], bytes]) -> str:
    """An address for an `<img>` of this page: fetched once, by this session, within a minute. The verb behind
    `produce` asks the right again and writes into the trail who looked."""
    return downloads.offer(
        _person(), right=right, name=name, media_type=media_type, produce=produce, what=None, inline=True
    )


def go_to(address: str) -> None:
    """Sends the browser to an address of our own server (sign-in ticket, sign-out, a file)."""
    message = ForwardMsg()
    message.auth_redirect.url = address
    if context := get_script_run_ctx():
        context.enqueue(message)


def unforeseen(error: Exception) -> bool:
    """Streamlit's `on_script_error`: a reference number in the log, an apology on the page."""
    st.error(APOLOGY.format(reference=logs.unforeseen(error)))
    return True


def _person() -> Actor:
    actor = who()
    if actor is None:
        raise SignedOut
    return actor
