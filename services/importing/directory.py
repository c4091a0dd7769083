"""The places and organisations a register may name, as this office holds them, found by how people write them."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.places import Area, AreaLevel, Unit
from services import law
from services.importing.form import word
from services.text import fold
from services.work import Work

DISTRICT_WORD = re.compile(r"(?:huyen|thanh pho|thi xa|quan|tp|tx|h)(?:\.\s*|\s+)")
COMMUNE_WORD = re.compile(r"(xa|phuong|thi tran|tt|x|p)(?:\.\s*|\s+)")
COMMUNE_KINDS = {"x": "xa", "p": "phuong", "tt": "thi tran"}
PROVINCE_WORD = re.compile(r"(?:tinh|thanh pho|tp)(?:\.\s*|\s+)")
SHORT = {"ubnd": "uy ban nhan dan", "ca": "cong an", "h": "huyen", "tp": "thanh pho", "tx": "thi xa"}
IN_PROVINCE = frozenset({"tai tinh", "trong tinh", "tinh nha"})


@dataclass(frozen=True)
class Named:
    """A unit or an area, with the days between which it exists (both included)."""

    id: int
    name: str
    valid_from: date | None
    valid_to: date | None
    parent_id: int | None = None

    def on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass
class Directory:
    """Everything by folded name. Made once for a register."""

    names: dict[int, str] = field(default_factory=dict)
    units: dict[str, list[Named]] = field(default_factory=dict)
    districts: dict[str, list[Named]] = field(default_factory=dict)
    communes: dict[str, list[Named]] = field(default_factory=dict)
    provinces: list[Named] = field(default_factory=list)
    district_ids: frozenset[int] = frozenset()

    def unit(self, text: str, day: date | None) -> Named | None:
        return _best(self.units.get(_organisation(text), []), day)

    def district(self, text: str, day: date | None) -> Named | None:
        return _best(self.districts.get(_bare(DISTRICT_WORD, text), []), day)

    def commune(self, text: str, district_id: int | None, day: date) -> Named | None:
        """The commune of that name on that day, in the district (None: the only one in the province)."""
        found = [
            area
            for area in self.communes.get(_bare(COMMUNE_WORD, text), [])
            if area.on(day)
            and (district_id is None or area.parent_id == district_id)
            and _same_kind(text, area.name)
        ]
        return found[0] if len(found) == 1 else None

    def is_home(self, text: str, day: date) -> bool:
        """Whether the text means the province itself, under the name of that day or an older one."""
        own = (area.name for area in self.provinces if (area.valid_from or day) <= day)
        return word(text) in IN_PROVINCE or _bare(PROVINCE_WORD, text) in {_bare(PROVINCE_WORD, n) for n in own}

    def home_name(self, day: date) -> str:
        """The province's name on that day, as a register writes it: without the word for its kind."""
        there = [area for area in self.provinces if area.on(day)] or self.provinces
        return re.sub(r"^(Tỉnh|Thành phố) ", "", there[0].name) if there else ""


def directory(work: Work) -> Directory:
    """Reads units and areas (a few hundred rows)."""
    made = Directory()
    unit, area = table_of(Unit).c, table_of(Area).c
    spellings = {row.code: row.spellings for row in law.organisations()}
    connection = work.session.connection()
    statement = sa.select(unit.id, unit.code, unit.name, unit.valid_from, unit.valid_to)
    for id_, code, name, valid_from, valid_to in connection.execute(statement):
        named = Named(id_, name, valid_from, valid_to)
        made.names[id_] = name
        for key in {_organisation(text) for text in (name, *spellings.get(code, ()))}:
            made.units.setdefault(key, []).append(named)
    rows = connection.execute(
        sa.select(area.id, area.name, area.level, area.valid_from, area.valid_to, area.parent_id)
    ).all()
    for row in rows:
        made.names[row.id] = row.name
        _place(made, row)
    made.district_ids = frozenset(row.id for row in rows if row.level is AreaLevel.DISTRICT)
    return made


def find_province(text: str) -> str | None:
    """The Vietnamese province a text names, as the list writes it."""
    return law.find_province(text) or law.find_province(_bare(PROVINCE_WORD, text))


def _place(made: Directory, row: Any) -> None:
    named = Named(row.id, row.name, row.valid_from, row.valid_to, row.parent_id)
    if row.level is AreaLevel.PROVINCE:
        made.provinces.append(named)
    elif row.level is AreaLevel.DISTRICT:
        made.districts.setdefault(_bare(DISTRICT_WORD, row.name), []).append(named)
    else:
        made.communes.setdefault(_bare(COMMUNE_WORD, row.name), []).append(named)


def _best(found: list[Named], day: date | None) -> Named | None:
    """The one that exists on the day; else the latest of that name."""
    there = [named for named in found if day is None or named.on(day)]
    return max(there or found, key=lambda named: named.valid_from or date.min, default=None)


def _bare(kind: re.Pattern[str], text: str) -> str:
    """The folded name without the word for its kind: `TP. Bắc Kạn` → `bac kan`."""
    folded = fold(text)
    bare = kind.sub("", folded, count=1) if kind.match(folded) else folded
    return word(bare)


def _same_kind(text: str, name: str) -> bool:
    """A commune typed with its kind must be of that kind; without it any kind will do."""
    typed, known = COMMUNE_WORD.match(fold(text)), COMMUNE_WORD.match(fold(name))
    if not typed or not known:
        return True
    return COMMUNE_KINDS.get(typed[1], typed[1]) == COMMUNE_KINDS.get(known[1], known[1])


def _organisation(text: str) -> str:
    return " ".join(SHORT.get(part, part) for part in word(text).split())
