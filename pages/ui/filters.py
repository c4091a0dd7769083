"""Filters whose truth is the address: a choice is written there, and the address fills the choices.

So a list can be sent, reopened, and gone back to. Typed text never stands in an address.
"""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.ui.fields import DAY
from pages.ui.format import text
from services.errors import Invalid
from services.registers.core import Choice
from services.registers.listing import Filter
from services.text import parse_date
from services.work import Work

ALL = "Tất cả"
PAGE = "page"


def codes(names: Iterable[str]) -> dict[str, str]:
    """The coded facts that stand in the address now."""
    return {name: st.query_params[name] for name in names if st.query_params.get(name)}


def number() -> int:
    """The page asked for in the address."""
    asked = st.query_params.get(PAGE, "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def address(path: str, params: Mapping[str, str]) -> str:
    """`/cases?state=…`: only what narrows the list."""
    said = {name: value for name, value in params.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def choose(one: Filter, work: Work, screen: str, *, always: bool = False) -> None:
    """One list to choose from. `always`: one entry is chosen at all times (a sort order)."""
    options = one.options(work)
    key = f"{screen}:{one.name}"
    _follow(key, one.name, options, first=options[0].code if always else None)
    labels = {option.code: option.label for option in options}
    st.selectbox(
        one.label,
        list(labels),
        index=0 if always else None,
        key=key,
        format_func=lambda code: labels.get(code, code),
        placeholder=ALL,
        on_change=_write,
        args=(key, one.name),
    )


def orders(name: str, label: str, offered: Mapping[str, str]) -> Filter:
    """The orders of a list as one to choose from."""
    return Filter(name, "", label, lambda work: [Choice(code, said, code) for code, said in offered.items()])


def day(name: str, label: str, screen: str) -> None:
    """A day, as people write it."""
    key = f"{screen}:{name}"
    typed, asked = st.session_state.get(key, ""), st.query_params.get(name, "")
    if typed != asked and (asked or not _why_no_day(typed)):
        st.session_state[key] = asked
    st.text_input(label, key=key, placeholder=DAY, autocomplete="off", on_change=_write_day, args=(key, name))
    if typed and not asked:
        st.html(f'<p class="problem" role="alert">{text(_why_no_day(typed))}</p>')


def _write_day(key: str, name: str) -> None:
    """Only a day goes into the address: what else is typed may be a name, and addresses are kept."""
    if _why_no_day(st.session_state.get(key, "")):
        st.query_params.pop(PAGE, None)
        st.query_params.pop(name, None)
    else:
        _write(key, name)


def _why_no_day(typed: str) -> str:
    """The sentence for what is not a day; empty for a day."""
    try:
        parse_date(typed)
    except Invalid as error:
        return error.sentence
    return ""


def _follow(key: str, name: str, options: Sequence[Choice], first: str | None) -> None:
    asked = st.query_params.get(name)
    code = asked if any(option.code == asked for option in options) else first
    if key not in st.session_state or st.session_state[key] != code:
        st.session_state[key] = code


def _write(key: str, name: str) -> None:
    """A new choice goes into the address, and the list begins at its first page."""
    code = st.session_state.get(key)
    st.query_params.pop(PAGE, None)
    if code:
        st.query_params[name] = code
    else:
        st.query_params.pop(name, None)
