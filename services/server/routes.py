"""Our own HTTP routes: the sign-in ticket, the way out, and files that leave."""

import re
from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from services import sessions
from services.errors import AppError, Refused
from services.server import downloads, gate

LOCAL = re.compile(r"/[a-z0-9-]*(\?[\w=&.,:%-]*)?\Z", re.ASCII)
ALONE = {"content-security-policy": "default-src 'none'; sandbox"}  # a file is looked at, nothing in it runs
PROBLEM = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Đường Về</title>
<link rel="stylesheet" href="/_assets/style.css">
<body class="plain"><p>{sentence}</p><p><a href="/">Về trang đầu</a></p>"""


def routes() -> list[Route]:
    return [
        Route("/favicon.png", lambda request: RedirectResponse("/_assets/favicon.svg", 301)),
        Route("/_signin/{ticket}", sign_in, methods=["GET"]),
        Route("/_signout", sign_out, methods=["GET"]),
        Route(downloads.ADDRESS + "{token}", download, methods=["GET"]),
    ]


def safe_address(address: str | None) -> str:
    """An address of this tool (path and coded filters), or the first page."""
    return address if address and LOCAL.match(address) else "/"


async def sign_in(request: Request) -> Response:
    """Turns a ticket into a session's cookie. Any session the browser had before is over."""
    token = None
    if _from_here(request):
        await run_in_threadpool(sessions.end, gate.token_of(request.scope))
        token = await run_in_threadpool(sessions.redeem, request.path_params["ticket"])
    answer = RedirectResponse(safe_address(request.query_params.get("next")), 303)
    if token:
        _set_cookie(answer, token, None)
    return answer


async def sign_out(request: Request) -> Response:
    """Ends the session, if the request comes from our own page, and clears the cookie."""
    answer = RedirectResponse("/", 303)
    if _from_here(request):
        await run_in_threadpool(sessions.end, gate.token_of(request.scope))
        _set_cookie(answer, "", 0)
    return answer


async def download(request: Request) -> Response:
    """Gives a promised file once, to the session it was promised to."""
    actor = await run_in_threadpool(sessions.current, gate.token_of(request.scope))
    if actor is None or not _from_here(request):
        return gate.not_found()
    try:
        promised = downloads.take(request.path_params["token"], actor)
        data = await run_in_threadpool(downloads.deliver, promised, actor)
    except Refused:
        return gate.not_found()
    except AppError as error:
        return HTMLResponse(PROBLEM.format(sentence=escape(error.sentence)), 409)
    named = {"content-disposition": downloads.disposition(promised.name, inline=promised.inline)}
    return Response(data, media_type=promised.media_type, headers=named | ALONE)


def _from_here(request: Request) -> bool:
    """Whether our own page sent the browser here. (Old browsers do not say; the cookie's
    SameSite=Strict holds for them.)"""
    return Headers(scope=request.scope).get("sec-fetch-site", "same-origin") == "same-origin"


def _set_cookie(answer: Response, token: str, max_age: int | None) -> None:
    answer.set_cookie(
        sessions.cookie_name(),
        token,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="strict",
        secure=sessions.tls_in_front(),
    )
