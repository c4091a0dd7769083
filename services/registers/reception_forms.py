"""The forms of reception: who was received, when, by whom, from where."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from db.cases import Case, Place
from db.people import Person
from services import intake
from services.access import Right
from services.intake import Reception
from services.people import NO_NAME
from services.registers import choices
from services.registers.core import NEVER_HERE, Asked, Choice, Field, Form, Section, code_of

LANGUAGES = (
    *("Tiếng Việt", "Tiếng Tày", "Tiếng Nùng", "Tiếng Dao", "Tiếng Mông", "Tiếng Hoa", "Tiếng Trung Quốc"),
    *("Tiếng Lào", "Tiếng Thái Lan", "Tiếng Khmer", "Tiếng Myanmar", "Tiếng Anh", "Ngôn ngữ ký hiệu"),
)
CHILD = "Con"
RELATIONS = (
    *(CHILD, "Cháu", "Em", "Anh, chị", "Mẹ", "Cha", "Vợ, chồng", "Ông, bà", "Cô, dì, chú, bác"),
    *("Người được cử giám hộ", "Không có họ hàng"),
)


def languages(asked: Asked) -> Sequence[Choice]:
    return [Choice(text, text, text) for text in LANGUAGES]


def relations(asked: Asked) -> Sequence[Choice]:
    return [Choice(text, text, text) for text in RELATIONS]


def yes_or_no(asked: Asked) -> Sequence[Choice]:
    """Three answers with the empty one: not asked yet."""
    return [Choice(code_of(True), "Có", True), Choice(code_of(False), "Không", False)]


def _in(*places: Place) -> Any:
    return lambda asked: asked.known.get("place") in places


def may_not_apply(asked: Asked) -> bool:
    """Always asked for, and left out of a sheet while it is empty."""
    return True


def name_given(values: dict[str, Any]) -> dict[str, Any]:
    """The facts for the verb: a name, or that it is not known. What was typed as a name always counts."""
    unknown = values.pop("name_unknown", False)
    if unknown and "full_name" in values and not values["full_name"]:
        values["full_name"] = NO_NAME
    return values


NAME_UNKNOWN = Field(Person.name_unknown, when=may_not_apply)
FULL_NAME = Field(Person.full_name, live=True, help="Tên theo lời người này nói cũng được")
PERSON = Section("Người được tiếp nhận", (FULL_NAME, NAME_UNKNOWN, Field(Person.sex), Field(Person.birth)))
RECEPTION = Section(
    "Tiếp nhận",
    (
        Field(Case.received_on, required=True),
        Field(
            Case.unit_id,
            required=True,
            choices=choices.with_kept(choices.units("received_on"), Case.unit_id),
            usual=lambda asked, offered: choices.own_unit(asked.work, offered),
            beside=lambda asked: choices.own_unit_gone(asked, "received_on"),
        ),
        Field(Case.way),
        Field(Case.place),
        Field(Case.country, choices=choices.with_kept(choices.countries, Case.country), when=_in(Place.ABROAD)),
        Field(
            Case.province, choices=choices.with_kept(choices.provinces, Case.province), when=_in(Place.DOMESTIC)
        ),
    ),
)
CONTACT = Section(
    "Ngôn ngữ, liên hệ an toàn",
    (
        Field(Person.language, choices=choices.with_kept(languages, Person.language)),
        Field(Person.interpreter, choices=yes_or_no),
        Field(Person.phone),
        Field(Person.safe_contact),
        Field(Person.no_contact),
    ),
)
MORE = Section(
    "Thông tin khác về người này",
    (
        Field(Person.alias),
        Field(Person.ethnic, choices=choices.with_kept(choices.peoples, Person.ethnic)),
        Field(
            Person.nationality,
            choices=choices.with_kept(choices.countries, Person.nationality),
            when=may_not_apply,
        ),
        Field(Person.identity_number),
        Field(Case.purpose),
    ),
)
GUARDIAN = Section(
    "Người đại diện, giám hộ",
    (
        Field(Person.guardian_name, label="Họ và tên người đại diện", when=may_not_apply),
        Field(
            Person.guardian_relation,
            label="Là gì của người này",
            choices=choices.with_kept(relations, Person.guardian_relation),
            when=may_not_apply,
        ),
        Field(Person.guardian_phone, label="Điện thoại", when=may_not_apply),
    ),
)
HOME = Section(
    "Nơi cư trú, ghi chú",
    (
        Field(
            Case.home_district_id,
            choices=choices.with_kept(choices.districts, Case.home_district_id),
            when=lambda asked: bool(choices.districts(asked)),
        ),
        Field(
            Case.home_commune_id,
            choices=choices.with_kept(choices.communes, Case.home_commune_id),
            when=lambda asked: bool(choices.communes(asked)),
            gone="Vào ngày tiếp nhận chưa có (hoặc không còn) xã, phường này.",
        ),
        Field(Person.address),
        Field(
            Case.home_province,
            choices=choices.with_kept(choices.provinces, Case.home_province),
            when=lambda asked: not asked.known.get("home_district_id"),
            help="Chỉ chọn khi người này không cư trú trong tỉnh",
        ),
        Field(Case.note, wide=True, long=True, help=NEVER_HERE),
    ),
)
FIRST = (Section(PERSON.title, (*PERSON.fields, *CONTACT.fields)), RECEPTION)  # asked in the first two minutes
LATER = (MORE, HOME, GUARDIAN)
FACTS = (PERSON, MORE, CONTACT, GUARDIAN, RECEPTION, HOME)  # as the file's sheet shows them


def _receive(asked: Asked, values: dict[str, Any]) -> Case:
    return intake.receive(asked.work, facts=Reception(**name_given(values)))


def _received(asked: Asked) -> Mapping[str, Any]:
    offered = choices.units("received_on")(asked)
    return {"received_on": asked.work.today, "unit_id": choices.own_unit(asked.work, offered)}


def _facts(asked: Asked) -> Mapping[str, Any]:
    case, person = asked.file, asked.subject
    facts = intake.facts_of(case, person)
    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return known | {"name_unknown": bool(person.name_unknown)}


def _correct(asked: Asked, values: dict[str, Any]) -> None:
    """What this person may not see stays as it was."""
    case, person = asked.file, asked.subject
    facts = replace(intake.facts_of(case, person), **name_given(values))
    if facts.home_commune_id or facts.home_province:
        facts.home_commune_text = None
    intake.correct(asked.work, case, person, facts=facts)


def _versions(asked: Asked) -> tuple[int, ...]:
    return (asked.file.version, asked.subject.version)


RECEIVE = Form(
    "receive",
    "Tiếp nhận mới",
    Right.INTAKE,
    (*FIRST, *(replace(section, folded=True) for section in LATER)),
    _receive,
    start=_received,
    button="Lưu hồ sơ",
)
CORRECT = Form(
    "correct",
    "Sửa thông tin tiếp nhận",
    Right.INTAKE,
    (*FIRST, *LATER),
    _correct,
    start=_facts,
    versions=_versions,
)
