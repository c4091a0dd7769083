"""What the server writes into a field has arrived only when the browser says so.

While somebody types, messages overlap: one that left the browser before an answer arrived still carries what
stood in the fields before. Without care it would empty again what was just chosen. Each form therefore has a
hidden mark with the number of the last thing written; the browser sends it back with every message.
"""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st


class _Own(str):
    """The mark as the server wrote it. From the browser it comes back as a plain text: so it is known whether
    the browser has sent it at all, or whether this is only what the server remembers."""

    __slots__ = ()


@dataclass
class Told:
    """One value on its way to the browser, and what may still come back from before it arrives."""

    value: Any
    older: list[Any]
    number: int


@dataclass
class Arrivals:
    """What was written into the fields of one drawn form."""

    written: int = 0
    seen: int = 0
    told: dict[str, Told] = field(default_factory=dict)  # widget → what it was told

    def put(self, widget: str, value: Any) -> None:
        """Writes into a field before it is drawn, and remembers it until it has arrived."""
        older = self.told[widget].older if widget in self.told else []
        if widget in st.session_state:
            older = [*older, st.session_state[widget]]
        self.written += 1
        self.told[widget] = Told(value, older, self.written)
        st.session_state[widget] = value

    def take(self, widget: str, *, typed: bool) -> Any:
        """What stands in a field: what was sent, unless that left before the last value arrived. A choice made
        meanwhile is somebody's own, and written again, because the value under way would cover it; in a text
        that could disturb the typing."""
        sent = st.session_state[widget]
        told = self.told.get(widget)
        if told is None:
            return sent
        if told.number <= self.seen:
            del self.told[widget]
        elif sent == told.value or sent in told.older:
            st.session_state[widget] = told.value
            return told.value
        elif typed:
            del self.told[widget]
        else:
            told.older.append(told.value)
            self.put(widget, sent)
        return sent

    def look(self, mark: str) -> None:
        """Reads, at the start of a run, how far the browser is."""
        sent = st.session_state.get(mark)
        if sent and not isinstance(sent, _Own):
            self.seen = max(self.seen, int(sent))

    def draw(self, mark: str) -> None:
        """Draws the mark, after the fields it speaks of (`work.css` hides it)."""
        if self.written > self.seen:
            st.session_state[mark] = _Own(self.written)
        st.text_input("Đã nhận", key=mark, label_visibility="collapsed")
