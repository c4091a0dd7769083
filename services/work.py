"""Work: one transaction, one actor, one "today". The only place that commits."""

import getpass
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from db.accounts import Role
from db.audit import Author, Change, record
from db.base import utc_now
from db.engine import open_session
from db.places import AreaLevel, UnitKind
from db.sealed import unlocked
from db.trail import Action
from services.errors import AppError, Conflict
from services.office import Office

VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Held:
    """A role held at a unit, whose area it has."""

    role: Role
    unit_id: int
    unit_name: str
    unit_kind: UnitKind
    area_id: int | None = None
    area_level: AreaLevel | None = None
    head: bool = False


@dataclass(frozen=True)
class Actor:
    """Who is at work. `operator` is the command line: the person at the machine itself."""

    account_id: int | None
    name: str
    holdings: tuple[Held, ...] = ()
    session: str | None = None
    operator: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.holdings)


def command_line() -> Actor:
    """The operating-system user: what the command line does is in the trail under this name."""
    return Actor(None, f"máy chủ: {getpass.getuser()}", operator=True)


class Work:
    """`with Work(office, actor, write=True) as work:` – commits once, on leaving cleanly.

    Without `write` nothing can be kept. `today` is the day in Việt Nam, unless a test says another.
    """

    def __init__(
        self,
        office: Office,
        actor: Actor,
        *,
        write: bool = False,
        today: date | None = None,
        reason: str = "",
    ) -> None:
        self.office, self.actor, self.write = office, actor, write
        self.now: datetime = utc_now()
        self.today: date = today or self.now.astimezone(VIETNAM).date()
        self._reason = reason
        self._stack = ExitStack()
        self._once_kept: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        self._stack.enter_context(unlocked(self.office.keys))
        self.session: Session = self._stack.enter_context(open_session(self.office.engine, write=self.write))
        self.session.info["author"] = self._author()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._stack:
            if not self.write or kind is not None:
                self.session.close()  # undoes everything; what was read stays readable
            else:
                self._commit()
        if isinstance(error, StaleDataError):
            raise Conflict from error
        if isinstance(error, DBAPIError) and (said := _explained(error)) is not error:
            raise said from error

    def record(
        self,
        action: Action,
        object: str,
        *,
        object_id: int | None = None,
        case_id: int | None = None,
        fields: str = "",
        reason: str | None = None,
    ) -> None:
        """Writes into the trail what is not a change of a row. A reading Work uses a short one beside it,
        so the entry stands before anything is shown."""
        change = Change(action, object, object_id, case_id, fields, None, reason)
        if self.write:
            record(self.session, change)
            return
        with Work(self.office, self.actor, write=True, today=self.today) as beside:
            record(beside.session, change)

    def once_kept(self, note: Callable[[], None]) -> None:
        """Runs `note` as soon as what was recorded is safe: at once when reading, after the commit when
        writing. What a Work undoes must not be remembered as written."""
        if self.write:
            self._once_kept.append(note)
        else:
            note()

    def _commit(self) -> None:
        try:
            self.session.flush()
            self.office.keys.flush()  # a key must be safe before the data that needs it
            self.session.commit()
            for note in self._once_kept:
                note()
        except StaleDataError:
            self.session.rollback()
            raise Conflict from None
        except (DBAPIError, sqlite3.Error) as error:  # the second: the key store's file
            self.session.rollback()
            raise _explained(error) from error

    def _author(self) -> Author:
        first = self.actor.holdings[0] if self.actor.holdings else None
        roles = ", ".join(sorted({held.role.value for held in self.actor.holdings}))
        return Author(
            self.actor.name,
            roles or ("operator" if self.actor.operator else ""),
            self.actor.account_id,
            first.unit_id if first else None,
            self.actor.session,
            self._reason or None,
        )


class StorageFull(AppError):
    sentence = "Máy chủ hết chỗ lưu hoặc ổ đĩa đang khóa ghi. Nội dung CHƯA được lưu; hãy báo người quản trị."


class Busy(AppError):
    sentence = "Hệ thống đang bận ghi dữ liệu. Nội dung CHƯA được lưu; hãy thử lại sau ít giây."


def _explained(error: DBAPIError | sqlite3.Error) -> Exception:
    text = str(getattr(error, "orig", error)).lower()
    if "full" in text or "readonly" in text or "disk i/o" in text:
        return StorageFull()
    if "locked" in text or "busy" in text:
        return Busy()
    if "unique" in text:
        return Conflict()
    return error
