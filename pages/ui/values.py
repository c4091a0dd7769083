"""Where a legal value is missing: the link, and the form that opens in its place."""

from collections.abc import Callable

import streamlit as st

from pages.ui import form
from pages.ui.format import link, text
from services.access import Right, require
from services.limits import Due
from services.registers.core import Asked
from services.registers.value_form import VALUE, value_form
from services.work import Work

ENTER, KEY, DO = "Nhập số văn bản", "key", "limit"


def draw(*, done: Callable[[int | None], None], leave: str) -> None:
    """The form of the value that the address names."""
    key = st.query_params.get(KEY, "")
    st.html(f"<h2>{text(VALUE.title)}</h2>")
    form.draw(value_form(key), ask=_ask, key=f"office_value:{key}", done=done, leave=leave)


def _ask(work: Work) -> Asked:
    require(work, Right.LAW)
    return Asked(work)


def missing_link(due: Due | None, page: str, may_enter: bool) -> str:
    """Beside a limit without figure: the link to its form on the same page, for those who may enter it."""
    if due is None or not due.missing or not may_enter:
        return ""
    joint = "&" if "?" in page else "?"
    return link(f"{page}{joint}do={DO}&{KEY}={due.missing}", ENTER, kind="do")
