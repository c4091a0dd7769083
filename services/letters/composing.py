"""A template and a file → the `Document` that is printed, and what it still lacks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from db.base import Row
from db.cases import Case
from db.fields import Sensitivity
from db.handover import Direction, Handover
from db.places import Unit, UnitKind
from services import law
from services.access import clear
from services.errors import Refused
from services.law.documents import Form
from services.letters import legal
from services.letters.context import Context
from services.letters.fields import HANDED_PEOPLE, NAMED, NamedField, find, sensitivities
from services.letters.templates import Kind, Template
from services.reports.document import (
    Align,
    Block,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Recipients,
    SignatureBlock,
    SubjectAt,
)
from services.reports.issuer import DOTS, Issuer
from services.reports.periodic_frame import page_rules
from services.work import Work

BASIS = "Căn cứ "
NUMBERED = re.compile(r"(\d+|[IVX]+)\. ")
DOTTED = "……"  # to be filled in by hand: such a line, and a basis with its long numbers, is not stretched
SHORT_NAME = 24  # letters of an agency's name that stand in one line of the letterhead
_BEFORE_AREA = re.compile(r" (huyện|thành phố|thị xã|xã(?! hội)|phường|thị trấn|tỉnh)(?= )")
SIGN_HERE = "Ký, ghi rõ họ tên"
ABBREVIATED = {Kind.MINUTES: "Biên bản", Kind.NOTICE: "Thông báo"}
_K = UnitKind
_DIRECTOR, _COMMITTEE = ("Giám đốc",), ("TM. Ủy ban nhân dân", "Chủ tịch")
HEADS: dict[UnitKind, tuple[str, ...]] = {  # who signs for a unit; other kinds: the office types it
    _K.LABOUR_DEPT: _DIRECTOR,
    _K.HEALTH: _DIRECTOR,
    _K.POLICE_PROVINCE: _DIRECTOR,
    _K.SHELTER: _DIRECTOR,
    _K.POLICE_DISTRICT: ("Trưởng Công an",),
    _K.LABOUR_OFFICE_DISTRICT: ("Trưởng phòng",),
    _K.PEOPLE_COMMITTEE_PROVINCE: _COMMITTEE,
    _K.PEOPLE_COMMITTEE_DISTRICT: _COMMITTEE,
    _K.PEOPLE_COMMITTEE_COMMUNE: _COMMITTEE,
}


@dataclass(frozen=True)
class Wishes:
    """What whoever makes a document chooses: the day it is written (its look, names and forms are those of
    that day), the unit that issues it, the row it is about. None for the rest: as the template says."""

    day: date
    unit_id: int
    about_id: int | None = None
    addressee: str | None = None
    form: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None
    parent: str | None = None
    place: str | None = None

    def to_dict(self) -> dict[str, Any]:
        known = {one.name: getattr(self, one.name) for one in fields(self)}
        return known | {"day": self.day.isoformat()}

    @classmethod
    def from_dict(cls, known: dict[str, Any]) -> "Wishes":
        return cls(**(known | {"day": date.fromisoformat(known["day"])}))


@dataclass(frozen=True)
class Composed:
    """`missing`: labels of what is not known yet (dots on the paper); `needs`: what a reader must be allowed
    to see in clear; `others`: other files of which somebody is named, so that they must be theirs to read too."""

    document: Document
    missing: tuple[str, ...]
    needs: frozenset[Sensitivity]
    others: tuple[int, ...] = ()


def compose(work: Work, case: Case, template: Template, wishes: Wishes, row: Row | None = None) -> Composed:
    """The document as it stands now, without number and date. Raises Refused when it has a field whose
    facts this person may not see in clear."""
    context = Context(work, case, wishes.unit_id, wishes.day, row)
    if not visible(work, template):
        raise Refused
    values = {field.name: field.value(context) for field in template.fields}
    shown = _Filled(values)
    document = document_of(
        template, context.issuer, wishes, shown, heads(context.unit), corner_of(context, template, wishes)
    )
    needs = sensitivities(template.fields) | {Sensitivity.IDENTITY}
    together = context.handed_together if any(field.name == HANDED_PEOPLE for field in template.fields) else ()
    others = tuple(other.case.id for other, _ in together if other.case.id != case.id)
    return Composed(document, tuple(shown.missing), needs, others)


def visible(work: Work, template: Template) -> bool:
    """Whether this person sees in clear all that the template's fields say."""
    return sensitivities(template.fields) <= clear(work.actor)


def example(template: Template, day: date) -> Document:
    """The template filled with invented facts, for whoever is editing it."""
    filled = _Filled({field.name: field.example for field in template.fields})
    invented = Issuer(
        "Công an huyện Na Rì", "Công an huyện Na Rì", "Công an tỉnh Bắc Kạn", DOTS, "Na Rì", addressees=()
    )
    codes = [form for form in law.forms(day) if form.code in template.forms]
    corner = _typed(template.form_code) or (legal.corner(codes[0]) if codes else ())
    return document_of(template, invented, Wishes(day, 0), filled, HEADS[_K.POLICE_DISTRICT], corner)


