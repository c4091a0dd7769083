"""Areas and organisations of the province, each with the days between which it exists."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from db.places import AreaLevel
from services.law import model as m
from services.law.tables import raw, rows
from services.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(m.LegalRow):
    """`level` is a value of `AreaLevel`. `id` is unique, `code` may pass to a later unit.
    `former`: the area it came from."""

    id: str
    code: str
    name: str
    level: str
    parent: str = ""
    former: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(m.LegalRow):
    """`kind` is a value of `db.places.UnitKind`, `area` the id of an Area; `spellings`: other ways
    registers write it."""

    code: str
    name: str
    kind: str
    area: str
    spellings: tuple[str, ...] = ()


def areas() -> tuple[Area, ...]:
    """Parents before their children."""
    return rows("units", "area", Area)


def organisations() -> tuple[Organisation, ...]:
    return rows("units", "organisation", Organisation)


def areas_on(day: date, level: AreaLevel | None = None, parent: str = "") -> tuple[Area, ...]:
    """The areas that exist on `day`, of a level and within a parent (an area's id) if given."""
    return tuple(
        area
        for area in areas()
        if area.in_force(day) and (level is None or area.level == level) and (not parent or area.parent == parent)
    )


def former_name(code: str, valid_from: date | None) -> str:
    """The name of the area that a commune of 01/7/2025 came from (its district of before); else empty."""
    return _formers().get((code, valid_from), "")


@lru_cache
def _formers() -> dict[tuple[str, date | None], str]:
    names = {area.id: area.name for area in areas()}
    found = (area for area in areas() if area.former and area.level == AreaLevel.COMMUNE)
    return {(area.code, area.valid_from): names[area.former] for area in found}


def organisations_on(day: date) -> tuple[Organisation, ...]:
    return tuple(unit for unit in organisations() if unit.in_force(day))


def find_province(text: str) -> str | None:
    """The name of the Vietnamese province a register means, or None (a country, or unknown)."""
    return _provinces().get(fold(text))


@lru_cache
def _provinces() -> dict[str, str]:
    table = raw("units")["provinces"]
    found = {fold(name): str(name) for name in table["names"]}
    for name, others in table["also"].items():
        found |= {fold(other): str(name) for other in others}
    return found


def province_names() -> tuple[str, ...]:
    """The 63 provinces before 01/7/2025, in the order of the alphabet."""
    return tuple(raw("units")["provinces"]["names"])
