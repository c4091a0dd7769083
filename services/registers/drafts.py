"""What somebody was typing, kept while the server runs: a reload of the page finds it again.

In memory only, never on disk: what is typed here names people. One copy a person and form.
"""

import threading
import time
from collections.abc import Mapping
from typing import Any

from services.work import Work

LIFE = 12 * 3600.0  # seconds
MOST = 2000

_lock = threading.Lock()


def keep(work: Work, form: str, typed: Mapping[str, Any]) -> None:
    """Remembers what stands in a form of this person."""
    now = time.monotonic()
    with _lock:
        kept = _kept(work)
        kept.pop(_key(work, form), None)
        kept[_key(work, form)] = (now, dict(typed))
        while len(kept) > MOST or (kept and next(iter(kept.values()))[0] < now - LIFE):
            del kept[next(iter(kept))]


def find(work: Work, form: str) -> dict[str, Any] | None:
    """What this person was typing into the form, if it was not saved."""
    with _lock:
        at, typed = _kept(work).get(_key(work, form), (0.0, None))
    return dict(typed) if typed is not None and at > time.monotonic() - LIFE else None


def drop(work: Work, form: str) -> None:
    """The form was saved, or begun anew."""
    with _lock:
        _kept(work).pop(_key(work, form), None)


def _kept(work: Work) -> dict[tuple[int | None, str], tuple[float, dict[str, Any] | None]]:
    kept: dict[tuple[int | None, str], tuple[float, dict[str, Any] | None]]
    kept = work.office.memory.setdefault("drafts", {})
    return kept


def _key(work: Work, form: str) -> tuple[int | None, str]:
    return work.actor.account_id, form
