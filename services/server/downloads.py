"""Files that leave: made when they are fetched, through our own route, and kept nowhere.

A page offers a file; the browser fetches it within a minute with the session it was offered to.
The right is asked again then, the export stands in the trail before the first byte leaves, and
the address works once.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from db.trail import Action
from services import office
from services.access import Right, require
from services.errors import Refused
from services.text import fold
from services.work import Actor, Work

ADDRESS = "/tai/"
LIFE = 60.0  # seconds from the click to the request
MOST_WAITING = 1000


@dataclass(frozen=True)
class Offer:
    """A file promised to one session. `produce` makes its bytes; `what` names it in the trail (None: the
    verb behind `produce` writes its own entry); `inline`: looked at in the page, not saved."""

    session: str | None
    right: Right
    name: str
    media_type: str
    produce: Callable[[Work], bytes]
    what: str | None
    reason: str | None
    until: float
    inline: bool = False


_waiting: dict[str, Offer] = {}
_lock = threading.Lock()


def offer(
    actor: Actor,
    *,
    right: Right,
    name: str,
    media_type: str,
    produce: Callable[[Work], bytes],
    what: str | None,
    reason: str | None = None,
    inline: bool = False,
) -> str:
    """Promises a file to the actor's session; returns the address (`/tai/…`) that gives it once."""
    token = secrets.token_urlsafe(24)
    what = what and what[:60]
    until = time.monotonic() + LIFE
    promised = Offer(actor.session, right, name, media_type, produce, what, reason, until, inline)
    with _lock:
        now = time.monotonic()
        for old in [key for key, value in _waiting.items() if value.until < now]:
            del _waiting[old]
        while len(_waiting) >= MOST_WAITING:
            del _waiting[next(iter(_waiting))]
        _waiting[token] = promised
    return ADDRESS + token


def take(token: str, actor: Actor) -> Offer:
    """The offer behind a token, once. Raises Refused when it is not this session's, or too old."""
    with _lock:
        promised = _waiting.get(token)
        if promised is None or promised.session != actor.session:
            raise Refused
        del _waiting[token]
    if promised.until < time.monotonic():
        raise Refused
    return promised


def deliver(promised: Offer, actor: Actor) -> bytes:
    """Makes the file for the actor. The right is asked now; the trail has the export before it leaves."""
    with Work(office.current(), actor) as work:
        require(work, promised.right)
        data = promised.produce(work)
    if promised.what is None:
        return data
    with Work(office.current(), actor, write=True) as work:
        work.record(Action.EXPORT, promised.what, fields=fold(promised.name)[:200], reason=promised.reason)
    return data


def disposition(name: str, *, inline: bool = False) -> str:
    """`Content-Disposition` with a plain ASCII name for old programs and the real one in UTF-8."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in fold(name))
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
