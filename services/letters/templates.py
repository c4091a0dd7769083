"""The wording of each document: what is shipped, and over it what the office made of it."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from importlib.resources import files

import sqlalchemy as sa
from sqlmodel import select

from db.base import ID_BITS, table_of
from db.cases import CaseState
from db.fields import LabelledEnum, info
from db.letters import LetterTemplate
from db.trail import Action, TrailEntry
from db.verification import Outcome
from services.access import Right, require
from services.errors import Conflict, Invalid, Refused
from services.letters.fields import NamedField, problem, used
from services.text import clean
from services.work import VIETNAM, Work

NOT_EMPTY = "Cần ghi nội dung này."


class Kind(LabelledEnum):
    MINUTES = "minutes", "Biên bản"
    LETTER = "letter", "Công văn"
    CERTIFICATE = "certificate", "Giấy xác nhận"
    NOTICE = "notice", "Thông báo"


@dataclass(frozen=True)
class Template:
    """A document as it is made now. The keys are explained in templates.toml; `symbol` follows the number
    (empty: by the kind of document and the issuer), `form_code` is what the office typed for the corner;
    `version` is that of the office's wording, 0 for the shipped one."""

    code: str
    kind: Kind
    right: Right
    states: frozenset[CaseState]
    title: str
    subject: str
    body: str
    about: str = ""
    outcomes: frozenset[Outcome] = frozenset()
    forms: tuple[str, ...] = ()
    form_regime: str = ""
    addressee: str = ""
    recipients: str = ""
    signer: str = ""
    symbol: str = ""
    form_code: str = ""
    own_series: bool = False
    version: int = 0

    @property
    def label(self) -> str:
        """How people tell it from the others in a list."""
        return (
            self.title
            if self.kind is Kind.LETTER
            else f"{self.title}: {self.subject[:1].lower()}{self.subject[1:]}"
        )

    @property
    def fields(self) -> list[NamedField]:
        """The fields it uses."""
        return used("\n".join((self.title, self.subject, self.addressee, self.body, self.recipients)))


@dataclass(frozen=True)
class Wording:
    """What an office may change of a template; empty texts are None."""

    title: str
    subject: str | None
    body: str
    form_code: str | None = None
    addressee: str | None = None
    recipients: str | None = None
    signer_title: str | None = None
    symbol: str | None = None
    own_series: bool = False


@dataclass(frozen=True)
class Changed:
    """One change of a template, in Việt Nam time."""

    at: datetime
    who: str
    words: str


@lru_cache
def shipped() -> Mapping[str, Template]:
    """The documents as shipped, in their order."""
    read = tomllib.loads((files("services.letters") / "templates.toml").read_text("utf-8"))["letter"]
    return {row["code"]: _made(**row) for row in read}


def _made(*, kind: str, right: str, body: str, states: list[str], **known: object) -> Template:
    outcomes = frozenset(Outcome(one) for one in known.pop("outcomes", ()))  # type: ignore[attr-defined]
    forms: tuple[str, ...] = tuple(known.pop("forms", ()))  # type: ignore[arg-type]
    return Template(
        kind=Kind(kind),
        right=Right(right),
        body=body.strip(),
        states=frozenset(CaseState(one) for one in states),
        outcomes=outcomes,
        forms=forms,
        **known,  # type: ignore[arg-type]
    )


def effective(work: Work, code: str) -> Template:
    """The office's wording where there is one, else the shipped one. Raises Refused for an unknown code."""
    found = _office(work).get(code)
    if code not in shipped():
        raise Refused
    return _over(shipped()[code], found) if found else shipped()[code]


def every(work: Work) -> list[Template]:
    """All documents as they are made now."""
    office = _office(work)
    return [_over(one, office[code]) if code in office else one for code, one in shipped().items()]


def wording(template: Template) -> Wording:
    """What the form of a template starts from."""
    texts = {one.name: getattr(template, one.name, None) or None for one in fields(Wording)}
    return Wording(**(texts | {"signer_title": template.signer or None, "own_series": template.own_series}))  # type: ignore[arg-type]


