"""Two files of one reception made one (ghép hồ sơ), and taken apart again (tách lại).

The file received earlier is kept. Everything of the other goes there, sealed anew with the kept file's key;
what each file holds of its verification stays together, and the kept file has the one that is further on, so
a file's account always balances. The other file ends as *merged*: it counts nowhere, and its page leads to
the kept one. `Merge.moved` names all that was moved, so that taking apart leaves every row as it was.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import col, select

from db.attachments import Attachment
from db.base import Row, table_of, tables
from db.cases import Case, CaseState, CaseStep, CaseUnit, Closing, Reopening
from db.imports import ImportChange
from db.matching import Merge, PersonMatch
from db.people import Person, PersonKind
from db.places import Unit
from db.removal import Removal
from db.verification import Conclusion, ConclusionReview, Extension, VerificationRequest
from services.access import PROVINCE_WIDE, Right, require
from services.errors import NotReady, Refused
from services.identity.comparing import subject_of
from services.identity.merged_facts import clear_copied, copy_missing
from services.identity.sameness import ITSELF, may
from services.lifecycle import CONCLUDED, stand, take
from services.records import add, drop, forget, rows
from services.scans import attachments
from services.work import Work

CHAIN: tuple[type[Row], ...] = (
    *(VerificationRequest, Extension, Conclusion, ConclusionReview, Reopening, Closing),
    CaseStep,
)
STAY = (PersonMatch, Merge, Removal, ImportChange)  # what was done to a file, not what it holds
OWN_STEPS = {"receive", "merge", "unmerge"}  # each file's own
FURTHER = {CaseState.RECEIVED: 0, CaseState.VERIFYING: 1, CaseState.CLOSED: 3}  # concluded: 2
BOTH_CONCLUDED = (
    "Hai hồ sơ đã kết luận khác nhau nên chưa ghép được. Mở lại để xác minh một trong hai hồ sơ, rồi ghép."
)
ALREADY = "Hồ sơ đã được ghép vào hồ sơ khác."
STEPPED = "Sau khi ghép, hồ sơ giữ lại đã có bước xác minh mới nên không tách lại được. Rút lại bước ấy trước."
NOT_LAST = "Hồ sơ này còn được ghép với hồ sơ khác sau đó; tách hồ sơ ghép sau trước."

Ref = tuple[str, int]  # table and row


@dataclass
class Moved:
    """What a merge moved: rows that came to the kept file, rows of its chain that left it, rows that spoke of
    the other file's person (with what they said), facts that were copied, rows that were added."""

    came: list[Ref] = field(default_factory=list)
    left: list[Ref] = field(default_factory=list)
    persons: list[tuple[str, int, int]] = field(default_factory=list)
    copied: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    added: list[Ref] = field(default_factory=list)
    chain: list[Ref] = field(default_factory=list)  # the kept file's chain as the merge left it

    @classmethod
    def of(cls, merge: Merge) -> "Moved":
        return cls(**json.loads(str(merge.moved)))


def merge(work: Work, case: Case, other: Case, *, reason: str | None = None) -> Merge:
    """Makes one file of two that tell of one reception. Raises Refused or NotReady."""
    for one in (case, other):
        require(work, Right.INTAKE, one)
    _check(work, case, other)
    kept, gone = sorted((case, other), key=_first)
    swapped = FURTHER.get(gone.state, 2) > FURTHER.get(kept.state, 2)
    moved = Moved()
    take(work, gone, "merge", on=work.today, reason=reason)
    gone.merged_into_id = kept.id
    chains = {file.id: _chain(work, file) for file in (kept, gone)} if swapped else {}
    moved.copied = copy_missing(work, kept, subject_of(work, kept), gone, subject_of(work, gone))
    moved.persons = _speak_of(work, gone, subject_of(work, gone).id, subject_of(work, kept).id)
    units = _units_losing_sight(work, kept, gone)
    moved.came = _move(work, _holdings(work, gone), kept)
    moved.came += _move(work, chains.get(gone.id, ()), kept)
    moved.left = _move(work, chains.get(kept.id, ()), gone)
    forget(work, kept, gone)
    if swapped:
        stand(work, kept)
    moved.added = [_ref(_given(work, kept, unit_id)) for unit_id in units]
    moved.chain = [_ref(row) for row in _chain(work, kept)]
    made = Merge(
        case_id=kept.id, merged_id=gone.id, merged_on=work.today, by_name=work.actor.name, reason=reason,
        moved=json.dumps(vars(moved)),
    )  # fmt: skip
    return add(work, kept, made)


def unmerge(work: Work, merge: Merge) -> Case:
    """Takes a merge apart: every row stands as it did, and the file that had ended goes on. Gives that file.

    Raises Refused, or NotReady when the kept file has taken a step of verification since.
    """
    kept, gone = (work.session.get_one(Case, key) for key in (merge.case_id, merge.merged_id))
    right = _right_to_undo(work, kept, gone)
    if merge.undone_at is not None or gone.merged_into_id != kept.id:
        raise NotReady("Hồ sơ này đã được tách lại rồi.")
    if kept.state is CaseState.MERGED:
        raise NotReady(ALREADY)
    moved = Moved.of(merge)
    _refuse_later(work, kept, merge, moved)
    swapped = bool(moved.left) or any(name == CaseStep.__tablename__ for name, _ in moved.came)
    back = list(_found(work, moved.came, kept))
    back += _followers(work, kept, back)
    _move(work, back, gone)
    _move(work, _found(work, moved.left, gone), kept)
    for name, row_id, person_id in moved.persons:
        for row in _found(work, [(name, row_id)], gone):
            row.person_id = person_id
    clear_copied(work, moved.copied, kept, subject_of(work, kept))
    for row in _found(work, moved.added, kept):
        drop(work, kept, row)
    gone.merged_into_id = None
    forget(work, kept, gone)
    if swapped:
        stand(work, kept)
    take(work, gone, "unmerge", on=work.today, right=right)
    merge.undone_at = work.now
    return gone


