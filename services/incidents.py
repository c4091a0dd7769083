"""Incidents (vụ việc): one event that brought several people at once, such as a rescue of five.

What they share is written once; each person received has their own file, opened at once with a copy of
the shared facts. Minors who came along and relatives stand in the file of the person they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from db.cases import Case, CaseState, Incident, Place, Purpose, Way
from db.people import Person
from db.verification import VerificationRequest
from services import intake, people, verification
from services.access import GRANTS, Right, case_for, in_area, require
from services.errors import Invalid, NotReady, Refused
from services.incident_view import File, files_of, find, may_correct
from services.intake import Reception, next_number, places_disagree, unit_problem
from services.people import Companion, Known, too_long
from services.text import clean
from services.work import Work

MOST_PEOPLE = 200
NOBODY_WAITS = "Trong vụ việc không có hồ sơ nào đang chờ đề nghị xác minh."


@dataclass(kw_only=True)
class Shared:
    """What the people of an incident have in common."""

    received_on: date
    unit_id: int
    way: Way | None = None
    place: Place | None = None
    country: str | None = None
    province: str | None = None
    purpose: Purpose | None = None
    expected: int | None = None
    summary: str | None = None


OWN = ("expected", "summary")  # facts of the incident that no file has
COPIED = tuple(field.name for field in fields(Shared) if field.name not in OWN)


def begin(work: Work, *, facts: Shared, right: Right = Right.INTAKE) -> Incident:
    """Writes down what several people share. Raises Refused, or Invalid with a sentence per field."""
    require(work, right)
    facts = _checked(work, facts)
    number = next_number(work, f"incident:{facts.received_on.year}")
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    incident = Incident(
        code=f"VV-{facts.received_on.year}-{number:04d}", entered_by_id=_own_unit(work, right), **values
    )
    work.session.add(incident)
    work.session.flush()
    return incident


def correct(
    work: Work, incident: Incident, *, facts: Shared, carry: bool = False, right: Right = Right.INTAKE
) -> list[File]:
    """Replaces the shared facts. With `carry`, also in the files that still hold the old ones; gives them."""
    require(work, right)
    find(work, incident.id, right)
    if not may_correct(work, incident, right):
        raise Refused
    facts = _checked(work, facts)
    new = {field.name: getattr(facts, field.name) for field in fields(facts)}
    kept = still_holding(work, incident, new) if carry else {}
    for name, value in new.items():
        setattr(incident, name, value)
    for file, changed in kept.values():
        known = intake.facts_of(file.case, file.subject)
        for name in changed:
            setattr(known, name, new[name])
        intake.correct(work, file.case, file.subject, facts=known, right=right)
    return [file for file, _ in kept.values()]


def still_holding(
    work: Work, incident: Incident, new: Mapping[str, Any], *, right: Right = Right.INTAKE
) -> dict[int, tuple[File, list[str]]]:
    """The files that hold the incident's old value of a fact that `new` has otherwise: id → file, facts."""
    changed = [name for name in COPIED if name in new and new[name] != getattr(incident, name)]
    found = {}
    for file in files_of(work, incident, in_area(work, right)) if changed else ():
        same = [name for name in changed if getattr(file.case, name) == getattr(incident, name)]
        if same:
            found[file.case.id] = (file, same)
    return found


def receive(
    work: Work,
    incident: Incident,
    *,
    facts: Known,
    home: Mapping[str, Any] | None = None,
    right: Right = Right.INTAKE,
) -> Case:
    """Receives one person of the incident: a file of their own, with a copy of the shared facts. `home`:
    the facts of residence, named as on the file."""
    find(work, incident.id, right)
    shared = {name: getattr(incident, name) for name in COPIED}
    own = {field.name: getattr(facts, field.name) for field in fields(Known)}
    return intake.receive(
        work, facts=Reception(**shared, **own, **(home or {}), incident_id=incident.id), right=right
    )


def bring_along(
    work: Work, incident: Incident, *, with_case: int | None, facts: Companion, right: Right = Right.INTAKE
) -> Person:
    """Writes a minor who came along, or a relative, into the file of the person they belong to."""
    find(work, incident.id, right)
    if with_case is None:
        raise Invalid({"with_case": "Cần chọn đi cùng ai."})
    case = case_for(work, with_case, right)
    if case.incident_id != incident.id:
        raise Refused
    return people.add(work, case, facts=facts, right=right)


def request_for_all(
    work: Work,
    incident: Incident,
    *,
    requested_on: date,
    unit_id: int | None,
    number: str | None = None,
    right: Right = Right.INTAKE,
) -> list[VerificationRequest]:
    """Asks one police unit to verify everybody received in the incident: one request a file, all or none."""
    find(work, incident.id, right)
    files = [f for f in files_of(work, incident, in_area(work, right)) if f.case.state is CaseState.RECEIVED]
    if not files:
        raise NotReady(NOBODY_WAITS)
    return [
        verification.request(
            work, file.case, requested_on=requested_on, unit_id=unit_id, number=number, right=right
        )
        for file in files
    ]


def _own_unit(work: Work, right: Right) -> int | None:
    return next((held.unit_id for held in work.actor.holdings if right in GRANTS[held.role].rights), None)


def _checked(work: Work, facts: Shared) -> Shared:
    """The facts as they are kept. Raises Invalid."""
    facts.summary = clean(str(facts.summary)) or None if facts.summary else None
    problems = places_disagree(facts) | unit_problem(work, facts.unit_id)
    problems |= too_long(facts, {field.name: Incident for field in fields(facts)})
    if facts.received_on > work.today:
        problems["received_on"] = intake.NOT_YET
    if facts.expected is not None and not 1 <= facts.expected <= MOST_PEOPLE:
        problems["expected"] = f"Số người từ 1 đến {MOST_PEOPLE}."
    if problems:
        raise Invalid(problems)
    return facts
