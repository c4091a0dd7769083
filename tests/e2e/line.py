"""What comes over the line: bytes received by a page, over HTTP and over its websocket, counted in steps."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page


class Line:
    """Counts from the moment it is made. `costs` keeps what each step brought, in order."""

    def __init__(self, page: Page) -> None:
        self.received = 0
        self.costs: list[tuple[str, int]] = []
        self.session = page.context.new_cdp_session(page)
        self.session.on("Network.loadingFinished", self._http)
        self.session.on("Network.webSocketFrameReceived", self._frame)
        self.session.send("Network.enable")

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """Everything received within the block belongs to this step."""
        before = self.received
        yield
        self.costs.append((words, self.received - before))

    def _http(self, event: dict[str, Any]) -> None:
        """As it came, packed; what the browser had kept costs nothing."""
        self.received += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        """Binary frames are told in base64; on the line they may still be packed, so this is the most."""
        frame = event["response"]
        text = frame["payloadData"]
        self.received += len(base64.b64decode(text)) if frame["opcode"] == 2 else len(text)