def merged_into(work: Work, case: Case) -> Merge | None:
    """The merge in which a file ended, if it still stands."""
    found = select(Merge).where(Merge.merged_id == case.id, col(Merge.undone_at).is_(None))
    return work.session.exec(found).first()


def merged_here(work: Work, case: Case) -> list[Merge]:
    """The merges that brought other files into this one, and still stand."""
    return [merge for merge in rows(work, Merge, case) if merge.undone_at is None]


def may_unmerge(work: Work, case: Case) -> bool:
    """Whether this person may take a merge of the kept file apart."""
    return may(work, Right.INTAKE, case) or may(work, Right.REVIEW, case)


def _check(work: Work, case: Case, other: Case) -> None:
    if case.id == other.id:
        raise NotReady(ITSELF)
    if CaseState.MERGED in (case.state, other.state):
        raise NotReady(ALREADY)
    outcomes = [_outcome(work, one) for one in (case, other)]
    if all(outcomes) and outcomes[0] != outcomes[1]:
        raise NotReady(BOTH_CONCLUDED)


def _outcome(work: Work, case: Case) -> Any:
    """What a file's verification ended with, if it ended."""
    if case.state not in CONCLUDED | {CaseState.CLOSED}:
        return None
    last = max(rows(work, Conclusion, case), key=lambda row: (row.concluded_on, row.created_at), default=None)
    return last.outcome if last else None


def _first(case: Case) -> tuple[Any, int, str]:
    return case.received_on, len(case.code), case.code


def _chain(work: Work, case: Case) -> list[Row]:
    """What a file holds of its verification, its own reception and merges aside."""
    found = [row for model in CHAIN for row in rows(work, model, case)]
    return [row for row in found if not (isinstance(row, CaseStep) and row.step in OWN_STEPS)]


def _holdings(work: Work, case: Case) -> list[Row]:
    """Everything else a file holds, whatever the table; its own person stays its own."""
    subject = subject_of(work, case)
    return [row for model in _models() for row in rows(work, model, case) if row is not subject]


def _models() -> list[type[Any]]:
    own = {*CHAIN, *STAY}
    return [model for model in tables(Row) if "case_id" in table_of(model).c and model not in own]


def _move(work: Work, moving: Iterable[Row], to: Case) -> list[Ref]:
    """Gives rows to another file. Each is sealed anew as it is written (`db/audit.py`), scans here."""
    found = list(moving)
    for row in found:
        if isinstance(row, Attachment):
            attachments.reseal(work, row, to)
        row.case_id = to.id
    return [_ref(row) for row in found]


def _speak_of(work: Work, case: Case, person_id: int, now: int) -> list[tuple[str, int, int]]:
    """What was written of a file's person is now written of the kept file's."""
    changed = []
    for model in _models():
        for row in rows(work, model, case) if "person_id" in table_of(model).c else ():
            if row.person_id == person_id:
                row.person_id = now
                changed.append((*_ref(row), person_id))
    return changed


def _units_losing_sight(work: Work, kept: Case, gone: Case) -> list[int]:
    """Who received or was asked in the other file goes on seeing this person."""
    files = (kept, gone)
    units = dict.fromkeys(one.unit_id for one in files) | dict.fromkeys(
        row.unit_id for one in files for row in rows(work, VerificationRequest, one) if row.unit_id
    )
    given = {row.unit_id for one in files for row in rows(work, CaseUnit, one) if row.until is None}
    everywhere = select(Unit.id).where(col(Unit.id).in_(units), col(Unit.kind).in_(PROVINCE_WIDE))
    known = {kept.unit_id, *given, *work.session.exec(everywhere)}
    return [unit_id for unit_id in units if unit_id not in known]


def _given(work: Work, case: Case, unit_id: int) -> CaseUnit:
    return add(work, case, CaseUnit(case_id=case.id, unit_id=unit_id, since=work.today))


def _right_to_undo(work: Work, kept: Case, gone: Case) -> Right:
    for right in (Right.INTAKE, Right.REVIEW):
        if may(work, right, kept) and may(work, right, gone):
            return right
    raise Refused


def _refuse_later(work: Work, kept: Case, merge: Merge, moved: Moved) -> None:
    if any(one.created_at > merge.created_at for one in merged_here(work, kept) if one is not merge):
        raise NotReady(NOT_LAST)
    if {_ref(row) for row in _chain(work, kept)} != {tuple(ref) for ref in moved.chain}:
        raise NotReady(STEPPED)


def _followers(work: Work, kept: Case, back: list[Row]) -> list[Row]:
    """What was written in the kept file since, about people and deliveries that go back, goes with them."""
    ids = {row.id for row in back}
    people = {row.id for row in back if isinstance(row, Person) and row.kind is not PersonKind.SUBJECT}
    found = []
    for model in _models():
        for row in rows(work, model, kept):
            about = getattr(row, "person_id", None) in people or getattr(row, "corrects_id", None) in ids
            about = about or getattr(row, "letter_id", None) in ids
            if about and row.id not in ids:
                found.append(row)
    return found


def _found(work: Work, refs: Iterable[Any], case: Case) -> list[Any]:
    """Those of the rows that are still there, in this file."""
    by_table: Mapping[str, type[Any]] = {table_of(model).name: model for model in tables(Row)}
    found: Iterable[Any] = (work.session.get(by_table[name], row_id) for name, row_id in refs)
    return [row for row in found if row is not None and row.case_id == case.id]


def _ref(row: Row) -> Ref:
    return table_of(type(row)).name, row.id
