"""Who issues a report: the two lines of the letterhead, the sign after the number, the addressees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.places import Area, Unit, UnitKind
from services.law import Plan, abbreviation
from services.work import Work

DOTS = "……"
MINISTRY = "Bộ Lao động - Thương binh và Xã hội"  # the plan, V.1; the department it speaks of ended with it
_SIGN = {UnitKind.LABOUR_DEPT: "LĐTBXH"}  # as in its Tờ trình số 1413/TTr-LĐTBXH; others: the office types it
_K = UnitKind


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
        parent=_parent(kind, area, plan),
        sign=f"{abbreviation('Báo cáo')}-{_SIGN.get(kind, DOTS)}",
        place=plan.province if unit.level != "district" else _short(area),
        addressees=_addressees(kind, plan) if unit_id is None else (_standing(work, day).name,),
    )


def _parent(kind: UnitKind, area: str, plan: Plan) -> str:
    """The body above; empty where it has none, or the office must say."""
    if kind in (_K.LABOUR_DEPT, _K.HEALTH):
        return plan.issuer
    if kind is _K.POLICE_PROVINCE:
        return "Bộ Công an"
    if kind is _K.POLICE_DISTRICT:
        return f"Công an tỉnh {plan.province}"
    if kind is _K.LABOUR_OFFICE_DISTRICT:
        return f"Ủy ban nhân dân {area}"
    return ""


def _addressees(kind: UnitKind, plan: Plan) -> tuple[str, ...]:
    """The plan, V.1: the standing agency reports to the province and to its ministry."""
    return (MINISTRY, plan.issuer) if kind is _K.LABOUR_DEPT else (plan.issuer,)


def _short(area: str) -> str:
    """Huyện Na Rì → Na Rì; a town keeps its word, as the place of a document does."""
    return area.removeprefix("Huyện ")


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
