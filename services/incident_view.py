"""What an incident looks like to one person: its people so far, what is missing, what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from db.base import table_of
from db.cases import Case, CaseState, Incident
from db.fields import PartialDate
from db.people import Person, PersonKind
from services import completeness, people
from services.access import GRANTS, Right, in_area, require, seen, shows, visible
from services.completeness import Missing
from services.errors import Refused
from services.identity import names
from services.text import vn_date
from services.work import Work

LATELY = 5  # incidents listed on the screen of reception
INCIDENT = table_of(Incident).c
CASE, PERSON = table_of(Case).c, table_of(Person).c


@dataclass(frozen=True)
class File:
    """One file of an incident with its people, the subject first."""

    case: Case
    people: Sequence[Person]

    @property
    def subject(self) -> Person:
        return self.people[0]


@dataclass(frozen=True)
class IncidentView:
    """An incident as this person sees it. `entered` counts everybody, also those in `hidden` files."""

    incident: Incident
    unit: str
    files: Sequence[File]
    entered: int
    hidden: int  # files outside this person's area
    mine: bool = True  # its shared facts are this person's to correct

    @property
    def left(self) -> int:
        """How many are still to be entered."""
        return max((self.incident.expected or 0) - self.entered, 0)

    @property
    def all_in(self) -> bool:
        """Everybody is entered; never so while nobody said how many they are."""
        return bool(self.incident.expected) and not self.left


@dataclass(frozen=True)
class Line:
    """One person of an incident in its table. `name` and `birth` are None for those who may not see them;
    `own_file`: the person received, the others stand in that file."""

    case: Case
    person: Person
    own_file: bool
    name: str | None
    birth: PartialDate | None
    kind: str
    contact: str
    missing: Sequence[Missing]


@dataclass(frozen=True)
class IncidentLine:
    """One incident in a short list."""

    id: int
    code: str
    received_on: date
    unit: str
    expected: int | None
    entered: int


def find(work: Work, incident_id: int, right: Right = Right.INTAKE) -> Incident:
    """The incident, if this person's unit received or entered it, or may see one of its files.
    Raises Refused otherwise, as if it were not there."""
    require(work, right)
    if not 0 < incident_id < 2**63:
        raise Refused
    found = select(Incident).where(Incident.id == incident_id, _mine(work, right))
    incident = work.session.exec(found).first()
    if incident is None:
        raise Refused
    return incident


def view(work: Work, incident_id: int) -> IncidentView:
    """The incident with the files this person may read; each reading is in the trail. Raises Refused."""
    incident = find(work, incident_id)
    files = files_of(work, incident, in_area(work, Right.READ_CASES))
    for file in files:
        seen(work, file.case)
    count = sa.select(sa.func.count(PERSON.id), sa.func.count(sa.distinct(CASE.id)))
    count = count.select_from(table_of(Case).join(table_of(Person), PERSON.case_id == CASE.id))
    count = count.where(CASE.incident_id == incident.id, CASE.state != CaseState.MERGED)
    entered, every = work.session.connection().execute(count).one()
    unit = names.units(work).get(incident.unit_id, "")
    mine = may_correct(work, incident)
    return IncidentView(incident, unit, files, entered, max(every - len(files), 0), mine)


def may_correct(work: Work, incident: Incident, right: Right = Right.INTAKE) -> bool:
    """Whether what everybody of the incident shares is this person's to change: their unit received it or wrote
    it down, or is one of the province's. Seeing one file of five is no ground."""
    if isinstance(in_area(work, right), sa.sql.elements.True_):
        return True
    units = {held.unit_id for held in work.actor.holdings if right in GRANTS[held.role].rights}
    return bool(units & {incident.unit_id, incident.entered_by_id})


def lines(work: Work, view: IncidentView) -> list[Line]:
    """Everybody entered so far: each person received, followed by those who came with them."""
    return [_line(work, file, person) for file in view.files for person in file.people]


def of_case(work: Work, case: Case) -> Incident | None:
    """The incident a file belongs to, whose number anybody who reads the file may know."""
    require(work, Right.READ_CASES, case)
    return work.session.get(Incident, case.incident_id) if case.incident_id else None


