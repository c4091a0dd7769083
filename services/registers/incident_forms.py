"""The forms of an incident: what its people share, the next person, and the request for all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from db.cases import Case, Incident, Place
from db.people import Person, PersonKind
from services import incident_view, incidents
from services.access import Right, require
from services.ages import under_18
from services.errors import Refused
from services.incident_view import File
from services.incidents import COPIED, Shared
from services.people import Companion, Known
from services.registers import choices
from services.registers.core import Asked, Choice, Choices, Field, Form, Section, code_of, today
from services.registers.people_forms import BESIDE
from services.registers.reception_forms import (
    CHILD,
    FULL_NAME,
    NAME_UNKNOWN,
    languages,
    name_given,
    relations,
    yes_or_no,
)
from services.registers.verification_forms import REQUEST
from services.work import Work

HOME = ("home_district_id", "home_commune_id", "home_province")
CARRY, ONLY_HERE = "carry", "only"


def asked(work: Work, form: Form, incident_id: int | None = None) -> Asked:
    """What a form is about: a new incident, or this one. Raises Refused when it is not theirs."""
    if incident_id is None:
        require(work, form.right)
        return Asked(work)
    incident = incident_view.find(work, incident_id, form.right)
    if form is CORRECT and not incident_view.may_correct(work, incident, form.right):
        raise Refused
    return Asked(work, row=incident)


def _in(place: Place) -> Callable[[Asked], bool]:
    return lambda asked: asked.known.get("place") is place


SHARED = Section(
    "",
    (
        Field(Incident.received_on, required=True),
        Field(
            Incident.unit_id,
            required=True,
            choices=choices.with_kept(choices.units("received_on"), Incident.unit_id),
            usual=lambda asked, offered: choices.own_unit(asked.work, offered),
            beside=lambda asked: choices.own_unit_gone(asked, "received_on"),
        ),
        Field(Incident.expected, help="Kể cả trẻ em đi cùng; chưa chắc thì ghi số ước chừng"),
        Field(Incident.way),
        Field(Incident.place),
        Field(
            Incident.country,
            choices=choices.with_kept(choices.countries, Incident.country),
            when=_in(Place.ABROAD),
        ),
        Field(
            Incident.province,
            choices=choices.with_kept(choices.provinces, Incident.province),
            when=_in(Place.DOMESTIC),
        ),
        Field(Incident.purpose),
        Field(Incident.summary, wide=True),
    ),
    columns=4,
)


def _begun(asked: Asked) -> Mapping[str, Any]:
    offered = choices.units("received_on")(asked)
    return {"received_on": asked.work.today, "unit_id": choices.own_unit(asked.work, offered)}


BEGIN = Form(
    "incident",
    "Nhiều người cùng một vụ việc",
    Right.INTAKE,
    (SHARED,),
    lambda asked, values: incidents.begin(asked.work, facts=Shared(**values)),
    start=_begun,
    button="Lưu và ghi từng người",
)


def _holding(asked: Asked) -> list[tuple[File, list[str]]]:
    """The files that still hold what is being corrected."""
    new = {name: asked.known.get(name) for name in COPIED}
    return list(incidents.still_holding(asked.work, asked.record, new).values())


def _carrying(asked: Asked) -> Sequence[Choice]:
    many = len(_holding(asked))
    return [
        Choice(CARRY, f"Sửa cả {many} hồ sơ còn ghi như cũ", True),
        Choice(ONLY_HERE, "Chỉ sửa vụ việc", False),
    ]


def _which(asked: Asked) -> str:
    """Which facts of which files would be changed, in a sentence."""
    labels = {one.key: one.words for one in SHARED.fields}
    said = (
        f"{file.case.code} {file.subject.full_name} ({', '.join(labels[name] for name in names)})"
        for file, names in _holding(asked)
    )
    return f"Còn ghi như cũ: {'; '.join(said)}."


def _corrected(asked: Asked, values: dict[str, Any]) -> Incident:
    carry = bool(values.pop("carry", False))
    before = {field.name: getattr(asked.record, field.name) for field in fields(Shared)}
    incidents.correct(asked.work, asked.record, facts=Shared(**(before | values)), carry=carry)
    incident: Incident = asked.record
    return incident


CORRECT = Form(
    "correct_incident",
    "Sửa thông tin chung",
    Right.INTAKE,
    (
        SHARED,
        Section(
            "",
            (
                Field(
                    Incident.code,
                    name="carry",
                    label="Hồ sơ trong vụ việc",
                    help="Hồ sơ đã ghi khác đi thì giữ nguyên",
                    required=True,
                    choices=_carrying,
                    usual=lambda asked, offered: True,
                    when=lambda asked: bool(_holding(asked)),
                    beside=_which,
                    wide=True,
                ),
            ),
        ),
    ),
    _corrected,
    start=lambda asked: {field.name: getattr(asked.record, field.name) for field in fields(Shared)},
    versions=lambda asked: (asked.record.version,),
)


def _on_day(listed: Choices) -> Choices:
    """A list as it was on the day on which the people of the incident were received."""
    return lambda asked: listed(replace(asked, known={**asked.known, "received_on": asked.record.received_on}))


def _beside(asked: Asked) -> bool:
    return asked.known.get("kind") in BESIDE


def _received(asked: Asked) -> list[File]:
    return incident_view.subjects(asked.work, asked.record)


def _subjects(asked: Asked) -> Sequence[Choice]:
    """Who was received so far: those whom a child or relative can belong to."""
    return [Choice(code_of(file.case.id), incident_view.known_as(file), file.case.id) for file in _received(asked)]


def _kinds(asked: Asked) -> Sequence[Choice]:
    """Nobody can have come along while nobody was received."""
    there = (PersonKind.SUBJECT, *(BESIDE if _received(asked) else ()))
    return [Choice(kind.value, kind.label, kind) for kind in there]


def _name_in(asked: Asked, case_id: int | None) -> str | None:
    return next((str(f.subject.full_name) for f in _received(asked) if f.case.id == case_id), None)


def _next_person(asked: Asked, values: dict[str, Any]) -> Any:
    """A person received gets a file of their own; the others go into the file of whom they came with."""
    facts, kind = name_given(values), values["kind"]
    personal: dict[str, Any] = {field.name: facts.get(field.name) for field in fields(Known)}
    if kind is PersonKind.SUBJECT:
        home = {name: facts.get(name) for name in HOME}
        return incidents.receive(asked.work, asked.record, facts=Known(**personal), home=home)
    companion = Companion(**personal, kind=kind, relation=facts.get("relation"))
    if kind is PersonKind.ACCOMPANYING_MINOR and companion.relation == CHILD and not companion.guardian_name:
        companion.guardian_name = _name_in(asked, facts["with_case"])  # the parent it came with
    return incidents.bring_along(asked.work, asked.record, with_case=facts["with_case"], facts=companion)


def _under_18(asked: Asked) -> bool:
    """A minor who came along, or somebody whose birth says so."""
    minor = asked.known.get("kind") is PersonKind.ACCOMPANYING_MINOR
    return minor or under_18(asked.known.get("birth"), asked.record.received_on)


def _guardians(asked: Asked) -> Sequence[Choice]:
    """Those received together; anybody else is written down on the file."""
    found = _received(asked)
    return [Choice(code_of(f.case.id), str(f.subject.full_name), str(f.subject.full_name)) for f in found]


def _parent(asked: Asked, offered: Sequence[Choice]) -> str | None:
    """A child's father or mother, with whom it came, stands for it unless somebody says otherwise."""
    code = code_of(asked.known.get("with_case") or 0)
    of_parent = asked.known.get("relation") == CHILD
    return next((choice.value for choice in offered if of_parent and choice.code == code), None)


