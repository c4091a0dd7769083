"""Reception (tiếp nhận): a person is received, a file is opened, its facts are corrected."""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.base import new_id, table_of
from db.cases import Case, CaseState, CaseUnit, Place, Purpose, Way
from db.fields import PartialDate, info
from db.people import Person, PersonKind, Sex
from db.places import Unit
from db.trail import Counter
from services.access import GRANTS, Right, require, visible
from services.errors import Invalid
from services.lifecycle import last_conclusion, line_known, take
from services.records import add, opened
from services.text import clean
from services.work import Work


@dataclass
class Reception:
    """What is known at reception. Only the day, the unit and a name are required; the rest may come later."""

    received_on: date
    unit_id: int
    full_name: str
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
    alias: str | None = None
    sex: Sex | None = None
    birth: PartialDate | None = None
    ethnic: str | None = None
    identity_number: str | None = None
    phone: str | None = None
    address: str | None = None
    batch_id: int | None = None


PHONE = re.compile(r"\+?[0-9]+\Z")
BORN_AFTER = "Ngày sinh sau ngày tiếp nhận."
PERSONAL = ("full_name", "alias", "sex", "birth", "ethnic", "identity_number", "phone", "address")


def receive(work: Work, *, facts: Reception, right: Right = Right.INTAKE) -> Case:
    """Opens a file for one person received on one day by one unit. Whoever receives somebody keeps seeing
    the file: where it would belong to others only, it is handed to their own unit from that day on.

    Raises Refused, or Invalid with a sentence per field.
    """
    require(work, right)
    facts = _cleaned(facts)
    _check(work, facts)
    values = {f.name: getattr(facts, f.name) for f in fields(facts)}
    personal = {name: values.pop(name) for name in PERSONAL}
    case = Case(code=_next_code(work, facts.received_on), state=CaseState.RECEIVED, **values)
    person = Person(case_id=case.id, subject_id=new_id(), kind=PersonKind.SUBJECT, **personal)
    _index(work, person)
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
    facts = _cleaned(facts)
    _check(work, facts)
    for field in fields(facts):
        if field.name != "batch_id":
            setattr(person if field.name in PERSONAL else case, field.name, getattr(facts, field.name))
    _index(work, person)
    last = last_conclusion(work, case)
    if case.state is CaseState.VICTIM and last is not None and not line_known(case):
        sentence = "Hồ sơ đã kết luận là nạn nhân nên không thể bỏ trống ô này."
        raise Invalid({"place": sentence, "way": sentence})


def facts_of(case: Case, person: Person) -> Reception:
    """The facts of a file as the form shows them."""
    values = {f.name: getattr(person if f.name in PERSONAL else case, f.name) for f in fields(Reception)}
    return Reception(**values)


def identity_index(work: Work, number: str | None) -> str | None:
    """The blind index by which an identity number is found exactly."""
    return work.office.keys.blind("identity", number) if number else None


def _cleaned(facts: Reception) -> Reception:
    values: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        plain_text = (isinstance(value, str) and type(value) in (str,)) or hasattr(value, "place")
        values[field.name] = (clean(str(value)) or None) if plain_text else value
    values["full_name"] = values["full_name"] or ""
    if values["identity_number"]:
        values["identity_number"] = "".join(c for c in values["identity_number"] if c.isalnum())
    if values["phone"]:
        values["phone"] = values["phone"].replace(" ", "").replace(".", "") or None
    return Reception(**values)


def _check(work: Work, facts: Reception) -> None:
    problems: dict[str, str] = {}
    if not facts.full_name:
        problems["full_name"] = "Cần ghi họ tên; nếu chưa biết, ghi «Chưa rõ tên»."
    if facts.received_on > work.today:
        problems["received_on"] = "Ngày tiếp nhận không được sau hôm nay."
    if facts.birth and facts.birth.earliest > facts.received_on:
        problems["birth"] = BORN_AFTER
    number = facts.identity_number
    if number and not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        problems["identity_number"] = "Số CMND/CCCD phải có 9 hoặc 12 chữ số."
    if facts.phone and not PHONE.match(facts.phone):
        problems["phone"] = "Số điện thoại chỉ gồm chữ số (có thể có dấu + ở đầu, dấu cách, dấu chấm)."
    if facts.place is Place.ABROAD and facts.province:
        problems["province"] = "Đã chọn nơi bị mua bán ở nước ngoài."
    if facts.place in (Place.DOMESTIC, Place.IN_PROVINCE) and facts.country:
        problems["country"] = "Đã chọn nơi bị mua bán ở trong nước."
    problems |= _too_long(facts)
    problems |= _unit_problem(work, facts)
    if problems:
        raise Invalid(problems)


def _too_long(facts: Reception) -> dict[str, str]:
    problems = {}
    for field in fields(facts):
        table = table_of(Person if field.name in PERSONAL else Case)
        limit = info(table.c[field.name]).get("max_length") or 4000
        value = getattr(facts, field.name)
        if isinstance(value, str) and len(value) > limit:
            problems[field.name] = f"Quá dài: nhiều nhất {limit} ký tự."
    return problems


def _unit_problem(work: Work, facts: Reception) -> dict[str, str]:
    known: dict[int, bool] = work.session.info.setdefault("units_known", {})
    if facts.unit_id not in known:
        known[facts.unit_id] = work.session.get(Unit, facts.unit_id) is not None
    return {} if known[facts.unit_id] else {"unit_id": "Cần chọn đơn vị tiếp nhận."}


def _index(work: Work, person: Person) -> None:
    person.identity_index = identity_index(work, person.identity_number)
    person.phone_index = work.office.keys.blind("phone", person.phone) if person.phone else None


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
