"""Hand-over (bàn giao, trao trả): people of a file are received from or given to another body, by minutes.

Foreign victims found in the province are returned through it (TTLT 01/2014 Đ.8, Đ.9 say how).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from db.cases import Case
from db.handover import Direction, Handover
from db.people import Person, PersonKind
from db.places import Unit
from services import law
from services.access import Right, require
from services.errors import Invalid
from services.lifecycle import IN_FUTURE, regime, take
from services.records import add, rows
from services.text import clean, vn_date
from services.work import Work

VIETNAM = "Việt Nam"
AGAIN = {
    Direction.OUT: "Có người trong danh sách đã được bàn giao đi và chưa được nhận lại.",
    Direction.IN: "Có người trong danh sách đã được ghi nhận bàn giao trong ngày này.",
}


def hand_over(
    work: Work,
    case: Case,
    *,
    person_ids: Sequence[int],
    direction: Direction,
    handed_on: date,
    unit_id: int | None = None,
    counterpart: str | None = None,
    place: str | None = None,
    minutes_number: str | None = None,
    note: str | None = None,
    right: Right = Right.INTAKE,
) -> list[Handover]:
    """Writes down who was handed over: one row a person, with the same minutes. The other side is a unit of
    the system or another body. Raises Refused, NotReady, or Invalid with a sentence per field."""
    require(work, right, case)
    take(work, case, "hand_over", on=min(handed_on, work.today), right=right)
    counterpart = clean(counterpart or "") or None
    problems = _problems(work, case, frozenset(person_ids), direction, handed_on)
    if unit_id is None and counterpart is None:
        problems["unit_id"] = "Cần ghi bên giao hoặc bên nhận: một đơn vị trong danh sách, hoặc cơ quan khác."
    elif unit_id is not None and work.session.get(Unit, unit_id) is None:
        problems["unit_id"] = "Cần chọn đơn vị."
    if problems:
        raise Invalid(problems)
    return [
        add(
            work,
            case,
            Handover(
                case_id=case.id,
                person_id=person_id,
                direction=direction,
                handed_on=handed_on,
                unit_id=unit_id,
                counterpart=None if unit_id is not None else counterpart,
                place=clean(place or "") or None,
                minutes_number=clean(minutes_number or "") or None,
                note=clean(note or "") or None,
            ),
        )
        for person_id in dict.fromkeys(person_ids)
    ]


def _problems(
    work: Work, case: Case, people: frozenset[int], direction: Direction, handed_on: date
) -> dict[str, str]:
    known, problems = {person.id for person in rows(work, Person, case)}, {}
    if not people or not people <= known:
        problems["person_ids"] = "Cần chọn những người được bàn giao."
    elif people & _handed(work, case, direction, handed_on):
        problems["person_ids"] = AGAIN[direction]
    if handed_on > work.today:
        problems["handed_on"] = IN_FUTURE
    elif handed_on < case.received_on:
        problems["handed_on"] = f"Ngày bàn giao trước ngày tiếp nhận ({vn_date(case.received_on)})."
    return problems


def _handed(work: Work, case: Case, direction: Direction, day: date) -> frozenset[int]:
    """Who cannot be handed over this way (again): gone already, or received on that very day."""
    known = rows(work, Handover, case)
    if direction is Direction.OUT:
        return gone(known)
    return frozenset(row.person_id for row in known if row.direction is Direction.IN and row.handed_on == day)


def gone(known: Iterable[Handover]) -> frozenset[int]:
    """The people who were handed over to others and not received back since."""
    last: dict[int, Handover] = {}
    for row in sorted(known, key=lambda row: (row.handed_on, row.created_at)):
        last[row.person_id] = row
    return frozenset(person for person, row in last.items() if row.direction is Direction.OUT)


def all_gone(people: Iterable[Person], known: Iterable[Handover]) -> bool:
    """Whether nobody of the file is here any more. Relatives are not handed over with a person, unless written."""
    away = gone(known)
    return all(person.id in away for person in people if person.kind is not PersonKind.RELATIVE)


def foreign(person: Person) -> bool:
    """Of another country: to be returned there. Nothing written is a citizen of Việt Nam."""
    return person.nationality not in (None, "", VIETNAM)


def return_limits(work: Work, case: Case) -> list[str]:
    """The steps of the law for returning a foreigner, each with who takes it and its limit and source."""
    found = law.on(case.received_on, regime(work, case, case.received_on)).deadlines
    return [
        f"{row.label} ({row.actor}): {row.vi if row.verified else 'chưa có căn cứ'}, {law.cite(row.legal)}"
        for row in found
        if ".FOREIGN." in row.step
    ]