NEXT_PERSON = Form(
    "incident_person",
    "Người tiếp theo",
    Right.INTAKE,
    (
        Section(
            "",
            (
                FULL_NAME,
                NAME_UNKNOWN,
                Field(Person.kind, required=True, choices=_kinds, usual=lambda asked, offered: PersonKind.SUBJECT),
                Field(
                    Person.case_id,
                    name="with_case",
                    label="Đi cùng ai",
                    help="Hồ sơ ghi người này",
                    choices=_subjects,
                    when=_beside,
                    needed=_beside,
                ),
                Field(Person.relation, choices=relations, when=_beside),
                Field(Person.sex),
                Field(Person.birth, help="Biết đến đâu ghi đến đó"),
                Field(
                    Person.guardian_name,
                    choices=_guardians,
                    when=lambda asked: _under_18(asked) and bool(_received(asked)),
                    usual=_parent,
                    help="Chọn người được tiếp nhận cùng; người khác thì ghi sau, ở hồ sơ",
                ),
                Field(Person.ethnic, choices=choices.peoples),
                Field(Person.language, choices=languages),
                Field(Person.interpreter, choices=yes_or_no),
                Field(Person.phone),
                Field(Person.safe_contact),
                Field(Person.no_contact),
                Field(
                    Case.home_district_id,
                    choices=_on_day(choices.districts),
                    when=lambda asked: not _beside(asked) and bool(_on_day(choices.districts)(asked)),
                ),
                Field(
                    Case.home_commune_id,
                    choices=_on_day(choices.communes),
                    when=lambda asked: not _beside(asked) and bool(_on_day(choices.communes)(asked)),
                ),
                Field(
                    Case.home_province,
                    choices=choices.provinces,
                    when=lambda asked: not _beside(asked) and not asked.known.get("home_district_id"),
                    help="Chỉ chọn khi người này không cư trú trong tỉnh",
                ),
            ),
        ),
    ),
    _next_person,
    button="Lưu người này",
)


REQUEST_ALL = Form(
    "incident_request",
    "Đề nghị xác minh cho cả vụ việc",
    Right.INTAKE,
    REQUEST.sections,
    lambda asked, values: incidents.request_for_all(asked.work, asked.record, **values),
    start=today("requested_on"),
    button="Gửi đề nghị cho các hồ sơ trên",
)
FORMS = {form.name: form for form in (CORRECT, REQUEST_ALL)}
