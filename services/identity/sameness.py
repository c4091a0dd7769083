"""Whether two people are one: what somebody decided, remembered, and taken back.

*Cùng một người* of two receptions gives both files one mark of the person (`subject_id`), so the person counts
once and each file shows the other. *Người khác* is remembered, so nobody is asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col, or_, select

from db.base import table_of
from db.cases import Case, CaseState
from db.matching import PersonMatch, Sameness
from db.people import Person, PersonKind
from services.access import Right, case_for, in_area, require
from services.errors import NotReady, Refused
from services.identity.comparing import subject_of
from services.records import add, drop, hold
from services.work import Work

ITSELF = "Đây là cùng một hồ sơ."
DECIDED = "Hai người này đã được đối chiếu; bỏ kết quả đối chiếu cũ trước."
TWO_GROUPS = (
    "Cả hai người đã được liên kết với hồ sơ khác. Bỏ liên kết ở một hồ sơ trước, rồi liên kết lại từng hồ sơ."
)
_person, _match, _case = table_of(Person).c, table_of(PersonMatch).c, table_of(Case).c


@dataclass(frozen=True)
class Decision:
    """What was decided about the person of a file and that of another one the reader may see."""

    match: PersonMatch
    case_id: int
    code: str


def link(work: Work, case: Case, other: Case) -> PersonMatch:
    """The people of two files are one person, received twice. Raises Refused or NotReady."""
    mine, theirs = _two(work, case, other)
    if mine.subject_id == theirs.subject_id:
        raise NotReady(DECIDED)
    if _linked(work, mine):
        if _linked(work, theirs):
            raise NotReady(TWO_GROUPS)
        case, mine, theirs = other, theirs, mine  # the one who stands alone joins the others
    before, mine.subject_id = mine.subject_id, theirs.subject_id
    return _decide(work, case, mine, theirs, Sameness.SAME, before)


def different(work: Work, case: Case, other: Case) -> PersonMatch:
    """The people of two files are not the same: they are not offered to each other again."""
    mine, theirs = _two(work, case, other)
    if mine.subject_id == theirs.subject_id:
        raise NotReady(DECIDED)
    return _decide(work, case, mine, theirs, Sameness.DIFFERENT, None)


def undo(work: Work, match: PersonMatch) -> None:
    """Takes a decision back. A link undone gives the person the mark they had, and those linked through them."""
    case = work.session.get(Case, match.case_id)
    if case is None or not (may(work, Right.INTAKE, case) or may(work, Right.REVIEW, case)):
        raise Refused
    if match.sameness is Sameness.SAME and match.subject_before is not None:
        _give_back(work, match)
    drop(work, case, match)


def decisions(work: Work, case: Case) -> Sequence[Decision]:
    """Everything decided about a file's person, whichever of the two files it was decided in."""
    require(work, Right.READ_CASES, case)
    me = subject_of(work, case).id
    found = []
    for match in _matches(work, me):
        other = work.session.get(Person, match.other_id if match.person_id == me else match.person_id)
        if other is not None and other.case_id != case.id:
            seen = select(Case.id, Case.code).where(Case.id == other.case_id, in_area(work, Right.READ_CASES))
            standing = seen.where(col(Case.state) != CaseState.MERGED)
            found += [Decision(match, row[0], row[1]) for row in work.session.exec(standing)]
    return found


def match_of(work: Work, case: Case, match_id: int) -> PersonMatch:
    """A decision about the person of a file. Raises Refused when there is no such."""
    found = [match for match in _matches(work, subject_of(work, case).id) if match.id == match_id]
    if not found:
        raise Refused
    return found[0]


def settled(work: Work, case_id: int) -> set[int]:
    """The persons, and the marks of persons, about whom nobody need ask for this file any more."""
    mine = [_person.case_id == case_id, _person.kind == PersonKind.SUBJECT]
    connection = work.session.connection()
    me = connection.execute(sa.select(_person.id, _person.subject_id).where(*mine)).all()
    found = {row.subject_id for row in me}
    for match in (match for row in me for match in _matches(work, row.id)):
        found |= {match.person_id, match.other_id}
    return found - {row.id for row in me}


def other_file(work: Work, case: Case, other_id: int | None, right: Right = Right.INTAKE) -> Case:
    """The other file of a comparison. Raises Refused when it is not there for this person, or the same."""
    if other_id is None or other_id == case.id:
        raise Refused
    return case_for(work, other_id, right)


def may(work: Work, right: Right, case: Case) -> bool:
    """Whether the right is held where this file is seen."""
    try:
        require(work, right, case)
    except Refused:
        return False
    return True


def _two(work: Work, case: Case, other: Case) -> tuple[Person, Person]:
    for one in (case, other):
        require(work, Right.INTAKE, one)
    if case.id == other.id:
        raise NotReady(ITSELF)
    hold(work, case, other)
    mine, theirs = subject_of(work, case), subject_of(work, other)
    if any({match.person_id, match.other_id} == {mine.id, theirs.id} for match in _matches(work, mine.id)):
        raise NotReady(DECIDED)
    return mine, theirs


def _decide(
    work: Work, case: Case, mine: Person, theirs: Person, sameness: Sameness, before: int | None
) -> PersonMatch:
    match = PersonMatch(
        case_id=case.id,
        person_id=mine.id,
        other_id=theirs.id,
        sameness=sameness,
        decided_on=work.today,
        by_name=work.actor.name,
        subject_before=before,
    )
    return add(work, case, match)


def _matches(work: Work, person_id: int) -> Sequence[PersonMatch]:
    either = or_(col(PersonMatch.person_id) == person_id, col(PersonMatch.other_id) == person_id)
    return work.session.exec(select(PersonMatch).where(either).order_by(col(PersonMatch.created_at))).all()


def _linked(work: Work, person: Person) -> bool:
    others = select(Person.id).where(Person.subject_id == person.subject_id, Person.id != person.id)
    return work.session.exec(others).first() is not None


def _give_back(work: Work, match: PersonMatch) -> None:
    person, other = work.session.get(Person, match.person_id), work.session.get(Person, match.other_id)
    if person is None or match.subject_before is None or (other and person.subject_id != other.subject_id):
        return
    shared = person.subject_id
    person.subject_id = match.subject_before
    waiting = [person.id]
    while waiting:  # who was linked to this person afterwards stays with them
        at = waiting.pop()
        for later in _matches(work, at):
            follower = work.session.get(Person, later.person_id)
            joined = later.other_id == at and later.sameness is Sameness.SAME
            if joined and follower is not None and follower.subject_id == shared:
                follower.subject_id = match.subject_before
                waiting.append(follower.id)
