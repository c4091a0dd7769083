"""Who looked at a list: one entry in the trail a page of names, before it is shown."""

from collections.abc import Iterable

from db.trail import Action
from services.work import Work

MOST_KEPT = 10_000


def list_seen(work: Work, object: str, ids: Iterable[int]) -> None:
    """Writes down that this actor reads these rows (the same page again within the session adds none)."""
    said = ",".join(format(row_id, "x") for row_id in ids)
    shown: set[tuple[int | None, str | None, str, str]] = work.office.memory.setdefault("lists", set())
    key = (work.actor.account_id, work.actor.session, object, said)
    if not said or key in shown:
        return
    if len(shown) > MOST_KEPT:
        shown.clear()
    work.record(Action.LIST, object, fields=said)
    work.once_kept(lambda: shown.add(key))
