"""What somebody was typing into a form, kept until it is saved: it survives a reload, an ended session, a
restarted server, and is there in another browser of the same person.

One draft a person and form of a record (`place`), sealed with the key of the file it is about (the
office's where there is none), so it is destroyed with the file. Drafts are not in the trail. One that
cannot be read any more is dropped: a draft never stands in the way of the form itself.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.base import new_id, table_of
from db.cases import Case
from db.desk import Draft
from db.sealed import OFFICE, SealError, keys, seal, unseal
from services.access import visible
from services.errors import AppError
from services.work import Work

LIFE = timedelta(days=30)
CODED = re.compile(r"[\w:.-]{1,120}\Z", re.ASCII)  # a place stands plain in the table: codes only, whoever made it
PLACE = "draft.content"  # what a draft is sealed for, as columns are
_draft = table_of(Draft)


@dataclass(frozen=True)
class Kept:
    """What stood in a form. `typed` and `start`: field → text as typed, code, list of codes, or flag.

    `start` and `versions` say which state of the record it was typed over; `title` and `address` name the
    form and where it opens again (coded facts only)."""

    typed: dict[str, Any]
    start: dict[str, Any] = field(default_factory=dict)
    versions: tuple[int, ...] = ()
    title: str = ""
    address: str = ""
    id: int = 0


@dataclass(frozen=True)
class DraftLine:
    """One form somebody left half-way, for their start page. `case_code` is empty where there is no file."""

    title: str
    address: str
    kept_at: datetime  # UTC
    case_code: str = ""


def keep(
    work: Work,
    place: str,
    form_name: str,
    case_id: int | None,
    typed: Mapping[str, Any],
    *,
    start: Mapping[str, Any] | None = None,
    versions: tuple[int, ...] = (),
    title: str = "",
    address: str = "",
) -> int | None:
    """Keeps what stands in a form of this person; gives the draft's id. The same content costs no write.

    A reading Work uses a short writing one beside it. None when nothing could be kept (nobody signed in, a
    full disk, a destroyed key): the text then stands in the open form only.
    """
    if work.actor.account_id is None or not CODED.match(place):
        return None
    kept = Kept(dict(typed), dict(start or {}), versions, title, address)
    before = find(work, place)
    if before is not None and _same(before, kept):
        return before.id
    try:
        if work.write:
            return _write(work, place, form_name, case_id, kept)
        with Work(work.office, work.actor, write=True, today=work.today) as beside:
            return _write(beside, place, form_name, case_id, kept)
    except (AppError, SealError, KeyError):
        return None


def find(work: Work, place: str) -> Kept | None:
    """What this person was typing into the form, if it was not saved."""
    row = next(iter(_rows(work, _draft.c.place == place)), None)
    return _opened(row) if row is not None else None


def spend(work: Work, place: str, draft_id: int) -> bool:
    """Ends a draft in the Work that saves what it holds: the two are one. False when it is no longer
    there, because another window of the same person saved it or threw it away."""
    mine = (_draft.c.id == draft_id, _draft.c.place == place, _draft.c.account_id == work.actor.account_id)
    return bool(work.session.connection().execute(sa.delete(_draft).where(*mine)).rowcount)


def drop(work: Work, place: str) -> None:
    """The form was begun anew: what was kept of it goes."""
    if find_id(work, place) is None:
        return
    mine = sa.delete(_draft).where(_draft.c.place == place, _draft.c.account_id == work.actor.account_id)
    if work.write:
        work.session.connection().execute(mine)
        return
    with Work(work.office, work.actor, write=True, today=work.today) as beside:
        beside.session.connection().execute(mine)


def find_id(work: Work, place: str) -> int | None:
    """The id of the draft at a place, read or not."""
    return next((row.id for row in _rows(work, _draft.c.place == place)), None)


def mine(work: Work) -> Sequence[DraftLine]:
    """The forms this person left half-way, the latest first; those of files they may no longer see are
    not among them."""
    return list(_lines(work, _rows(work)))


def _lines(work: Work, rows: Sequence[Any]) -> Iterator[DraftLine]:
    codes = _codes(work, {row.case_id for row in rows if row.case_id is not None})
    for row in rows:
        if row.case_id is not None and row.case_id not in codes:
            continue
        kept = _opened(row)
        if kept is not None and kept.title and kept.address:
            yield DraftLine(kept.title, kept.address, row.kept_at, codes.get(row.case_id, ""))


def _codes(work: Work, case_ids: set[int]) -> dict[int, str]:
    """The numbers of those of the files that this person may see."""
    if not case_ids:
        return {}
    case = table_of(Case)
    statement = visible(work, sa.select(case.c.id, case.c.code).where(case.c.id.in_(case_ids)))
    return {row.id: row.code for row in work.session.connection().execute(statement)}


def _rows(work: Work, *where: Any) -> Sequence[Any]:
    """This person's drafts that are not too old, the latest first."""
    own = (_draft.c.account_id == work.actor.account_id, _draft.c.kept_at > work.now - LIFE)
    statement = sa.select(_draft).where(*own, *where).order_by(_draft.c.kept_at.desc(), _draft.c.id)
    return work.session.connection().execute(statement).all()


def _opened(row: Any) -> Kept | None:
    """A draft read; None when it does not open, stands in another's place, or is not what is written now."""
    try:
        text = unseal(bytes(row.content), place=PLACE)
        if text.row != row.id or text.case != (row.case_id or OFFICE):
            return None
        said = json.loads(text)
        return Kept(
            dict(said["typed"]),
            dict(said["start"]),
            tuple(int(one) for one in said["versions"]),
            str(said["title"]),
            str(said["address"]),
            row.id,
        )
    except (SealError, ValueError, TypeError, KeyError):
        return None


def _same(before: Kept, now: Kept) -> bool:
    return _text(before) == _text(now)


def _text(kept: Kept) -> str:
    said = {name: value for name, value in asdict(kept).items() if name != "id"}
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _write(work: Work, place: str, form_name: str, case_id: int | None, kept: Kept) -> int:
    connection = work.session.connection()
    connection.execute(sa.delete(_draft).where(_draft.c.kept_at <= work.now - LIFE))
    if case_id is None:
        keys().add_case(OFFICE)  # a file has its key since it was opened
    draft_id = find_id(work, place)
    row_id = draft_id if draft_id is not None else new_id()
    values = {
        "form": form_name,
        "case_id": case_id,
        "kept_at": work.now,
        "content": seal(_text(kept), place=PLACE, case=case_id or OFFICE, row=row_id),
    }
    if draft_id is not None:
        connection.execute(sa.update(_draft).where(_draft.c.id == draft_id).values(**values))
    else:
        own = {"id": row_id, "account_id": work.actor.account_id, "place": place}
        connection.execute(sa.insert(_draft).values(**own, **values))
    return row_id
