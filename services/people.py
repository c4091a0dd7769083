"""The people of a file: what is known of a person, and those who came with the one received.

A file is of one person (its subject). A minor who came along (người chưa thành niên đi cùng) and a relative
(người thân thích) stand in the file of the person they belong to; figures count them on lines of their own.
"""

import re
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from db.base import new_id, table_of
from db.cases import Case
from db.fields import PartialDate, info
from db.people import Person, PersonKind, Sex
from services.access import Right, require, shows
from services.ages import AgeBand, band_of
from services.errors import Invalid, Refused
from services.records import add as add_row
from services.records import rows
from services.text import clean, fold
from services.work import Work

PHONE = re.compile(r"\+?[0-9]+\Z")
LONGEST = 4000  # characters of a text without a limit of its own
BORN_AFTER = "Ngày sinh sau ngày tiếp nhận."
NO_NAME = "Chưa rõ tên"
PHONES = ("phone", "guardian_phone")


@dataclass(kw_only=True)
class Known:
    """What may be known of a person, whoever it is."""

    full_name: str
    alias: str | None = None
    sex: Sex | None = None
    birth: PartialDate | None = None
    ethnic: str | None = None
    nationality: str | None = None
    identity_number: str | None = None
    phone: str | None = None
    address: str | None = None
    language: str | None = None
    interpreter: bool | None = None
    safe_contact: str | None = None
    no_contact: str | None = None
    guardian_name: str | None = None
    guardian_relation: str | None = None
    guardian_phone: str | None = None


@dataclass(kw_only=True)
class Companion(Known):
    """A person who came with the one received, or belongs to them."""

    kind: PersonKind
    relation: str | None = None


PERSONAL = tuple(field.name for field in fields(Known))


def add(work: Work, case: Case, *, facts: Companion, right: Right = Right.INTAKE) -> Person:
    """Writes down a minor who came along or a relative. Raises Refused, or Invalid with a sentence per field."""
    require(work, right, case)
    facts = cleaned(facts)
    _check(facts, case)
    values = {field.name: getattr(facts, field.name) for field in fields(facts)}
    person = Person(case_id=case.id, subject_id=new_id(), **values)
    settle(work, person)
    return add_row(work, case, person)


def correct(work: Work, case: Case, person: Person, *, facts: Companion, right: Right = Right.INTAKE) -> None:
    """Replaces what is known of somebody beside the subject; the subject has the form of the reception."""
    require(work, right, case)
    if person.kind is PersonKind.SUBJECT or person not in rows(work, Person, case):
        raise Refused
    facts = cleaned(facts)
    _check(facts, case)
    for field in fields(facts):
        setattr(person, field.name, getattr(facts, field.name))
    settle(work, person)


def facts_of(person: Person) -> Companion:
    """The facts of somebody beside the subject, as the form shows them."""
    return Companion(**{field.name: getattr(person, field.name) for field in fields(Companion)})


@dataclass(frozen=True)
class SafeContact:
    """How a person may be reached without danger, and when not."""

    call: str
    never: str


def safe_contact(work: Work, person: Person) -> SafeContact | None:
    """For those who may see it; None when they may not, or nothing is known."""
    if not shows(work.actor, Person.safe_contact):
        return None
    call = " – ".join(part for part in (str(person.phone or ""), str(person.safe_contact or "")) if part)
    found = SafeContact(call, str(person.no_contact or ""))
    return found if found.call or found.never else None


F = TypeVar("F", bound=Known)


def cleaned(facts: F) -> F:
    """The same facts as they are kept: clean texts, bare numbers, empty is None."""
    values: dict[str, Any] = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        plain_text = (isinstance(value, str) and type(value) in (str,)) or hasattr(value, "place")
        values[field.name] = (clean(str(value)) or None) if plain_text else value
    values["full_name"] = values["full_name"] or ""
    if values["identity_number"]:
        values["identity_number"] = "".join(c for c in values["identity_number"] if c.isalnum())
    for name in PHONES:
        if values[name]:
            values[name] = values[name].replace(" ", "").replace(".", "") or None
    return type(facts)(**values)


def problems_of(facts: Known, received_on: date) -> dict[str, str]:
    """What is wrong with the facts of a person: field → sentence."""
    problems: dict[str, str] = {}
    if not facts.full_name:
        problems["full_name"] = "Cần ghi họ và tên; chưa biết tên thì đánh dấu «Chưa rõ tên»."
    if facts.birth and facts.birth.earliest > received_on:
        problems["birth"] = BORN_AFTER
    number = facts.identity_number
    if number and not (number.isascii() and number.isdigit() and len(number) in (9, 12)):
        problems["identity_number"] = "Số CMND/CCCD phải có 9 hoặc 12 chữ số."
    for name in PHONES:
        phone = getattr(facts, name)
        if phone and not PHONE.match(phone):
            problems[name] = "Số điện thoại chỉ gồm chữ số (có thể có dấu + ở đầu, dấu cách, dấu chấm)."
    return problems | too_long(facts, dict.fromkeys((*PERSONAL, "relation"), Person))


def too_long(facts: Any, models: dict[str, Any]) -> dict[str, str]:
    """The texts longer than their columns, of the facts named in `models` (fact → table class)."""
    problems = {}
    for field in fields(facts):
        value = getattr(facts, field.name)
        if field.name not in models or not isinstance(value, str):
            continue
        limit = info(table_of(models[field.name]).c[field.name]).get("max_length") or LONGEST
        if len(value) > limit:
            problems[field.name] = f"Quá dài: nhiều nhất {limit} ký tự."
    return problems


def settle(work: Work, person: Person) -> None:
    """What follows from the facts: the blind indexes, and that a name is not known."""
    keys = work.office.keys
    person.identity_index = keys.blind("identity", person.identity_number) if person.identity_number else None
    person.phone_index = keys.blind("phone", person.phone) if person.phone else None
    person.name_unknown = fold(str(person.full_name)) == fold(NO_NAME) or None


def _check(facts: Companion, case: Case) -> None:
    problems = problems_of(facts, case.received_on)
    if facts.kind is PersonKind.SUBJECT:
        problems["kind"] = "Mỗi hồ sơ có một người được tiếp nhận; người khác được tiếp nhận có hồ sơ riêng."
    if facts.kind is PersonKind.ACCOMPANYING_MINOR and band_of(facts.birth, case.received_on) is AgeBand.ADULT:
        problems["birth"] = "Từ đủ 18 tuổi vào ngày tiếp nhận thì không phải người chưa thành niên đi cùng."
    if problems:
        raise Invalid(problems)