def save(work: Work, code: str, wanted: Wording, *, version: int) -> LetterTemplate:
    """Keeps the office's wording. Raises Refused, Invalid (a sentence per field: an unknown field, braces
    that do not match, a text too long) or Conflict when somebody saved since `version` was read."""
    require(work, Right.TEMPLATES)
    before = effective(work, code)
    if before.version != version:
        raise Conflict
    wanted = checked(wanted)
    row = work.session.get(LetterTemplate, _id(code))
    if row is None:
        row = LetterTemplate(id=_id(code), code=code, title=wanted.title, body=wanted.body)
        work.session.add(row)
    for one in fields(Wording):
        setattr(row, one.name, getattr(wanted, one.name))
    _forget(work)
    return row


def reset(work: Work, code: str) -> None:
    """Back to the shipped wording (Trở về mẫu gốc). The trail keeps that there was another."""
    require(work, Right.TEMPLATES)
    row = work.session.get(LetterTemplate, _id(code))
    if row is not None:
        work.session.delete(row)
    _forget(work)


def worded(template: Template, wanted: Wording) -> Template:
    """The template with a wording laid over it."""
    return replace(
        template,
        title=wanted.title,
        subject=wanted.subject or "",
        body=wanted.body,
        form_code=wanted.form_code or "",
        addressee=wanted.addressee or "",
        recipients=wanted.recipients or "",
        signer=wanted.signer_title or "",
        symbol=wanted.symbol or "",
        own_series=wanted.own_series,
    )


def checked(wanted: Wording) -> Wording:
    """The wording cleaned. Raises Invalid with a sentence per field."""
    columns, problems = table_of(LetterTemplate).c, {}
    texts: dict[str, str | None] = {}
    for one in fields(Wording):
        if one.name == "own_series":
            continue
        text = clean(getattr(wanted, one.name) or "")
        longest = info(columns[one.name])["max_length"]
        said = problem(text) or ("" if len(text) <= longest else f"Quá dài: nhiều nhất {longest} ký tự.")
        if not text and one.name in ("title", "body"):
            said = NOT_EMPTY
        if said:
            problems[one.name] = said
        texts[one.name] = text or None
    if problems:
        raise Invalid(problems)
    return Wording(**texts, own_series=wanted.own_series)  # type: ignore[arg-type]


def history(work: Work, code: str, most: int = 20) -> list[Changed]:
    """Who changed the wording when, the latest first. Raises Refused."""
    require(work, Right.TEMPLATES)
    trail = table_of(TrailEntry)
    wanted = sa.select(trail.c.at, trail.c.actor, trail.c.action, trail.c.fields)
    wanted = wanted.where(trail.c.object == LetterTemplate.__tablename__, trail.c.object_id == _id(code))
    found = work.session.connection().execute(wanted.order_by(trail.c.seq.desc()).limit(most))
    return [Changed(row.at.astimezone(VIETNAM), row.actor, _words(row.action, row.fields)) for row in found]


def _words(action: Action, changed: str) -> str:
    if action is Action.DELETE:
        return "trở về mẫu gốc"
    if action is Action.CREATE:
        return "sửa so với mẫu gốc"
    columns = table_of(LetterTemplate).c
    return "sửa " + ", ".join(
        str(info(columns[name])["label"]).lower() for name in changed.split(",") if name in columns
    )


def _over(template: Template, row: LetterTemplate) -> Template:
    found = worded(template, Wording(**{one.name: getattr(row, one.name) for one in fields(Wording)}))
    return replace(found, version=row.version)


def _office(work: Work) -> dict[str, LetterTemplate]:
    """The office's own wordings, read once a Work."""
    if "letter templates" not in work.session.info:
        found = work.session.exec(select(LetterTemplate)).all()
        work.session.info["letter templates"] = {row.code: row for row in found}
    kept: dict[str, LetterTemplate] = work.session.info["letter templates"]
    return kept


def _forget(work: Work) -> None:
    work.session.flush()
    work.session.info.pop("letter templates", None)


def _id(code: str) -> int:
    """One row a document, whoever comes first: its id follows from its code, so its history is one."""
    digest = hashlib.sha256(f"letter template|{code}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - ID_BITS + 1) | 1
