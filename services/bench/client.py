"""A browser tab without a browser, for measuring: asks a page to run and waits until it has.

It writes and reads the few protobuf fields it needs by their numbers, which are stable; this layer
does not know Streamlit.
"""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Self

from websockets.asyncio.client import ClientConnection, connect

RERUN = 11  # of BackMsg
QUERY, WIDGETS, PAGE, CONTEXT = 1, 2, 4, 8  # of ClientState
WIDGET_ID, WIDGET_TEXT = 1, 6  # of WidgetState
DELTA, FINISHED = 5, 6  # of ForwardMsg
NEW_ELEMENT, TEXT_INPUT = 3, 24  # of Delta, of Element
CUT_SHORT = 2  # a run that another one replaced
TIMEOUT = 60.0


class Tab:
    """`async with Tab(base, token) as tab: seconds = await tab.run("cases")`."""

    def __init__(self, base: str, token: str = "") -> None:
        self._base, self._token = base, token
        self._typed: dict[str, str] = {}  # widget id → text
        self.fields: dict[str, str] = {}  # label of a text field → its id, as last drawn
        self.received = 0  # bytes

    async def __aenter__(self) -> Self:
        headers = {"Origin": self._base} | ({"Cookie": f"duongve={self._token}"} if self._token else {})
        self._line: ClientConnection = await connect(
            self._base.replace("http", "ws", 1) + "/_stcore/stream",
            additional_headers=headers,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
            open_timeout=TIMEOUT,
            proxy=None,
        )
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._line.close()

    async def run(self, page: str, query: str = "") -> float:
        """Runs a page's script from the browser's message to its last; the seconds that took."""
        state = _text(QUERY, query) + _text(PAGE, page) + _part(CONTEXT, _text(1, "Asia/Ho_Chi_Minh"))
        state += _part(WIDGETS, b"".join(_part(1, _widget(*typed)) for typed in self._typed.items()))
        begun = time.perf_counter()
        await self._line.send(_part(RERUN, state))
        async with asyncio.timeout(TIMEOUT):
            while not self._finishes(await self._line.recv()):
                pass
        return time.perf_counter() - begun

    def type(self, label: str, text: str) -> None:
        """Fills the text field whose label holds these words; it is sent with the next run."""
        found = next(field for name, field in self.fields.items() if label in name)
        self._typed[found] = text

    def _finishes(self, data: str | bytes) -> bool:
        content = data.encode() if isinstance(data, str) else data
        self.received += len(content)
        for number, value in _fields(content):
            if number == FINISHED:
                return value != CUT_SHORT
            if number == DELTA and isinstance(value, bytes):
                self._note(value)
        return False

    def _note(self, delta: bytes) -> None:
        """Remembers the text fields a page draws."""
        for element in _inside(delta, NEW_ELEMENT):
            for drawn in _inside(element, TEXT_INPUT):
                with suppress(UnicodeDecodeError):
                    known = {n: v.decode() for n, v in _fields(drawn) if n in (1, 2) and isinstance(v, bytes)}
                    self.fields[known.get(2, "")] = known.get(1, "")


def _widget(widget_id: str, text: str) -> bytes:
    return _text(WIDGET_ID, widget_id) + _text(WIDGET_TEXT, text)


def _text(number: int, text: str) -> bytes:
    return _part(number, text.encode())


def _part(number: int, content: bytes) -> bytes:
    return _number(number << 3 | 2) + _number(len(content)) + content


def _number(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _inside(message: bytes, wanted: int) -> Iterator[bytes]:
    return (value for number, value in _fields(message) if number == wanted and isinstance(value, bytes))


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The top-level fields of a protobuf message: (number, a whole number or the bytes)."""
    at = 0
    while at < len(message):
        tag, at = _read(message, at)
        kind = tag & 7
        if kind == 0:
            value, at = _read(message, at)
            yield tag >> 3, value
            continue
        length = {1: 8, 5: 4}.get(kind, 0)
        if kind == 2:
            length, at = _read(message, at)
        yield tag >> 3, message[at : at + length]
        at += length


def _read(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
