"""What the sign-in form checks against: one account at a time, read when its name is tried.

An unknown, disabled or unfinished account is checked against the hash of a password nobody knows,
so that it takes as long and looks the same.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from db.trail import Action
from services import accounts, office, passwords
from services.sessions import DOOR
from services.text import fold
from services.work import Work


class Lookup(Mapping[str, dict[str, Any]]):
    """User name → what streamlit-authenticator wants to know. Every name is "there"."""

    def __init__(self) -> None:
        self._asked: dict[str, dict[str, Any]] = {}

    def __getitem__(self, username: str) -> dict[str, Any]:
        name = fold(username)
        if name not in self._asked:
            self._asked[name] = self._read(name)
        return self._asked[name]

    def __contains__(self, username: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._asked)

    def __len__(self) -> int:
        return len(self._asked)

    def _read(self, name: str) -> dict[str, Any]:
        known = accounts.credential(name)
        return {"name": "", "password": known.password_hash if known else passwords.nobody()}


def failed(username: str) -> None:
    """A refused attempt, in the trail (never the typed name: people type passwords there).

    Attempts are counted here when repeated ones are to be slowed down.
    """
    known = accounts.credential(username)
    with Work(office.current(), DOOR, write=True) as work:
        work.record(Action.REFUSED, "sign_in", object_id=known.account_id if known else None)
