"""Rows for the tests of `db`, without going through the verbs."""

from datetime import date

from sqlmodel import select

from db.base import new_id
from db.cases import Case, CaseState
from db.people import Person, PersonKind
from db.places import Unit
from services.office import Office
from services.work import Work, command_line

NAME = "Bế Thị Thử Nghiệm"


def writing(office: Office) -> Work:
    return Work(office, command_line(), write=True)


def reading(office: Office) -> Work:
    return Work(office, command_line())


def add_case(work: Work, name: str = NAME, note: str | None = "ghi chú kín") -> tuple[Case, Person]:
    unit = work.session.exec(select(Unit)).first()
    assert unit is not None
    case = Case(
        code=f"T-{new_id() % 10**9}",
        state=CaseState.RECEIVED,
        received_on=date(2018, 3, 1),
        unit_id=unit.id,
        note=note,
    )
    person = Person(case_id=case.id, subject_id=new_id(), kind=PersonKind.SUBJECT, full_name=name)
    work.session.add(case)
    work.session.add(person)
    return case, person


def new_case(office: Office, name: str = NAME, note: str | None = "ghi chú kín") -> tuple[int, int]:
    """A committed file: (case id, person id)."""
    with writing(office) as work:
        case, person = add_case(work, name, note)
        return case.id, person.id
