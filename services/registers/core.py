"""A form as data: which facts it asks for, in which order, from which choices.

What a fact *is* (label, help, length, sensitivity, fixed choices) stands on its column; a form says
only what the screen needs. One drawer (`pages/ui/form.py`) draws all forms; `typed.py` reads what was typed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from db.base import Row
from db.cases import Case
from db.fields import LabelledEnum, PartialDateType, info
from db.people import Person
from services.access import Right
from services.work import Work

NEVER_HERE = "Tài liệu đóng dấu MẬT trở lên không nhập vào hệ thống này; không ghi địa điểm nơi tạm lánh."
LONGEST = 4000  # characters of a text without a limit of its own (as in the verbs)


class Kind(StrEnum):
    """How a fact is typed."""

    TEXT = "text"
    LONG = "long"
    DAY = "day"
    BIRTH = "birth"
    AMOUNT = "amount"
    CHANGE = "change"  # a signed amount
    CHOICE = "choice"
    MANY = "many"  # several choices
    FLAG = "flag"


@dataclass(frozen=True)
class Choice:
    """One entry of a list: the code kept by the screen, the words people read, the value for the verb."""

    code: str
    label: str
    value: Any


@dataclass(frozen=True)
class Asked:
    """What a form is about. `known` holds what could be read of the fields before the one asked about."""

    work: Work
    case: Case | None = None
    person: Person | None = None
    row: Row | None = None
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> Case:
        assert self.case is not None, "this form is about a file"
        return self.case

    @property
    def subject(self) -> Person:
        assert self.person is not None, "this form is about a file"
        return self.person

    @property
    def record(self) -> Any:
        assert self.row is not None, "this form is about a row"
        return self.row


Choices = Callable[[Asked], Sequence[Choice]]
Test = Callable[[Asked], bool]
Says = Callable[[Asked], str]
Usual = Callable[[Asked, Sequence[Choice]], Any]


@dataclass(frozen=True)
class Field:
    """One fact of a form. `source` is the column it fills; `name` the fact's name in the verb.

    `needed`: required as things stand; `usual`: what is chosen unless somebody says otherwise; `beside`: a
    sentence under the field; `gone`: the sentence for a choice that is not on offer (any more)."""

    source: Any
    name: str = ""
    required: bool = False
    wide: bool = False
    long: bool = False
    many: bool = False
    signed: bool = False
    choices: Choices | None = None
    when: Test | None = None
    needed: Test | None = None
    usual: Usual | None = None
    beside: Says | None = None
    gone: str = ""
    live: bool = False  # sent while it is typed (look-ups)
    label: str = ""
    help: str | None = None

    @property
    def key(self) -> str:
        return self.name or str(self.source.key)

    @property
    def words(self) -> str:
        return self.label or str(info(self.source)["label"])

    @property
    def hint(self) -> str:
        return str(info(self.source)["help"]) if self.help is None else self.help

    @property
    def longest(self) -> int:
        return int(info(self.source).get("max_length") or LONGEST)

    @property
    def kind(self) -> Kind:
        if self.choices is not None or info(self.source).get("choices"):
            return Kind.MANY if self.many else Kind.CHOICE
        kind = self.source.type
        if isinstance(kind, PartialDateType):
            return Kind.BIRTH
        if isinstance(kind, sa.Date):
            return Kind.DAY
        if isinstance(kind, sa.Boolean):
            return Kind.FLAG
        if isinstance(kind, sa.Integer):
            return Kind.CHANGE if self.signed else Kind.AMOUNT
        return Kind.LONG if self.long else Kind.TEXT

    @property
    def money(self) -> bool:
        """An amount of đồng, not a small count."""
        return isinstance(self.source.type, sa.BigInteger)

    def options(self, asked: Asked) -> Sequence[Choice]:
        """The list to choose from, if there is one. *Chưa rõ* is an entry; nothing chosen is None."""
        if self.choices is not None:
            return self.choices(asked)
        fixed: type[LabelledEnum] | None = info(self.source).get("choices")
        return [Choice(member.value, member.label, member) for member in fixed] if fixed else ()


@dataclass(frozen=True)
class Section:
    title: str
    fields: tuple[Field, ...]
    columns: int = 3
    folded: bool = False  # may wait: behind one line until it is wanted


def today(name: str) -> Callable[[Asked], Mapping[str, Any]]:
    """A form that starts with today in one of its days."""
    return lambda asked: {name: asked.work.today}


Start = Callable[[Asked], Mapping[str, Any]]
Save = Callable[[Asked, dict[str, Any]], Any]


@dataclass(frozen=True)
class Form:
    """One action a person takes. `save` calls the verb; `start` gives the values already known;
    `versions` says which state of the file the values were taken from (an edit, not an addition)."""

    name: str
    title: str
    right: Right
    sections: tuple[Section, ...]
    save: Save
    start: Start = lambda asked: {}
    versions: Callable[[Asked], tuple[int, ...]] = lambda asked: ()
    row: type[Row] | None = None  # the form is about one row of the file, of this table
    button: str = "Lưu"
    note: str = ""
    said: str = "Đã lưu"  # once it is saved
    bulk: bool = False  # may be filled in once for many files (`bulk.py`)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(field for section in self.sections for field in section.fields)


def code_of(value: Any) -> str:
    """The code of a choice: ids are opaque hexadecimal, coded facts stand for themselves."""
    return format(value, "x") if isinstance(value, int) else str(value)
