"""The gate: every address passes here first, and only what is named here goes on.

Without a session: the empty page Streamlit draws on, its static files, a health answer, and a
websocket that can only run the sign-in page. Everything else is "not found", whether it does not
exist or is not allowed.
"""

import re
from collections.abc import Iterator
from enum import Enum
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import access, logs, sessions
from services.scans import attachments
from services.server import empty_page, front_files
from services.server.lines import Line, Lines
from services.server.wire import RELOAD, may_pass
from services.work import Actor

SESSION_HEADER = b"x-duongve-session"
STREAM = "/_stcore/stream"
NOT_FOUND = "Không tìm thấy.\n"
SORRY = "Có lỗi ngoài dự kiến. Báo người quản trị kèm mã {reference}.\n"
UPLOADING = (access.Right.IMPORT, *attachments.ADDING)
TAKEN = "media|component|static|app|auth|oauth2callback|favicon|manifest|tai"


class Way(Enum):
    """What an address is, from the outside."""

    PAGE = "page"  # the empty document; what is drawn on it comes through the websocket
    FRONT = "front"  # Streamlit's own front-end files
    STATIC = "static"  # our own files, the same for everybody
    OPEN = "open"  # routes that look after themselves
    UPLOAD = "upload"  # a register or a scan sent in
    NONE = "none"


ADDRESSES: tuple[tuple[Way, frozenset[str], re.Pattern[str]], ...] = tuple(
    (way, frozenset(methods.split()), re.compile(pattern + r"\Z"))
    for way, methods, pattern in (
        (Way.FRONT, "GET HEAD", r"/static/(js|css|media)/\w[\w.~-]*"),
        (Way.STATIC, "GET HEAD", r"/_assets/\w[\w.-]*"),
        (Way.STATIC, "GET HEAD", r"/favicon\.png"),
        (Way.OPEN, "GET HEAD", r"/_stcore/(health|host-config)"),
        (Way.OPEN, "GET", r"/_signin/[\w-]{20,100}"),
        (Way.OPEN, "GET", r"/_signout"),
        (Way.OPEN, "GET", r"/tai/[\w-]{20,100}"),
        (Way.UPLOAD, "PUT DELETE", r"/_stcore/upload_file/[\w-]{8,64}/[\w-]{8,64}"),
        (Way.PAGE, "GET HEAD", rf"/(?!(?:{TAKEN})\Z)[a-z][a-z0-9-]{{0,40}}"),
        (Way.PAGE, "GET HEAD", r"/"),
    )
)


def way_of(method: str, path: str) -> Way:
    """What a request is for; `NONE` for every address not named above."""
    for way, methods, pattern in ADDRESSES:
        if pattern.match(path):
            return way if method in methods else Way.NONE
    return Way.NONE


class Gate:
    """Pure ASGI middleware around Streamlit and our own routes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.lines = Lines()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(_without_identity(scope), receive, send)
        elif scope["type"] == "websocket":
            await self._websocket(_without_identity(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        way = way_of(scope["method"], scope["path"])
        dressed = Dressed(send, kept=way in (Way.FRONT, Way.STATIC))
        try:
            if way is Way.PAGE:
                await empty_page.response()(scope, receive, dressed)
            elif way is Way.FRONT:
                found = await run_in_threadpool(front_files.answer, scope)
                await (found or not_found())(scope, receive, dressed)
            elif way is Way.NONE or (way is Way.UPLOAD and not await self._may_upload(scope)):
                await not_found()(scope, receive, dressed)
            else:
                await self.app(scope, receive, dressed)
        except Exception as error:
            reference = logs.unforeseen(error)
            if not dressed.started:
                await PlainTextResponse(SORRY.format(reference=reference), 500)(scope, receive, dressed)

    async def _may_upload(self, scope: Scope) -> bool:
        actor = await run_in_threadpool(sessions.current, token_of(scope))
        return actor is not None and any(access.has(actor, right) for right in UPLOADING)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != STREAM or not _same_origin(scope):
            await receive()  # the handshake, then a plain refusal
            await send({"type": "websocket.close", "code": 1008})
            return
        token = token_of(scope)
        actor = await run_in_threadpool(sessions.current, token)
        if actor is None and _resumes(scope):
            await _reload(receive, send)
            return
        digest = sessions.digest(token) if actor else ""
        scope["headers"] = [*scope["headers"], (SESSION_HEADER, (digest or "nobody").encode())]
        line = Line(digest)
        self.lines.add(line)
        try:
            await self.app(scope, _guarded(line, actor, receive, send), _until_cut(line, send))
        except Exception as error:
            logs.unforeseen(error)
        finally:
            self.lines.drop(line)


def _guarded(line: Line, actor: Actor | None, receive: Receive, send: Send) -> Receive:
    """The websocket's receiver: drops messages Streamlit must not act on; ends when the session ends."""

    async def next_message() -> Message:
        while True:
            message = await line.next(receive)
            if message is None:
                await _let_go(send)
                return {"type": "websocket.disconnect", "code": 1008}
            if message["type"] != "websocket.receive" or may_pass(message.get("bytes") or b"", actor is not None):
                return message

    return next_message


async def _reload(receive: Receive, send: Send) -> None:
    """A page comes back after its session ended (a machine that slept): it must not keep what it shows."""
    await receive()
    await send({"type": "websocket.accept", "subprotocol": "streamlit"})
    await _let_go(send)


async def _let_go(send: Send) -> None:
    await send({"type": "websocket.send", "bytes": RELOAD})
    await send({"type": "websocket.close", "code": 1008})


def _until_cut(line: Line, send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if not line.cut.is_set():
            await send(message)

    return guarded


class Dressed:
    """A `send` that puts our headers on every answer, and takes off those we do not want."""

    def __init__(self, send: Send, *, kept: bool) -> None:
        self.send, self.kept = send, kept
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name in [name for name in headers if name.startswith("access-control-") or name == "server"]:
                del headers[name]
            for name, value in empty_page.headers():
                headers.setdefault(name, value)
            if not self.kept or message["status"] >= 400:
                headers["cache-control"] = "no-store"
        await self.send(message)


def not_found() -> Response:
    """The one answer for what does not exist and for what is not allowed."""
    return PlainTextResponse(NOT_FOUND, 404)


def token_of(scope: Scope) -> str:
    """The session cookie's value; empty when there is none."""
    name = sessions.cookie_name()
    for header in Headers(scope=scope).getlist("cookie"):
        for value in _cookies(header, name):
            return value
    return ""


def _cookies(header: str, name: str) -> Iterator[str]:
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            yield value.strip('"')


def _without_identity(scope: Scope) -> Scope:
    """Only the gate itself may say whose session this is: a client's copy of the header is dropped."""
    kept = [pair for pair in scope["headers"] if pair[0].lower().replace(b"_", b"-") != SESSION_HEADER]
    return {**scope, "headers": kept}


def _resumes(scope: Scope) -> bool:
    """Whether the page was connected before: Streamlit names its session third in this header."""
    named = Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
    return len(named) > 2 and bool(named[2].strip())


def _same_origin(scope: Scope) -> bool:
    """A browser always says where a websocket comes from; programs (and our tests) need not."""
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")
