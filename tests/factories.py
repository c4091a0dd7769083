"""A few invented people and files, valid by default."""

from datetime import date
from typing import Any

from sqlmodel import select

from db.accounts import Role
from db.base import table_of
from db.cases import Case, Place, Purpose, Way
from db.fields import PartialDate
from db.people import Sex
from db.places import Area, Unit
from services.intake import Reception, receive
from services.office import Office
from services.work import Actor, Held, Work

TODAY = date(2020, 12, 31)


def unit(work: Work, name: str = "Công an tỉnh") -> Unit:
    return work.session.exec(select(Unit).where(Unit.name == name)).one()


def area(work: Work, name: str) -> Area:
    return work.session.exec(select(Area).where(Area.name == name).order_by(table_of(Area).c.valid_from)).first()


def actor(office: Office, role: Role, at: str, *, head: bool = False, account_id: int = 7) -> Actor:
    """Somebody who holds a role at a unit, named by the unit's name."""
    with Work(office, Actor(None, "tests", operator=True)) as work:
        place = unit(work, at)
        level = work.session.get(Area, place.area_id).level if place.area_id else None
        held = Held(role, place.id, place.name, place.kind, place.area_id, level, head)
    return Actor(account_id, f"{role.label} ({at})", (held,), "session")


def reception(work: Work, **known: Any) -> Reception:
    facts: dict[str, Any] = {
        "received_on": date(2018, 7, 3),
        "unit_id": unit(work).id,
        "full_name": "Nông Thị Mẩy",
        "way": Way.SELF_RETURN,
        "place": Place.ABROAD,
        "country": "Trung Quốc",
        "purpose": Purpose.MARRIAGE,
        "home_district_id": area(work, "Huyện Na Rì").id,
        "sex": Sex.FEMALE,
        "birth": PartialDate("1999-04"),
        "ethnic": "Tày",
    }
    return Reception(**(facts | known))


def case(work: Work, **known: Any) -> Case:
    return receive(work, facts=reception(work, **known))


LABOUR = "Sở Lao động - Thương binh và Xã hội"
SHELTER = "Cơ sở bảo trợ xã hội"
