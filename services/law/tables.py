"""Reading the TOML tables into rows. A key nobody declared stops the program at its first use."""

import tomllib
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, TypeVar, cast

from services.law.model import Basis, Bound, Citation, Deadline, HolidayYear, Limit, LimitUnit, Norm

Row = TypeVar("Row")


@lru_cache
def raw(name: str) -> MappingProxyType[str, Any]:
    """The table file `name`.toml of this package, as read."""
    text = (files("services.law") / f"{name}.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


def rows(name: str, table: str, make: Callable[..., Row]) -> tuple[Row, ...]:
    """Every `[[table]]` of the file as `make(**fields)`; made once."""
    return cast(tuple[Row, ...], _made(name, table, make))


@lru_cache
def _made(name: str, table: str, make: Callable[..., object]) -> tuple[object, ...]:
    return tuple(make(**_frozen(fields)) for fields in raw(name)[table])


def _frozen(fields: dict[str, Any]) -> dict[str, Any]:
    out = {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}
    if "legal" in out:
        out["legal"] = tuple(Citation(*pair) for pair in out["legal"])
    return out


def make_deadline(
    *,
    limit: int | None = None,
    extended_limit: int | None = None,
    extended_unit: str = "",
    **fields: Any,
) -> Deadline:
    """`limit` stays None unless the row is verified and gives a figure (or "at once")."""
    verified, unit = fields["verified"], fields.get("unit", "")
    working = fields.get("days") == "working"
    extended = None
    if verified and extended_limit:
        extended = Limit(extended_limit, LimitUnit(extended_unit), working)
    return Deadline(limit=_limit(limit, unit, working) if verified else None, extended=extended, **fields)


def _limit(amount: int | None, unit: str, working: bool) -> Limit | None:
    if unit == LimitUnit.IMMEDIATE:
        return Limit(0, LimitUnit.IMMEDIATE)
    return Limit(amount, LimitUnit(unit), working) if amount is not None else None


def make_norm(*, basis: str, amount: int | None = None, bound: str = "", **fields: Any) -> Norm:
    """`amount` stays None unless the row is verified."""
    return Norm(
        basis=Basis(basis),
        amount=amount if fields["verified"] else None,
        bound=Bound(bound) if bound else None,
        **fields,
    )


def make_holidays(*, days: tuple[Any, ...], **fields: Any) -> HolidayYear:
    return HolidayYear(days=frozenset(days) if fields["verified"] else frozenset(), **fields)
