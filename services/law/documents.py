"""How an official document looks, by its date; forms; abbreviations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from services.law import model as m
from services.law.tables import rows


@dataclass(frozen=True, slots=True)
class PageNumber:
    """`place`: head or foot; `align`: right or centre; sizes in points."""

    place: str
    align: str
    size_min: int
    size_max: int
    first_page: bool


@dataclass(frozen=True, slots=True)
class Margins:
    """Millimetres, (least, most)."""

    top: tuple[int, int]
    bottom: tuple[int, int]
    left: tuple[int, int]
    right: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(m.LegalRow):
    """One part of a document; sizes in points, None = as the text around it."""

    code: str
    format: str
    size_min: int | None = None
    size_max: int | None = None
    bold: bool
    italic: bool
    capitals: bool
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFormat(m.LegalRow):
    code: str
    vi: str
    paper: str
    font: str
    page_number: PageNumber
    margins: Margins | None = None
    components: tuple[str, ...] = ()
    paper_mm: tuple[int, ...] = ()
    landscape: str = ""
    numbering: str = ""
    signing: str = ""
    digital_signature: str = ""
    scan_copy: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """The look of a document of a day. `borrowed`: what that day's text does not give (or was not
    read) and is taken from the next rule, so that a page can be printed at all."""

    format: DocumentFormat
    page_number: PageNumber
    margins: Margins
    elements: Mapping[str, Element]
    borrowed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(m.LegalRow):
    code: str
    vi: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation(m.LegalRow):
    """`Báo cáo` → `BC`, in the sign of a document."""

    vi: str
    short: str


def _format(
    *, page_number: dict[str, Any], margins_mm: dict[str, list[int]] | None = None, **fields: Any
) -> DocumentFormat:
    margins = Margins(**{k: (v[0], v[1]) for k, v in margins_mm.items()}) if margins_mm else None
    return DocumentFormat(page_number=PageNumber(**page_number), margins=margins, **fields)


def _formats() -> tuple[DocumentFormat, ...]:
    return rows("documents", "format", _format)


@lru_cache
def document_rules(day: date) -> DocumentRules:
    """Page number at the foot right for documents dated before 05/3/2020, top centre from then on
    (TT 01/2011/TT-BNV; NĐ 30/2020/NĐ-CP)."""
    current = next(row for row in _formats() if row.in_force(day))
    elements = {e.code: e for e in rows("documents", "element", Element)}
    borrowed = []
    if current.margins is None:
        borrowed.append("margins")
    if not any(e.format == current.code for e in elements.values()):
        borrowed.append("elements")
    margins = current.margins or next(row.margins for row in _formats() if row.margins)
    return DocumentRules(current, current.page_number, margins, MappingProxyType(elements), tuple(borrowed))


def forms(day: date) -> tuple[Form, ...]:
    """The forms in use on `day`: code and title; fields only where they were read."""
    return tuple(form for form in rows("documents", "form", Form) if form.in_force(day))


def abbreviation(kind: str) -> str | None:
    """The letters of a kind of document (`Báo cáo` → `BC`)."""
    found = (row.short for row in rows("documents", "abbreviation", Abbreviation) if row.vi == kind)
    return next(found, None)
