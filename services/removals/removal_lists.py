"""What was deleted and can still be put back, as lists: of a file, of a unit, whole files."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.base import table_of
from db.cases import Case
from db.removal import Removal
from db.sealed import SealError, check, unseal
from db.verification import ConclusionReview, ReviewResult
from services.access import Right, has, in_area, require, shows
from services.removals.removal_rights import KINDS, RIGHTS, WORKING, spoken_of, tells, units_with, word
from services.work import Work

DAYS = 7
_removal, _case = table_of(Removal).c, table_of(Case).c
_review = table_of(ConclusionReview).c
_RETURNED = sa.select(_review.conclusion_id).where(_review.result == ReviewResult.RETURNED)


@dataclass(frozen=True)
class Removed:
    """One deletion that was not undone. `what` is the kind of record, `reason` empty for those who
    may not read it, `case_code` empty when the file itself is gone."""

    id: int
    what: str
    at: datetime  # UTC
    by_name: str
    reason: str
    case_id: int | None
    case_code: str
    may_restore: bool
    returned: bool = False  # a conclusion that the head returned: it stays out


def recent(work: Work, days: int = DAYS) -> Sequence[Removed]:
    """What the people of one's own unit deleted in the last days, for its head, the latest first (not the
    conclusions that the head returned)."""
    require(work, Right.REVIEW)
    units = [held.unit_id for held in work.actor.holdings if held.head]
    own = sa.true() if work.actor.operator else _removal.unit_id.in_(units)
    since = _removal.removed_at >= work.now - timedelta(days=days)
    return _listed(work, own, since, _removal.object_id.not_in(_RETURNED))


def shown(work: Work) -> Sequence[Removed]:
    """What this person may look through: a head all that the unit deleted lately, others whole files."""
    require(work, Right.READ_CASES)
    found = recent(work) if has(work.actor, Right.REVIEW) else ()
    known = {one.id for one in found}
    whole = files(work) if has(work.actor, Right.INTAKE) else ()
    return [*found, *(one for one in whole if one.id not in known)]


def of_case(work: Work, case: Case) -> Sequence[Removed]:
    """What was deleted in a file and not put back, the latest first."""
    require(work, Right.READ_CASES, case)
    return _listed(work, _removal.case_id == case.id)


def files(work: Work, days: int = DAYS) -> Sequence[Removed]:
    """The whole files that one's own units deleted in the last days."""
    require(work, Right.INTAKE)
    own = sa.true() if work.actor.operator else _removal.unit_id.in_(units_with(work, RIGHTS[Case]))
    since = _removal.removed_at >= work.now - timedelta(days=days)
    return _listed(work, own, since, _removal.object == table_of(Case).name)


def returned(work: Work, row_id: int) -> bool:
    """Whether a row is a conclusion that its head returned."""
    found = _RETURNED.where(_review.conclusion_id == row_id)
    return work.session.connection().execute(found).first() is not None


def _listed(work: Work, *where: Any) -> list[Removed]:
    """A reason that does not open any more (its file's key was destroyed) leaves the line out."""
    columns = (_removal.id, _removal.object, _removal.removed_at, _removal.by_name, _removal.case_id)
    returned = _removal.object_id.in_(_RETURNED).label("returned")
    statement = sa.select(*columns, returned, _case.code).outerjoin(table_of(Case), _case.id == _removal.case_id)
    statement = statement.where(_removal.restored_at.is_(None), *where).order_by(_removal.removed_at.desc())
    found = work.session.connection().execute(statement).all()
    told = [row.id for row in found if row.object in KINDS and tells(work, KINDS[row.object])]
    reasons = _reasons(work, told) if shows(work.actor, Removal.reason) else {}
    mine = _mine(work, {row.case_id for row in found})
    return [
        Removed(
            row.id,
            word(KINDS[row.object]),
            row.removed_at,
            row.by_name,
            reasons.get(row.id, ""),
            row.case_id,
            row.code or "",
            not row.returned and _restorable(row, mine),
            bool(row.returned),
        )
        for row in found
        if row.object in KINDS and spoken_of(work, KINDS[row.object])
    ]


def _restorable(row: Any, mine: set[tuple[int, Right]]) -> bool:
    if row.object == table_of(Case).name:
        return True
    return any((row.case_id, right) in mine for right in RIGHTS[KINDS[row.object]])


def _reasons(work: Work, ids: list[int]) -> dict[int, str]:
    """Read as stored, in one go, and opened one by one: a key that is gone takes its own line only."""
    found: dict[int, str] = {}
    stored = sa.select(_removal.id, sa.type_coerce(_removal.reason, sa.LargeBinary)).where(_removal.id.in_(ids))
    for removal_id, sealed in work.session.connection().execute(stored):
        with suppress(SealError):
            found[removal_id] = check(unseal(bytes(sealed), place="removal.reason"), removal_id) or ""
    return found


def _mine(work: Work, case_ids: set[int | None]) -> set[tuple[int, Right]]:
    """On which of the files this person holds which right."""
    ids = [one for one in case_ids if one is not None]
    if not ids:
        return set()
    return {
        (case_id, right)
        for right in WORKING
        for case_id in work.session.exec(select(Case.id).where(_case.id.in_(ids), in_area(work, right)))
    }
