"""What is said about a column, once: its label, help, sensitivity, choices.

Sensitivity is the second axis of redaction (the first is the role, `services/access.py`).
"""

import re
from datetime import date
from enum import StrEnum
from typing import Any, Self

import sqlalchemy as sa
from sqlmodel import Field

from db.sealed import Sealed


class LabelledEnum(StrEnum):
    """A coded fact with the caption people read: `ABROAD = "abroad", "Nước ngoài"`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member


class Sensitivity(LabelledEnum):
    """Who may read a column in clear is decided from this and the role."""

    OPEN = "open", "Dữ kiện đã mã hóa, không nhận diện"
    IDENTITY = "identity", "Nhận diện con người"
    VERIFICATION = "verification", "Xác minh"
    PROTECTION = "protection", "Bảo vệ"
    SUPPORT = "support", "Hỗ trợ"
    HEALTH = "health", "Sức khỏe, tâm lý"
    SECRET = "secret", "Không bao giờ hiển thị"


PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")


class PartialDate(str):
    """`1999`, `1999-04` or `1999-04-03`: a birth year stays a year, never turned into a day."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not PARTIAL.match(text):
            raise ValueError("not a partial date")
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])  # the parts given must exist
        return super().__new__(cls, text)

    @property
    def day(self) -> date:
        """The day used for ages: a year alone counts as 1 July, a month as its 15th (figures)."""
        return date.fromisoformat(self + ("-07-01", "-15", "")[(len(self) - 4) // 3])

    @property
    def earliest(self) -> date:
        return date.fromisoformat(self + "-01-01"[len(self) - 4 :])


class PartialDateType(sa.TypeDecorator[PartialDate]):
    """Text of at most ten characters in the database."""

    impl = sa.String(10)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else str(PartialDate(value))

    def process_result_value(self, value: Any, dialect: Any) -> PartialDate | None:
        return None if value is None else PartialDate(value)


class EnumType(sa.TypeDecorator[LabelledEnum]):
    """Stores the member's value (a plain enum column would store its NAME)."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, enum: type[LabelledEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else str(self.enum(value).value)

    def process_result_value(self, value: Any, dialect: Any) -> LabelledEnum | None:
        return None if value is None else self.enum(value)


def column(
    label: str,
    *,
    sensitivity: Sensitivity = Sensitivity.OPEN,
    help: str = "",
    choices: type[LabelledEnum] | None = None,
    sealed: bool = False,
    partial: bool = False,
    max_length: int | None = None,
    big: bool = False,
    references: str | None = None,
    **field: Any,
) -> Any:
    """A column that says what it is. `sealed` → encrypted; `choices` → a labelled enum;
    `partial` → a partial date; `big` → a 64-bit number (đồng); `references` → another row's id
    (checked at commit, so rows may be written in any order)."""
    info: dict[str, Any] = {"label": label, "help": help, "sensitivity": sensitivity, "sealed": sealed}
    if max_length:
        info["max_length"] = max_length
    if choices is not None:
        info["choices"] = choices
        field["sa_type"] = EnumType(choices)
    elif sealed:
        field["sa_type"] = Sealed
    elif partial:
        field["sa_type"] = PartialDateType
    elif references:
        field["sa_type"] = sa.BigInteger
        foreign = sa.ForeignKey(references, deferrable=True, initially="DEFERRED")
        field["sa_column_args"] = [foreign]
        field.setdefault("index", True)
    elif big:
        field["sa_type"] = sa.BigInteger
    elif max_length:
        field["max_length"] = max_length
    kwargs = dict(field.pop("sa_column_kwargs", {}))
    kwargs["info"] = info
    return Field(title=label, description=help or None, sa_column_kwargs=kwargs, **field)


def info(column: Any) -> dict[str, Any]:
    """The facts `column()` was given, from a mapped attribute or a table column."""
    found = getattr(column, "info", None)
    return dict(found) if found else {}
