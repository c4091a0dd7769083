"""The forms of reception: who was received, when, by whom, from where."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from db.cases import Case, Place
from db.people import Person
from services import intake
from services.access import Right
from services.intake import Reception
from services.registers import choices
from services.registers.core import NEVER_HERE, Asked, Field, Form, Section


def _in(*places: Place) -> Any:
    return lambda asked: asked.known.get("place") in places


PERSON = Section(
    "Người được tiếp nhận",
    (
        Field(Person.full_name, required=True, live=True, help="Chưa biết tên thì ghi «Chưa rõ tên»"),
        Field(Person.alias),
        Field(Person.sex),
        Field(Person.birth, help="Biết đến đâu ghi đến đó"),
        Field(Person.ethnic, choices=choices.with_kept(choices.peoples, Person.ethnic)),
        Field(Person.identity_number),
        Field(Person.phone),
    ),
)
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
        Field(Case.purpose),
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


def _receive(asked: Asked, values: dict[str, Any]) -> Case:
    return intake.receive(asked.work, facts=Reception(**values))


def _received(asked: Asked) -> Mapping[str, Any]:
    offered = choices.units("received_on")(asked)
    return {"received_on": asked.work.today, "unit_id": choices.own_unit(asked.work, offered)}


def _facts(asked: Asked) -> Mapping[str, Any]:
    case, person = asked.file, asked.subject
    facts = intake.facts_of(case, person)
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _correct(asked: Asked, values: dict[str, Any]) -> None:
    """What this person may not see stays as it was."""
    case, person = asked.file, asked.subject
    facts = replace(intake.facts_of(case, person), **values)
    if facts.home_commune_id or facts.home_province:
        facts.home_commune_text = None
    intake.correct(asked.work, case, person, facts=facts)


def _versions(asked: Asked) -> tuple[int, ...]:
    return (asked.file.version, asked.subject.version)


RECEIVE = Form(
    "receive",
    "Tiếp nhận mới",
    Right.INTAKE,
    (PERSON, RECEPTION, HOME),
    _receive,
    start=_received,
    button="Lưu hồ sơ",
)
CORRECT = Form(
    "correct",
    "Sửa thông tin tiếp nhận",
    Right.INTAKE,
    (PERSON, RECEPTION, HOME),
    _correct,
    start=_facts,
    versions=_versions,
)