def waiting(work: Work) -> list[IncidentLine]:
    """The latest incidents of which not everybody is entered yet."""
    require(work, Right.INTAKE)
    entered = (
        sa.select(CASE.incident_id, sa.func.count(PERSON.id).label("people"))
        .select_from(table_of(Case).join(table_of(Person), PERSON.case_id == CASE.id))
        .where(CASE.incident_id.is_not(None), CASE.state != CaseState.MERGED)
        .group_by(CASE.incident_id)
        .subquery()
    )
    known = sa.func.coalesce(entered.c.people, 0)
    source = table_of(Incident).outerjoin(entered, entered.c.incident_id == INCIDENT.id)
    columns = (INCIDENT.id, INCIDENT.code, INCIDENT.received_on, INCIDENT.unit_id, INCIDENT.expected)
    statement = sa.select(*columns, known.label("people")).select_from(source)
    statement = statement.where(_mine(work, Right.INTAKE), sa.func.coalesce(INCIDENT.expected, 1) > known)
    statement = statement.order_by(INCIDENT.received_on.desc(), INCIDENT.created_at.desc()).limit(LATELY)
    units = names.units(work)
    return [
        IncidentLine(row.id, row.code, row.received_on, units.get(row.unit_id, ""), row.expected, row.people)
        for row in work.session.connection().execute(statement)
    ]


def subjects(work: Work, incident: Incident) -> list[File]:
    """Who was received in the incident so far, as far as this person may see; read once a Work."""
    kept: dict[int, list[File]] = work.session.info.setdefault("incident subjects", {})
    if incident.id not in kept:
        kept[incident.id] = files_of(work, incident, in_area(work, Right.INTAKE))
    return kept[incident.id]


def known_as(file: File) -> str:
    """A person in a short list: by name, or by what is known while there is no name."""
    person = file.subject
    known = (
        person.sex.label.lower() if person.sex else "",
        f"sinh {vn_date(person.birth)}" if person.birth else "",
    )
    more = ", ".join(part for part in known if part)
    return f"{person.full_name} ({more})" if person.name_unknown and more else str(person.full_name)


def to_request(view: IncidentView) -> list[File]:
    """The files for which verification was not asked for yet."""
    return [file for file in view.files if file.case.state is CaseState.RECEIVED]


def _line(work: Work, file: File, person: Person) -> Line:
    named = shows(work.actor, Person.full_name)
    own = person is file.subject
    known = people.safe_contact(work, person)
    never = f"không: {known.never}" if known and known.never else ""
    wanted = completeness.of(work, file.case, file.people)
    return Line(
        case=file.case,
        person=person,
        own_file=own,
        name=str(person.full_name) if named else None,
        birth=person.birth if shows(work.actor, Person.birth) else None,
        kind=person.kind.label if own else _with(person, file, named),
        contact="; ".join(part for part in (known.call if known else "", never) if part),
        missing=[one for one in wanted if one.row_id == (None if own else person.id)],
    )


def _with(person: Person, file: File, named: bool) -> str:
    """`Người thân thích (mẹ), đi cùng Vàng Thị Mỷ`."""
    relation = f" ({person.relation.lower()})" if person.relation else ""
    return f"{person.kind.label}{relation}" + (f", hồ sơ của {file.subject.full_name}" if named else "")


def files_of(work: Work, incident: Incident, area: Any) -> list[File]:
    """Two queries, however many people there are; in the order in which they were entered."""
    found = select(Case).where(Case.incident_id == incident.id, area, col(Case.state) != CaseState.MERGED)
    cases = work.session.exec(found.order_by(col(Case.created_at), col(Case.id))).all()
    beside = select(Person).where(col(Person.case_id).in_([case.id for case in cases]))
    by_case: dict[int, list[Person]] = {case.id: [] for case in cases}
    for person in work.session.exec(beside.order_by(col(Person.created_at), col(Person.id))) if cases else ():
        by_case[person.case_id].append(person)
    return [File(case, _subject_first(by_case[case.id])) for case in cases]


def _subject_first(found: Iterable[Person]) -> list[Person]:
    return sorted(found, key=lambda person: person.kind is not PersonKind.SUBJECT)


def _mine(work: Work, right: Right) -> Any:
    """A condition on `Incident`: received or entered by one's unit, or a file of it is in one's area."""
    area = in_area(work, right)
    if isinstance(area, sa.sql.elements.True_):
        return area
    units = [held.unit_id for held in work.actor.holdings if right in GRANTS[held.role].rights]
    mine = visible(work, select(Case.incident_id).where(area, col(Case.incident_id).is_not(None)))
    return sa.or_(INCIDENT.unit_id.in_(units), INCIDENT.entered_by_id.in_(units), INCIDENT.id.in_(mine))
