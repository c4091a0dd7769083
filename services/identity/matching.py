"""Looking before creating: who may already have a file, side by side with what is known; and what was decided.

Everybody of the office is looked through, also outside the area of whoever asks. Of a file they may not
read they learn that there is one and whom to ask, and this only for a close likeness, written in the trail,
a few times an hour: a search by name must not become a way to find people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, CaseState
from db.fields import PartialDate
from db.people import Person, PersonKind, Sex
from db.sealed import check
from db.trail import Action
from services.access import Right, in_area, require, shows
from services.errors import Invalid
from services.identity import elsewhere, names
from services.identity.comparing import (
    Agreement,
    Compared,
    Known,
    agreement,
    agreement_of_birth,
    compare,
    known_of,
)
from services.identity.names import Likeness
from services.identity.sameness import may, settled
from services.text import parse_partial
from services.work import Work

MOST, MOST_ON_FILE = 6, 3
TYPED_AT_LEAST = 4  # letters of a name of two words
LOOKED_THROUGH = 60  # people whose facts are read for one question
CLOSE = 90.0  # how nearly a name must be spelt the same for a file outside the area to be spoken of
_case, _person = table_of(Case).c, table_of(Person).c


@dataclass(frozen=True)
class Candidate:
    """A person who may be the same. A `hidden` one says nothing but whom to ask (`contact`)."""

    person_id: int = 0
    case_id: int = 0
    code: str = ""
    state: CaseState | None = None
    name: str = ""
    kind: str = ""  # what they are in that file, unless they are the person received
    received_on: Any = None
    unit: str = ""
    facts: Sequence[Compared] = ()
    score: float = 0.0
    strong: bool = False
    likely: bool = False  # somebody should look, though less is known
    hidden: bool = False
    contact: str = ""


@dataclass(frozen=True)
class _Found:
    """One person in the tables, as they are compared."""

    row: Any
    likeness: Likeness | None
    near: float
    same_number: bool

    @property
    def known(self) -> Known:
        row = self.row

        def opened(value: str | None) -> str | None:
            return None if value is None else str(check(value, row.id))

        return Known(
            opened(row.full_name) or "",
            opened(row.alias),
            row.birth,
            row.sex,
            opened(row.identity_number),
            opened(row.phone),
            row.home_district_id,
            row.home_commune_id,
        )


def candidates(
    work: Work,
    *,
    name: str,
    birth: PartialDate | None = None,
    identity_number: str | None = None,
    sex: Sex | None = None,
    home_district_id: int | None = None,
    exclude_case: int | None = None,
    most: int = MOST,
) -> Sequence[Candidate]:
    """Who of all people of the office may be this person, the likeliest first. Raises Refused.

    Facts are told of files this person may read, and only those they see in clear. For a file elsewhere there
    is one entry a unit to be asked, after those. `exclude_case`: the file asked from; whoever was decided to
    be another person than its people, or is linked with them already, is left out.
    """
    require(work, Right.INTAKE)
    if not shows(work.actor, Person.full_name):
        return ()
    known = Known(name, None, birth, sex, _digits(identity_number), None, home_district_id)
    return _candidates(work, known, exclude_case, most)


def enough_typed(typed: Mapping[str, Any]) -> bool:
    """Whether there is a name, or a whole identity number, to look for."""
    name = str(typed.get("full_name") or "").strip()
    return (len(name) >= TYPED_AT_LEAST and " " in name) or _digits(typed.get("identity_number")) is not None


def while_typing(work: Work, typed: Mapping[str, Any], exclude_case: int | None = None) -> Sequence[Candidate]:
    """Candidates for what stands in a form (field → text as typed): what cannot be read yet is not known yet."""
    try:
        birth = parse_partial(str(typed.get("birth") or ""))
    except Invalid:
        birth = None
    sex = next((sex for sex in Sex if sex.value == typed.get("sex")), None)
    try:
        district = int(str(typed.get("home_district_id") or "0"), 16) or None
    except ValueError:
        district = None
    return candidates(
        work,
        name=str(typed.get("full_name") or ""),
        birth=birth,
        identity_number=typed.get("identity_number"),
        sex=sex,
        home_district_id=district,
        exclude_case=exclude_case,
    )


def of_case(work: Work, case: Case, most: int = MOST_ON_FILE) -> Sequence[Candidate]:
    """Those likely enough to be the person of a file that somebody should look, and not decided yet."""
    if case.state is CaseState.MERGED or not may(work, Right.INTAKE, case):
        return ()
    found = _candidates(work, known_of(work, case), case.id, most, away=False)
    return [one for one in found if one.likely]


# finding


def _candidates(
    work: Work, known: Known, exclude_case: int | None, most: int, *, away: bool = True
) -> Sequence[Candidate]:
    year = int(known.birth[:4]) if known.birth else None
    alike = {one.person_id: one for one in names.near(work, known.name, year=year, most=LOOKED_THROUGH)}
    if known.alias:
        alike = {one.person_id: one for one in names.near(work, known.alias, year=year, most=MOST)} | alike
    digits = known.identity_number
    number = work.office.keys.blind("identity", digits) if digits else None
    found = [one for one in _read(work, alike, number) if one.row.case_id != exclude_case]
    left_out = settled(work, exclude_case) if exclude_case is not None else set()
    found = [one for one in found if not left_out & {one.row.id, one.row.subject_id}]
    mine = set(_within_area(work, {one.row.case_id for one in found}))
    shown = sorted(
        (_candidate(work, known, one) for one in found if one.row.case_id in mine),
        key=lambda one: (-one.score, one.code),
    )[:most]
    shown = [one for one in shown if one.score > 0]
    _seen(work, [one.case_id for one in shown])
    if not away:
        return shown
    return [*shown, *_elsewhere(work, known, [one for one in found if one.row.case_id not in mine])]


def _read(work: Work, alike: Mapping[int, names.Near], number: str | None) -> list[_Found]:
    """The people of files that stand for themselves: what was merged into another counts there."""
    wanted: Any = _person.id.in_(list(alike))
    if number:
        wanted = sa.or_(wanted, _person.identity_index == number)
    facts = (
        *(_case.code, _case.state, _case.received_on, _case.unit_id),
        _case.home_district_id,
        _case.home_commune_id,
    )
    columns = (
        *(_person.id, _person.case_id, _person.subject_id, _person.kind, _person.full_name, _person.alias),
        *(_person.sex, _person.birth, _person.identity_number, _person.identity_index, _person.phone),
    )
    statement = sa.select(*columns, *facts).join_from(
        table_of(Person), table_of(Case), _case.id == _person.case_id
    )
    found = work.session.connection().execute(statement.where(wanted, _case.state != CaseState.MERGED))
    return [
        _Found(
            row,
            alike[row.id].likeness if row.id in alike else None,
            alike[row.id].score if row.id in alike else 0.0,
            number is not None and row.identity_index == number,
        )
        for row in found
    ]


def _within_area(work: Work, case_ids: Iterable[int]) -> Iterable[int]:
    statement = sa.select(_case.id).where(_case.id.in_(list(case_ids)), in_area(work, Right.READ_CASES))
    return work.session.connection().scalars(statement).all()


def _candidate(work: Work, known: Known, found: _Found) -> Candidate:
    row, theirs = found.row, found.known
    born = agreement_of_birth(known.birth, theirs.birth)
    return Candidate(
        person_id=row.id,
        case_id=row.case_id,
        code=row.code,
        state=row.state,
        name=theirs.name,
        kind="" if row.kind is PersonKind.SUBJECT else row.kind.label,
        received_on=row.received_on,
        unit=names.units(work).get(row.unit_id, ""),
        facts=compare(work, known, theirs),
        score=_score(known, theirs, found),
        strong=found.same_number or _strong(found, born),
        likely=found.same_number
        or _strong(found, born)
        or _unclear(found, born, agreement(known.sex, theirs.sex)),
    )


def _strong(found: _Found, born: Agreement) -> bool:
    if found.likeness in (Likeness.SAME, Likeness.ORDER):
        return born is Agreement.AGREES
    return found.likeness is Likeness.NEAR and found.near >= CLOSE and born is Agreement.AGREES


def _unclear(found: _Found, born: Agreement, sex: Agreement) -> bool:
    """The very name, and a birth that one of the two does not say."""
    named = found.likeness in (Likeness.SAME, Likeness.ORDER)
    return named and born is Agreement.UNKNOWN and sex is not Agreement.DIFFERS


NAME_SCORES = {Likeness.SAME: 60.0, Likeness.ORDER: 55.0, Likeness.NEAR: 35.0, Likeness.PART: 20.0, None: 0.0}
FACT_SCORES = {Agreement.AGREES: 1.0, Agreement.DIFFERS: -1.0, Agreement.UNKNOWN: 0.0}


def _score(known: Known, theirs: Known, found: _Found) -> float:
    """An order, not a measure: the number above all, then the name, then birth, sex and home."""
    score = NAME_SCORES[found.likeness] + (100.0 if found.same_number else 0.0)
    score += (found.near - names.NEAR_ENOUGH) / 2 if found.likeness is Likeness.NEAR else 0.0
    score += 20.0 * FACT_SCORES[agreement_of_birth(known.birth, theirs.birth)]
    score += 5.0 if known.birth and theirs.birth and known.birth[:4] == theirs.birth[:4] else 0.0
    score += 8.0 * FACT_SCORES[agreement(known.sex, theirs.sex)]
    return score + 4.0 * FACT_SCORES[agreement(known.home_district_id, theirs.home_district_id)]


# files outside the area


def _elsewhere(work: Work, known: Known, found: Sequence[_Found]) -> list[Candidate]:
    """One entry a unit to be asked, for close likenesses only."""
    spelt = names.words(known.name)
    full = len(spelt.split()) >= 2
    if not full and not known.identity_number:
        return []
    question = hash((spelt, known.birth, known.identity_number))
    if elsewhere.out_of_looks(work, question):  # said of every name, so that it says nothing of this one
        return [Candidate(hidden=True, kind=elsewhere.OUT_OF_LOOKS)]
    close = [one for one in found if one.same_number or (full and _close(known, one))]
    close.sort(key=lambda one: (not one.same_number, -one.near, one.row.id))
    held = [elsewhere.Held(one.row.id, one.row.case_id, one.row.unit_id) for one in close]
    return [Candidate(hidden=True, contact=contact) for contact in elsewhere.contacts(work, held, question)]


def _close(known: Known, found: _Found) -> bool:
    near_enough = found.likeness in (Likeness.SAME, Likeness.ORDER) or (
        found.likeness is Likeness.NEAR and found.near >= CLOSE
    )
    return near_enough and agreement_of_birth(known.birth, found.row.birth) is not Agreement.DIFFERS


def _seen(work: Work, case_ids: Sequence[int]) -> None:
    """Names shown are in the trail: one entry for those not shown to this person in this session before."""
    shown: set[tuple[int | None, str | None, int]] = work.office.memory.setdefault("compared", set())
    keys = {(work.actor.account_id, work.actor.session, case_id) for case_id in case_ids} - shown
    if keys:
        ids = sorted(format(key[2], "x") for key in keys)
        work.record(Action.LIST, "case_file", fields=",".join(ids), reason="tra trùng")
        work.once_kept(lambda: shown.update(keys))


def _digits(number: str | None) -> str | None:
    """A whole identity number; what is half typed finds nobody."""
    digits = "".join(c for c in str(number or "") if c.isdigit())
    return digits if len(digits) in (9, 12) else None
