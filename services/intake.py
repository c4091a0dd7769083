"""Reception (tiếp nhận): a person is received, a file is opened, its facts are corrected."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.base import new_id, table_of
from db.cases import Case, CaseState, CaseUnit, Place, Purpose, Way
from db.people import Person, PersonKind
from db.places import Unit
from db.trail import Counter
from services.access import GRANTS, Right, require, visible
from services.errors import Invalid
from services.lifecycle import last_conclusion, line_known, take
from services.people import PERSONAL, Known, cleaned, problems_of, settle, too_long
from services.records import add, opened
from services.work import Work

NOT_YET = "Ngày tiếp nhận không được sau hôm nay."
LINKS = ("batch_id", "incident_id")  # said once, when the file is opened


@dataclass(kw_only=True)
class Reception(Known):
    """What is known at reception. Only the day, the unit and a name are required; the rest may come later."""

    received_on: date
    unit_id: int
    way: Way | None = None
    place: Place | None = None
    country: str | None = None
    province: str | None = None
    purpose: Purpose | None = None
    home_district_id: int | None = None
    home_commune_id: int | None = None
    home_commune_text: str | None = None
    home_province: str | None = None
    note: str | None = None
    batch_id: int | None = None
    incident_id: int | None = None


def receive(work: Work, *, facts: Reception, right: Right = Right.INTAKE) -> Case:
    """Opens a file for one person received on one day by one unit. Whoever receives somebody keeps seeing
    the file: where it would belong to others only, it is handed to their own unit from that day on.

    Raises Refused, or Invalid with a sentence per field.
    """
    require(work, right)
    facts = cleaned(facts)
    _check(work, facts)
    values = {f.name: getattr(facts, f.name) for f in fields(facts)}
    personal = {name: values.pop(name) for name in PERSONAL}
    case = Case(code=_next_code(work, facts.received_on), state=CaseState.RECEIVED, **values)
    person = Person(case_id=case.id, subject_id=new_id(), kind=PersonKind.SUBJECT, **personal)
    settle(work, person)
    opened(work, case)
    work.session.add(case)
    add(work, case, person)
    take(work, case, "receive", on=facts.received_on, right=right)
    if right is Right.INTAKE and not work.actor.operator:
        _keep_in_sight(work, case)
    return case


def _keep_in_sight(work: Work, case: Case) -> None:
    """A file its own author could not find again would be entered a second time."""
    work.session.flush()
    if work.session.exec(visible(work, select(Case.id).where(Case.id == case.id))).first() is not None:
        return
    mine = next(held.unit_id for held in work.actor.holdings if Right.INTAKE in GRANTS[held.role].rights)
    add(work, case, CaseUnit(case_id=case.id, unit_id=mine, since=case.received_on))


def correct(work: Work, case: Case, person: Person, *, facts: Reception, right: Right = Right.INTAKE) -> None:
    """Replaces the reception's facts by better ones. The trail keeps which fields changed, and who did it."""
    require(work, right, case)
    facts = cleaned(facts)
    _check(work, facts)
    for field in fields(facts):
        if field.name not in LINKS:
            setattr(person if field.name in PERSONAL else case, field.name, getattr(facts, field.name))
    settle(work, person)
    last = last_conclusion(work, case)
    if case.state is CaseState.VICTIM and last is not None and not line_known(case):
        sentence = "Hồ sơ đã kết luận là nạn nhân nên không thể bỏ trống ô này."
        raise Invalid({"place": sentence, "way": sentence})


def facts_of(case: Case, person: Person) -> Reception:
    """The facts of a file as the form shows them."""
    values = {f.name: getattr(person if f.name in PERSONAL else case, f.name) for f in fields(Reception)}
    return Reception(**values)


def _check(work: Work, facts: Reception) -> None:
    problems = problems_of(facts, facts.received_on)
    if facts.received_on > work.today:
        problems["received_on"] = NOT_YET
    problems |= places_disagree(facts)
    problems |= too_long(facts, {field.name: Case for field in fields(facts) if field.name not in PERSONAL})
    problems |= unit_problem(work, facts.unit_id)
    if problems:
        raise Invalid(problems)


def places_disagree(facts: Any) -> dict[str, str]:
    """A country and a province cannot both be where somebody was brought."""
    problems = {}
    if facts.place is Place.ABROAD and facts.province:
        problems["province"] = "Đã chọn nơi bị mua bán ở nước ngoài."
    if facts.place in (Place.DOMESTIC, Place.IN_PROVINCE) and facts.country:
        problems["country"] = "Đã chọn nơi bị mua bán ở trong nước."
    return problems


def unit_problem(work: Work, unit_id: int | None) -> dict[str, str]:
    """The sentence for a unit that does not exist."""
    known: dict[int | None, bool] = work.session.info.setdefault("units_known", {None: False})
    if unit_id not in known:
        known[unit_id] = work.session.get(Unit, unit_id) is not None
    return {} if known[unit_id] else {"unit_id": "Cần chọn đơn vị tiếp nhận."}


def _next_code(work: Work, day: date) -> str:
    return f"{day.year}-{next_number(work, f'case:{day.year}'):04d}"


def next_number(work: Work, name: str) -> int:
    """The next number of a series, without doubles under concurrent work."""
    counters: dict[str, Counter] = work.session.info.setdefault("counters", {})
    if name not in counters:
        table = table_of(Counter)
        found = work.session.scalars(sa.select(Counter).where(table.c.name == name).with_for_update()).first()
        counters[name] = found or Counter(name=name, value=0)
        work.session.add(counters[name])
    counters[name].value += 1
    return counters[name].value
