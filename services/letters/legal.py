"""The articles a document rests on, in the words of a document; nothing where the tables have none verified."""

import re
from collections.abc import Sequence
from datetime import date

from db.cases import Case
from services import law
from services.law.documents import Form
from services.limits import kind_for, office_figures
from services.work import Work

_ARTICLE = re.compile(r"(?:Đ\.)?(\d+)((?:\([^)]+\))*)\Z")
_PART = re.compile(r"\(([^)]+)\)")


def basis(work: Work, steps: Sequence[str], day: date, regime: law.Regime, case: Case | None = None) -> str:
    """`khoản 4 Điều 24 Luật Phòng, chống mua bán người số 66/2011/QH12; …`: what the first of these steps
    that the regime knows rests on. Empty when its row is not verified."""
    row = limit(work, steps, day, regime, case)
    return "; ".join(said(citation) for citation in row.legal) if row and row.verified else ""


def limit(
    work: Work, steps: Sequence[str], day: date, regime: law.Regime, case: Case | None = None
) -> law.Deadline | None:
    """The row of the first of these steps that the regime knows on a day. With `case`: that of its kind
    (rescued, foreign, complex), the same by which the screens count its days."""
    figures = office_figures(work)
    kinds = (kind_for(work, step, case) if case is not None else None for step in steps)
    wanted = (one for pair in zip(kinds, steps, strict=True) for one in pair if one is not None)
    found = (law.deadline(step, day, regime, figures) for step in wanted)
    return next((row for row in found if row is not None), None)


def said(citation: law.Citation) -> str:
    """One citation: articles as a document names them, then the text with its number."""
    known = law.instruments().get(citation.document)
    name = citation.document  # a decision of the office is its own name
    if known is not None:
        titled = known.subject.startswith("Luật ")
        subject = re.sub(r" năm \d{4}\Z", "", known.subject)
        name = f"{subject} {known.vi.removeprefix('Luật ')}" if titled else known.vi
    articles = ", ".join(_article(part.strip()) for part in citation.article.split(",") if part.strip())
    return f"{articles} {name}".strip()


def corner(form: Form) -> tuple[str, ...]:
    """What a prescribed form says of itself in its corner: its number, and the text it belongs to.

    The number is the one in the form's code (`TTLT01-PL7`); a form without one says only its text."""
    number = re.search(r"-(PL|M)(\d+)\Z", form.code)
    text = law.instruments().get(form.legal[0].document) if form.legal else None
    if number is None or text is None:
        return ()
    kind = {"PL": "Phụ lục", "M": "Mẫu số"}[number[1]]
    return (f"{kind} {number[2]}", f"(Ban hành kèm theo {text.vi})")


def _article(text: str) -> str:
    """`Đ.6(3)(a)(b)` → `điểm a, b khoản 3 Điều 6`; what is written otherwise stays as it is."""
    match = _ARTICLE.match(text)
    if not match:
        return text.replace("Đ.", "Điều ")
    parts = _PART.findall(match[2])
    clauses = ", ".join(part for part in parts if part.isdigit())
    points = ", ".join(part for part in parts if not part.isdigit())
    words = (f"điểm {points}" if points else "", f"khoản {clauses}" if clauses else "", f"Điều {match[1]}")
    return " ".join(word for word in words if word)
