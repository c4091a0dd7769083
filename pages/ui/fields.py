"""The kind of a fact → the widget it is typed into. Values are text, codes or flags; `typed.look` reads them."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.ui.arrival import Arrivals
from services.registers.core import Choice, Field, Kind
from services.registers.typed import Shown

DAY = "ngày/tháng/năm"
HOW = {Kind.DAY: DAY, Kind.BIRTH: "ngày/tháng/năm, tháng/năm hoặc năm", Kind.AMOUNT: "1.440.000"}
CHOOSE = "Chọn"
LIVE = "400ms"  # between two look-ups while somebody types
CALM = "1s"  # after the last key a text is sent, so that its draft is kept; long ones: `typing.js`


def draw(shown: Shown, key: str, typed: Any, arrivals: Arrivals) -> Any:
    """Draws one field; `typed` is what stands in it at first. Returns what stands in it now."""
    field = shown.field
    if key not in st.session_state or not fits(shown, st.session_state[key]):
        arrivals.put(key, typed if fits(shown, typed) else _nothing(field.kind))
    return WIDGETS.get(field.kind, _text)(shown, key)


def label(field: Field) -> str:
    """The words beside a field; a required one is marked."""
    return f"{field.words} *" if field.required else field.words


def _nothing(kind: Kind) -> Any:
    return {Kind.CHOICE: None, Kind.MANY: [], Kind.FLAG: False}.get(kind, "")


def fits(shown: Shown, typed: Any) -> bool:
    """Whether a value can stand in the field: a list may have changed with the day or the district."""
    kind = shown.field.kind
    if kind is Kind.CHOICE:
        return typed is None or any(option.code == typed for option in shown.options)
    if kind is Kind.MANY:
        return isinstance(typed, list)
    if kind is Kind.FLAG:
        return isinstance(typed, bool)
    return isinstance(typed, str)


def _labels(options: Sequence[Choice]) -> Callable[[str], str]:
    labels = {option.code: option.label for option in options}
    return lambda code: labels.get(code, code)


def _text(shown: Shown, key: str) -> Any:
    field = shown.field
    return st.text_input(
        label(field),
        key=key,
        help=field.hint or None,
        placeholder=None if field.kind is Kind.AMOUNT and not field.money else HOW.get(field.kind),
        autocomplete="off",  # a browser must not remember names
        live=LIVE if field.live else CALM,
    )


def _long(shown: Shown, key: str) -> Any:
    return st.text_area(label(shown.field), key=key, help=shown.field.hint or None, height=90)


def _choice(shown: Shown, key: str) -> Any:
    field = shown.field
    return st.selectbox(
        label(field),
        [option.code for option in shown.options],
        index=None,
        key=key,
        format_func=_labels(shown.options),
        help=field.hint or None,
        placeholder=CHOOSE,
    )


def _many(shown: Shown, key: str) -> Any:
    return st.pills(
        label(shown.field),
        [option.code for option in shown.options],
        selection_mode="multi",
        key=key,
        format_func=_labels(shown.options),
        help=shown.field.hint or None,
    )


def _flag(shown: Shown, key: str) -> Any:
    return st.checkbox(label(shown.field), key=key, help=shown.field.hint or None)


WIDGETS: dict[Kind, Callable[[Shown, str], Any]] = {
    Kind.LONG: _long,
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.FLAG: _flag,
}
