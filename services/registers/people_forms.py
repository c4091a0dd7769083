"""The forms about people beside the one received: a minor who came along, a relative."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from db.people import Person, PersonKind
from services import people
from services.access import Right
from services.people import Companion
from services.registers import choices
from services.registers.core import Asked, Choice, Field, Form, Section
from services.registers.reception_forms import FULL_NAME, NAME_UNKNOWN, languages, name_given, relations, yes_or_no

BESIDE = (PersonKind.ACCOMPANYING_MINOR, PersonKind.RELATIVE)


def kinds(asked: Asked) -> Sequence[Choice]:
    return [Choice(kind.value, kind.label, kind) for kind in BESIDE]


SECTIONS = (
    Section(
        "",
        (
            Field(Person.kind, required=True, choices=kinds),
            FULL_NAME,
            NAME_UNKNOWN,
            Field(Person.relation, choices=choices.with_kept(relations, Person.relation)),
            Field(Person.sex),
            Field(Person.birth),
            Field(Person.ethnic, choices=choices.with_kept(choices.peoples, Person.ethnic)),
            Field(Person.nationality, choices=choices.with_kept(choices.countries, Person.nationality)),
        ),
        columns=4,
    ),
    Section(
        "Ngôn ngữ, liên hệ an toàn",
        (
            Field(Person.language, choices=choices.with_kept(languages, Person.language)),
            Field(Person.interpreter, choices=yes_or_no),
            Field(Person.phone),
            Field(Person.identity_number),
            Field(Person.safe_contact),
            Field(Person.no_contact),
        ),
        columns=4,
    ),
    Section(
        "Người đại diện, giám hộ (với người dưới 18 tuổi)",
        (
            Field(Person.guardian_name),
            Field(Person.guardian_relation, choices=choices.with_kept(relations, Person.guardian_relation)),
            Field(Person.guardian_phone),
        ),
    ),
)


def _unseen(values: dict[str, Any], person: Person | None) -> Companion:
    """The facts typed; what the form does not ask for, or this person may not see, stays as it was."""
    known = people.facts_of(person) if person is not None else None
    before = {field.name: getattr(known, field.name) for field in fields(Companion)} if known else {}
    return Companion(**(before | name_given(values)))


def _add(asked: Asked, values: dict[str, Any]) -> Person:
    return people.add(asked.work, asked.file, facts=_unseen(values, None))


def _correct(asked: Asked, values: dict[str, Any]) -> None:
    people.correct(asked.work, asked.file, asked.record, facts=_unseen(values, asked.record))


def _facts(asked: Asked) -> Mapping[str, Any]:
    names = {field.name for field in fields(Companion)} | {"name_unknown"}
    return {name: getattr(asked.record, name) for name in names}


ADD_PERSON = Form(
    "person",
    "Thêm người đi cùng, người thân thích",
    Right.INTAKE,
    SECTIONS,
    _add,
    note="Người này ghi trong cùng hồ sơ, đếm riêng trong số liệu; người được tiếp nhận khác thì lập hồ sơ riêng.",
)
EDIT_PERSON = Form(
    "edit_person",
    "Sửa người đi cùng, người thân thích",
    Right.INTAKE,
    SECTIONS,
    _correct,
    start=_facts,
    versions=lambda asked: (asked.record.version,),
    row=Person,
)
