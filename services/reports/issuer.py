"""Who issues a document: the two lines of the letterhead, the sign after the number, the place; of a
report also the addressees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.places import Area, AreaLevel, Unit, UnitKind
from services.law import Plan, abbreviation
from services.work import Work

DOTS = "……"
MINISTRY = "Bộ Lao động - Thương binh và Xã hội"  # the plan, V.1; the department it speaks of ended with it
_SIGN = {UnitKind.LABOUR_DEPT: "LĐTBXH"}  # as in its Tờ trình số 1413/TTr-LĐTBXH; others: the office types it
_K = UnitKind
_AREA_WORDS = re.compile(r"(?<=\w )(Tỉnh|Huyện|Thành [Pp]hố|Thị [Xx]ã|Xã(?! hội)|Phường|Thị [Tt]rấn)(?= )")
_PREFIX = re.compile(r"(Tỉnh|Huyện|Xã) ")  # a town or ward keeps its word, as the place of a document does


@dataclass(frozen=True)
class Issuer:
    """`name` as in a sentence; `heading` for the letterhead; `place` where it has its seat."""

    name: str
    heading: str
    parent: str
    sign: str
    place: str
    addressees: tuple[str, ...]


def issuer_of(work: Work, unit_id: int | None, day: date, plan: Plan) -> Issuer:
    """The issuer of the report of a unit, or (None) of the standing agency for the whole province."""
    unit = _unit(work, unit_id) if unit_id is not None else _standing(work, day)
    kind, area = UnitKind(unit.kind), unit.area
    return Issuer(
        name=unit.name,
        heading=unit.name.replace("UBND", "Ủy ban nhân dân"),
        parent=_parent(kind, area, plan.province),
        sign=f"{abbreviation('Báo cáo')}-{_SIGN.get(kind, DOTS)}",
        place=plan.province if unit.level != "district" else _PREFIX.sub("", area),
        addressees=_addressees(kind, plan) if unit_id is None else (_standing(work, day).name,),
    )


def letter_issuer(work: Work, unit_id: int, day: date) -> Issuer:
    """Who issues a document of a file: the unit under its own name, with the province of that day."""
    unit, of = _unit(work, unit_id), province(work, day)
    kind = UnitKind(unit.kind)
    name = written(unit.name)
    if name.endswith(" tỉnh"):
        name += f" {of}"
    local = unit.level in (AreaLevel.DISTRICT, AreaLevel.COMMUNE)
    return Issuer(
        name=name,
        heading=name,
        parent=written(_parent(kind, unit.area or "", of)),
        sign=_SIGN.get(kind, DOTS),
        place=_PREFIX.sub("", unit.area) if local else of,
        addressees=(),
    )


def written(name: str) -> str:
    """The name of a unit or of an area as it stands inside a sentence: `Công an huyện Na Rì`."""
    return _AREA_WORDS.sub(lambda word: word[0].lower(), name.replace("UBND", "Ủy ban nhân dân"))


def province(work: Work, day: date) -> str:
    """The province the office worked in on a day: Bắc Kạn, since 01/7/2025 Thái Nguyên (the areas' own dates)."""
    area = table_of(Area).c
    alive = sa.and_(
        area.level == AreaLevel.PROVINCE,
        sa.or_(area.valid_from.is_(None), area.valid_from <= day),
        sa.or_(area.valid_to.is_(None), area.valid_to >= day),
    )
    found = work.session.connection().execute(sa.select(area.name).where(alive).order_by(area.code)).first()
    return _PREFIX.sub("", found.name) if found else DOTS


def _parent(kind: UnitKind, area: str, province: str) -> str:
    """The body above; empty where it has none, or the office must say."""
    if kind in (_K.LABOUR_DEPT, _K.HEALTH):
        return f"Ủy ban nhân dân tỉnh {province}"
    if kind is _K.POLICE_PROVINCE:
        return "Bộ Công an"
    if kind is _K.POLICE_DISTRICT:
        return f"Công an tỉnh {province}"
    if kind is _K.LABOUR_OFFICE_DISTRICT:
        return f"Ủy ban nhân dân {area}"
    return ""


def _addressees(kind: UnitKind, plan: Plan) -> tuple[str, ...]:
    """The plan, V.1: the standing agency reports to the province and to its ministry."""
    return (MINISTRY, plan.issuer) if kind is _K.LABOUR_DEPT else (plan.issuer,)


def _select() -> sa.Select[Any]:
    unit, area = table_of(Unit), table_of(Area)
    columns = unit.c.name, unit.c.kind, area.c.name.label("area"), area.c.level
    return sa.select(*columns).select_from(unit.outerjoin(area, area.c.id == unit.c.area_id))


def _unit(work: Work, unit_id: int) -> Any:
    return work.session.connection().execute(_select().where(table_of(Unit).c.id == unit_id)).one()


def _standing(work: Work, day: date) -> Any:
    """The standing agency of a day: Sở LĐTBXH, since 01/3/2025 Sở Y tế (the units' own dates)."""
    unit = table_of(Unit).c
    alive = sa.and_(
        unit.kind.in_((UnitKind.LABOUR_DEPT, UnitKind.HEALTH)),
        sa.or_(unit.valid_from.is_(None), unit.valid_from <= day),
        sa.or_(unit.valid_to.is_(None), unit.valid_to >= day),
    )
    return work.session.connection().execute(_select().where(alive).order_by(unit.code).limit(1)).one()