def document_of(
    template: Template,
    issuer: Issuer,
    wishes: Wishes,
    filled: "_Filled",
    head: tuple[str, ...],
    corner: tuple[str, ...],
) -> Document:
    """Lays the filled texts out as a document of its kind."""
    to = wishes.addressee if wishes.addressee else filled.text(template.addressee)
    authority = _lines(wishes.signer_title or template.signer) or head
    minutes = template.kind is Kind.MINUTES
    signed = SignatureBlock(authority, wishes.signer_name)
    recipients = tuple(filled.lines(template.recipients))
    letter = template.kind is Kind.LETTER
    return Document(
        title=template.title,
        subject=filled.text(template.subject),
        subject_at=SubjectAt.UNDER_NUMBER if letter else SubjectAt.CENTRE,
        blocks=tuple(_block(line) for line in filled.lines(template.body)),
        letterhead=Letterhead(
            parent_agency=broken(issuer.parent if wishes.parent is None else wishes.parent),
            agency=broken(issuer.heading),
            symbol=template.symbol or symbol(template.kind, issuer),
            place=wishes.place or issuer.place,
            year=wishes.day.year,
        ),
        addressees=_lines(to),
        recipients=Recipients(recipients) if recipients else None,
        signature=None if minutes else signed,
        signatures=tuple(SignatureBlock((side,), note=SIGN_HERE) for side in authority) if minutes else (),
        page=page_rules(wishes.day),
        form=corner,
    )


def broken(name: str) -> str:
    """A long name of an agency, broken where it is read: ỦY BAN NHÂN DÂN / HUYỆN NA RÌ."""
    if len(name) <= SHORT_NAME:
        return name
    return _BEFORE_AREA.sub(r"\n\1", name.replace(" - ", " -\n"))


def symbol(kind: Kind, issuer: Issuer) -> str:
    """The sign after the number, as far as the tables have it: `TB-LĐTBXH`; dots for the rest."""
    if kind is Kind.LETTER or kind is Kind.CERTIFICATE:
        return DOTS
    return f"{law.abbreviation(ABBREVIATED[kind])}-{issuer.sign}"


def heads(unit: Unit) -> tuple[str, ...]:
    """The lines above the signature of the head of a unit."""
    return HEADS.get(unit.kind, (DOTS,))


def forms_of(context: Context, template: Template) -> list[Form]:
    """The prescribed forms the document may be, on its day and under the law of the file."""
    if template.form_regime and context.regime != template.form_regime:
        return []
    known = {form.code: form for form in law.forms(context.day)}
    return [known[code] for code in template.forms if code in known]


def usual_form(context: Context, template: Template) -> str | None:
    """The form that is meant unless somebody says otherwise: the only one; of the hand-over minutes that of
    the border post, when it gives somebody to the province's police (TTLT 01/2014 Đ.4(4)(c))."""
    found = [form.code for form in forms_of(context, template)]
    if template.about != "handover":
        return found[0] if len(found) == 1 else None
    return "TTLT01-PL4" if "TTLT01-PL4" in found and _from_the_border(context) else None


def corner_of(context: Context, template: Template, wishes: Wishes) -> tuple[str, ...]:
    """The corner: as the office typed it into the template, else the form chosen for this document."""
    if template.form_code:
        return _typed(template.form_code)
    chosen = next((form for form in forms_of(context, template) if form.code == wishes.form), None)
    return legal.corner(chosen) if chosen else ()


def _from_the_border(context: Context) -> bool:
    if not isinstance(context.row, Handover):
        return False
    other = context.work.session.get(Unit, context.row.unit_id) if context.row.unit_id else None
    kinds = (other.kind if other else None, context.unit.kind)
    giving, taking = kinds if context.row.direction is Direction.IN else kinds[::-1]
    return giving is _K.BORDER and taking is _K.POLICE_PROVINCE


class _Filled:
    """Fields replaced by their values; remembers what was missing."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.missing: dict[str, None] = {}

    def lines(self, text: str) -> Sequence[str]:
        """The lines with something to say: one with an optional field that is empty is left out."""
        found = (line.strip() for line in text.splitlines())
        return [self.text(line) for line in found if line and not self._does_not_apply(line)]

    def text(self, text: str) -> str:
        return NAMED.sub(lambda match: self._value(match[1]), text)

    def _does_not_apply(self, line: str) -> bool:
        named = (find(name) for name in NAMED.findall(line))
        return any(field.optional and not self.values[field.name] for field in named if field)

    def _value(self, name: str) -> str:
        field = find(name)
        assert field is not None, "a template is checked when it is saved"
        value = self.values[field.name] or self._unknown(field)
        return value[:1].upper() + value[1:] if name.strip()[:1].isupper() else value

    def _unknown(self, field: NamedField) -> str:
        self.missing[field.name] = None
        return field.dots


def _block(line: str) -> Block:
    if NUMBERED.match(line) and line[-1] not in ".:;,/":
        return Heading(line, 2)
    basis = line.startswith(BASIS)
    return Paragraph(line, italic=basis, align=Align.LEFT if basis or DOTTED in line else Align.JUSTIFY)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def _typed(form_code: str) -> tuple[str, ...]:
    """A code typed by the office: what stands in brackets goes on the second line."""
    return _lines(form_code.replace(" (", "\n("))
