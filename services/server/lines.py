"""Live websockets, each cut when the session it belongs to ends."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive

from services import logs, sessions

LOOK_EVERY = 1.0  # seconds; a page outlives its session by less than two


class Line:
    """One websocket. `digest` is its session's; empty for somebody without one."""

    def __init__(self, digest: str) -> None:
        self.digest = digest
        self.cut = asyncio.Event()

    async def next(self, receive: Receive) -> Message | None:
        """The next message, or None as soon as the line is cut."""
        message = asyncio.ensure_future(receive())
        cut = asyncio.ensure_future(self.cut.wait())
        try:
            await asyncio.wait({message, cut}, return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() and not self.cut.is_set() else None
        finally:
            for task in (message, cut):
                task.cancel()


class Lines:
    """All websockets of this process, and the one task that watches their sessions."""

    def __init__(self) -> None:
        self._lines: set[Line] = set()
        self._watch: asyncio.Task[None] | None = None

    def add(self, line: Line) -> None:
        self._lines.add(line)
        if line.digest and (self._watch is None or self._watch.done()):
            self._watch = asyncio.create_task(self._look(), name="duongve-lines")

    def drop(self, line: Line) -> None:
        self._lines.discard(line)

    async def _look(self) -> None:
        while digests := {line.digest for line in self._lines if line.digest}:
            await asyncio.sleep(LOOK_EVERY)
            try:
                alive = await run_in_threadpool(sessions.alive, digests)
            except Exception as error:
                logs.unforeseen(error)
                alive = set()  # a session that cannot be checked is not trusted
            for line in self._lines:
                if line.digest in digests - alive:
                    line.cut.set()
