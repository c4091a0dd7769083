"""Server-side sessions: who a cookie belongs to, from the sign-in ticket to the end.

Only SHA-256 digests of tickets and tokens are stored. A session ends after 30 idle minutes, after
8 hours, on sign-out, and when the account is disabled, its password or its roles change
(`end_all`); the gate then cuts its live pages within two seconds.
"""

import hashlib
import os
import secrets
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.accounts import Account, Holding, ServerSession, Ticket
from db.base import table_of, utc_now
from db.places import Area, Unit
from db.trail import Action
from services import office
from services.errors import AppError
from services.work import VIETNAM, Actor, Held, Work

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=8)
TICKET_LIFE = timedelta(seconds=30)
TOUCH_AFTER = timedelta(minutes=1)
KEPT = timedelta(days=30)  # ended sessions stay this long, for whoever looks into an incident

DOOR = Actor(None, "cổng đăng nhập")  # nobody yet: holds no right

_sessions, _tickets = table_of(ServerSession), table_of(Ticket)
_accounts, _holdings, _units, _areas = table_of(Account), table_of(Holding), table_of(Unit), table_of(Area)


def tls_in_front() -> bool:
    """Whether `duongve serve` was told that TLS ends in front of it (`DUONGVE_TLS=1`)."""
    return os.environ.get("DUONGVE_TLS") == "1"


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to TLS; plain loopback cannot have it."""
    return "__Host-duongve" if tls_in_front() else "duongve"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()


def issue_ticket(account_id: int) -> str:
    """A ticket for somebody who has just proved who they are: single use, 30 seconds."""
    ticket = secrets.token_urlsafe(32)
    with Work(office.current(), DOOR, write=True) as work:
        old = sa.delete(_tickets).where(_tickets.c.expires_at < work.now - KEPT)
        work.session.connection().execute(old)
        expires = work.now + TICKET_LIFE
        work.session.add(
            Ticket(token_hash=digest(ticket), account_id=account_id, expires_at=expires, used_at=None)
        )
    return ticket


def redeem(ticket: str) -> str | None:
    """Turns a ticket into the token of a new session; None when it is unknown, old or used."""
    with Work(office.current(), DOOR, write=True) as work:
        account_id = _use(work, ticket)
    if account_id is None:
        return None
    token = secrets.token_urlsafe(32)
    with Work(office.current(), DOOR, write=True) as work:
        ended = sa.delete(_sessions).where(_sessions.c.started_at < work.now - KEPT)
        work.session.connection().execute(ended)
        work.session.add(
            ServerSession(
                token_hash=digest(token),
                account_id=account_id,
                started_at=work.now,
                seen_at=work.now,
                ended_at=None,
            )
        )
    return _signed(token, Action.SIGN_IN)


def current(token: str) -> Actor | None:
    """Who holds this token, with the roles valid today; None when the session is over.

    Being asked counts as activity (kept at most once a minute).
    """
    if not token:
        return None
    found = _find(digest(token))
    if not found:
        return None
    first = found[0]
    if utc_now() - first.seen_at > TOUCH_AFTER:
        _touch(first.session_id)
    held = tuple(_held(row) for row in found if row.role is not None)
    return Actor(first.account_id, first.full_name, held, first.token_hash[:16])


def alive(digests: Collection[str]) -> set[str]:
    """Those of the digests whose sessions still run. Asking is not activity."""
    if not digests:
        return set()
    now = utc_now()
    asked = (
        sa.select(_sessions.c.token_hash)
        .join(_accounts, _accounts.c.id == _sessions.c.account_id)
        .where(_sessions.c.token_hash.in_(digests), *_running(now))
    )
    with office.current().engine.connect() as connection:
        return set(connection.scalars(asked))


def end(token: str) -> None:
    """Signs out: this session is over, everywhere."""
    if _signed(token, Action.SIGN_OUT):
        with Work(office.current(), DOOR, write=True) as work:
            _end(work, _sessions.c.token_hash == digest(token))


def end_all(work: Work, account_id: int) -> None:
    """Every session of an account is over once this work is committed."""
    _end(work, _sessions.c.account_id == account_id)


def _signed(token: str, action: Action) -> str | None:
    """Writes a sign-in or sign-out into the trail under the person's own name."""
    actor = current(token)
    if actor is None:
        return None
    with Work(office.current(), actor, write=True) as work:
        work.record(action, "account", object_id=actor.account_id)
    return token


def _use(work: Work, ticket: str) -> int | None:
    """Marks a live ticket as used; one statement, so two requests cannot both win."""
    this = _tickets.c.token_hash == digest(ticket)
    live = sa.and_(this, _tickets.c.used_at.is_(None), _tickets.c.expires_at > work.now)
    connection = work.session.connection()
    if connection.execute(sa.update(_tickets).where(live).values(used_at=work.now)).rowcount != 1:
        return None
    used = sa.select(_tickets.c.account_id).where(this)
    return int(connection.scalars(used).one())


def _running(now: datetime) -> tuple[Any, ...]:
    return (
        _sessions.c.ended_at.is_(None),
        _sessions.c.seen_at > now - IDLE,
        _sessions.c.started_at > now - ABSOLUTE,
        _accounts.c.active,
    )


def _find(token_hash: str) -> list[Any]:
    """The running session's rows, one for each role held today (one without a role, if none)."""
    now = utc_now()
    today = now.astimezone(VIETNAM).date()
    valid_today = sa.and_(
        _holdings.c.account_id == _accounts.c.id,
        sa.or_(_holdings.c.valid_from.is_(None), _holdings.c.valid_from <= today),
        sa.or_(_holdings.c.valid_to.is_(None), _holdings.c.valid_to >= today),
    )
    asked = (
        sa.select(
            _sessions.c.id.label("session_id"),
            _sessions.c.token_hash,
            _sessions.c.seen_at,
            _accounts.c.id.label("account_id"),
            _accounts.c.full_name,
            _holdings.c.role,
            _holdings.c.head,
            _units.c.id.label("unit_id"),
            _units.c.name.label("unit_name"),
            _units.c.kind.label("unit_kind"),
            _units.c.area_id,
            _areas.c.level.label("area_level"),
        )
        .join(_accounts, _accounts.c.id == _sessions.c.account_id)
        .outerjoin(_holdings, valid_today)
        .outerjoin(_units, _units.c.id == _holdings.c.unit_id)
        .outerjoin(_areas, _areas.c.id == _units.c.area_id)
        .where(_sessions.c.token_hash == token_hash, *_running(now))
        .order_by(_holdings.c.created_at)
    )
    with office.current().engine.connect() as connection:
        return list(connection.execute(asked))


def _held(row: Any) -> Held:
    return Held(row.role, row.unit_id, row.unit_name, row.unit_kind, row.area_id, row.area_level, bool(row.head))


def _touch(session_id: int) -> None:
    with suppress(AppError), Work(office.current(), DOOR, write=True) as work:
        seen = sa.update(_sessions).where(_sessions.c.id == session_id).values(seen_at=work.now)
        work.session.connection().execute(seen)


def _end(work: Work, which: Any) -> None:
    over = sa.update(_sessions).where(which, _sessions.c.ended_at.is_(None)).values(ended_at=work.now)
    work.session.connection().execute(over)
