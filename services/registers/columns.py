"""How the columns of a register are shown, narrowed, sorted and named: from what the table says of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from db.base import Row, table_of
from db.fields import LabelledEnum, PartialDate, info
from db.places import Area, Unit
from db.sealed import Sealed, check
from services.access import shows
from services.identity import names
from services.registers import choices
from services.registers.core import Asked, Choice, Field
from services.registers.listing import NO, YES, Column, Filter, Register, Value
from services.text import vn_date
from services.work import Work

Labels = Mapping[str, Mapping[Any, str]]
YES_NO = (Choice("1", YES, True), Choice("0", NO, False))


def as_column(source: Any) -> Column:
    """A column of the table as one of the list."""
    key = str(source.key)
    sorts = (key, f"-{key}") if _can_sort(source) else None
    return Column(label(source), lambda line: line.values.get(key), source, sorts)


def orders(work: Work, register: Register) -> dict[str, tuple[str, Any]]:
    """Name → words and order. Nobody sorts by what they may not see, or by what is sealed."""
    found: dict[str, tuple[str, Any]] = {}
    sources = dict.fromkeys((register.order, *register.columns))
    for source in sources:
        if shows(work.actor, source) and _can_sort(source):
            key, by = str(source.key), _sorted_by(source)
            down = {f"-{key}": (f"{label(source)}, giảm dần", by.desc().nulls_last())}
            up = {key: (f"{label(source)}, tăng dần", by.asc().nulls_last())}
            found |= down | up if is_day(source) else up | down
    return found


def _sorted_by(source: Any) -> Any:
    """Coded facts in the order of their list, units and areas by name, everything else by itself."""
    column = table_of(source.class_).c[source.key]
    enum: type[LabelledEnum] | None = info(source).get("choices")
    if enum is not None:
        places = {member.value: place for place, member in enumerate(enum)}
        return sa.case(places, value=sa.type_coerce(column, sa.String))
    model = refers(source)
    if model is not None:
        other = table_of(model).c
        return sa.select(other.name).where(other.id == column).scalar_subquery()
    return column


def _can_sort(source: Any) -> bool:
    return not isinstance(source.type, Sealed)


def refers(source: Any) -> type[Row] | None:
    """Unit or Area, when the column holds the id of one."""
    for key in table_of(source.class_).c[source.key].foreign_keys:
        for model in (Unit, Area):
            if key.column.table is table_of(model):
                return model
    return None


def as_filter(register: Register, source: Any) -> Filter:
    """A coded column as a list to choose from."""
    return Filter(name_of(source), str(source.key), label(source), _options(register, source))


def _options(register: Register, source: Any) -> Any:
    if isinstance(source.type, sa.Boolean):
        return lambda work: YES_NO
    model = refers(source)
    if model is Unit:
        return choices.unit_choices
    if model is Area:
        return choices.area_choices
    fields = (one for section in register.sections for one in section.fields)
    known = next((one for one in fields if one.source.key == source.key), Field(source))
    return lambda work: known.options(Asked(work))


def is_day(source: Any) -> bool:
    return isinstance(source.type, sa.Date)


def days(source: Any) -> Sequence[tuple[str, str]]:
    """The two ends of a day's range, as the address names them, with their labels."""
    return (f"{source.key}_from", f"{label(source)} từ ngày"), (f"{source.key}_to", "đến hết ngày")


def name_of(source: Any) -> str:
    """A column's name in an address."""
    return str(source.key).removesuffix("_id")


def label(source: Any) -> str:
    return str(info(source)["label"])


def words_of(work: Work, register: Register, sources: Sequence[Any]) -> Labels:
    """Column → value → words, for those whose values do not speak for themselves."""
    found: dict[str, Mapping[Any, str]] = {}
    listed = {one.source.key: one for section in register.sections for one in section.fields if one.choices}
    for source in sources:
        model = refers(source)
        if model is not None:
            found[source.key] = names.units(work) if model is Unit else names.areas(work)
        elif source.key in listed:
            found[source.key] = {one.value: one.label for one in listed[source.key].options(Asked(work))}
    return found


def as_shown(labels: Labels, source: Any, row_id: int, stored: Any) -> Value:
    """One stored value of a row as a list shows it."""
    if stored is None:
        return None
    if source.key in labels:
        return labels[source.key].get(stored, "" if refers(source) else str(stored))
    if isinstance(stored, PartialDate):
        return vn_date(stored)
    text = isinstance(stored, str) and not isinstance(stored, LabelledEnum)
    found: Value = check(stored, row_id) if text else stored
    return found
