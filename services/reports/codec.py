"""Frozen dataclasses ↔ JSON-ready data, driven by the type hints of the classes.

A dataclass that stands in a union (a block) is recognised by the key "kind", its class name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: object) -> Any:
    """`value` with only dicts, lists, strings, numbers and None inside."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = {item.name: plain(getattr(value, item.name)) for item in fields(value)}
        return {"kind": type(value).__name__, **shown}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def built(wanted: type[T], data: Mapping[str, Any], names: Mapping[str, Any]) -> T:
    """An instance of the dataclass `wanted` from what `plain` made; `names` resolves its type hints."""
    hints = get_type_hints(wanted, globalns=dict(names))
    known = {item.name for item in fields(cast(Any, wanted))}
    given = {key: _value(hints[key], item, names) for key, item in data.items() if key in known}
    return wanted(**given)


def _value(hint: Any, data: Any, names: Mapping[str, Any]) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return _one_of(get_args(hint), data, names)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item, names) for item in data)
    if is_dataclass(hint):
        return built(cast(type[Any], hint), data, names)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(data)
    if hint is date:
        return date.fromisoformat(data)
    return data


def _one_of(hints: tuple[Any, ...], data: Any, names: Mapping[str, Any]) -> Any:
    """The member of a union that `data` was made from."""
    if data is None:
        return None
    if isinstance(data, Mapping):
        hints = tuple(hint for hint in hints if getattr(hint, "__name__", "") == data.get("kind"))
    choices = [hint for hint in hints if hint is not NoneType]
    if not choices:
        raise ValueError("a part of the document is of an unknown kind")
    return _value(choices[0], data, names) if len(choices) == 1 else data
