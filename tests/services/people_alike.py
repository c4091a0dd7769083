"""Files of people who are nearly alike."""

import unicodedata
from datetime import date
from typing import Any

from db.accounts import Role
from db.fields import PartialDate
from services.office import Office
from services.work import Work, command_line
from tests import factories as make

NAME, ALIAS = "Đỗ Thị Hòa", "A Mẩy"
YEAR = PartialDate("1999")


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def writing(office: Office, actor: Any = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def reading(office: Office, actor: Any = None) -> Work:
    return Work(office, actor or command_line(), today=make.TODAY)


def two(office: Office, **other: Any) -> tuple[int, int]:
    with writing(office) as work:
        first = make.case(work, full_name=NAME, birth=YEAR)
        return first.id, make.case(work, **({"full_name": NAME, "birth": YEAR, "received_on": LATER} | other)).id


LATER = date(2019, 2, 1)


def local(office: Office, district: str, **more: Any) -> Any:
    return make.actor(office, Role.LOCAL, f"UBND Huyện {district}", **more)


def away(office: Office, **facts: Any) -> int:
    """A file of Ba Bể, which nobody in Na Rì reads."""
    with writing(office) as work:
        place = {
            "home_district_id": make.area(work, "Huyện Ba Bể").id,
            "unit_id": make.unit(work, "UBND Huyện Ba Bể").id,
        }
        return make.case(work, **({"full_name": NAME, "birth": YEAR} | place | facts)).id
