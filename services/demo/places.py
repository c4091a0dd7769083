"""Where the invented files live: the province's units and communes as they were on a day."""

from datetime import date
from functools import lru_cache
from random import Random

from sqlmodel import select

from db.places import Area, AreaLevel, Unit, UnitKind
from services.work import Work

K = UnitKind
REMOTE = {"Huyện Pác Nặm": 20, "Huyện Ba Bể": 18, "Huyện Na Rì": 16, "Huyện Ngân Sơn": 15}  # others 8
POLICE = (K.POLICE_PROVINCE, K.POLICE_DISTRICT)


class Places:
    """Reads the units and areas once; answers for any day."""

    def __init__(self, work: Work) -> None:
        self._areas = list(work.session.exec(select(Area).order_by(Area.code)))
        self._units = list(work.session.exec(select(Unit).order_by(Unit.code)))
        self.names = {unit.id: unit.name for unit in self._units}
        self.kinds = {unit.id: unit.kind for unit in self._units}
        self.levels = {area.id: area.level for area in self._areas}
        self._on = lru_cache(maxsize=None)(self._exist)

    def unit(self, kind: UnitKind, day: date, area_id: int | None = None) -> Unit | None:
        """A unit of a kind that works on that day; of one area, when said."""
        _, units = self._on(day)
        return next((u for u in units if u.kind is kind and area_id in (None, u.area_id)), None)

    def receiving(self, rng: Random, day: date, district_id: int | None, abroad: bool) -> int:
        """Who receives: the province's police and the standing agency for those from abroad, else the district."""
        local = (K.POLICE_DISTRICT, K.LABOUR_OFFICE_DISTRICT)
        kinds: list[tuple[UnitKind, int]] = [(K.POLICE_PROVINCE, 45 if abroad else 15), (K.SHELTER, 3)]
        kinds += [(K.LABOUR_DEPT, 12), (K.HEALTH, 12), (K.BORDER, 8 if abroad else 0)]
        kinds += [(local[0], 30), (local[1], 10)] if district_id else [(K.PEOPLE_COMMITTEE_COMMUNE, 20)]
        found = [(self.unit(kind, day, district_id if kind in local else None), weight) for kind, weight in kinds]
        there = [(unit.id, weight) for unit, weight in found if unit is not None]
        return rng.choices([unit_id for unit_id, _ in there], [weight for _, weight in there])[0]

    def verifier(self, rng: Random, day: date, district_id: int | None) -> int:
        """The police unit asked to verify: the district's while there was one, else the province's."""
        kind = K.POLICE_DISTRICT if district_id and rng.random() < 0.6 else K.POLICE_PROVINCE
        unit = self.unit(kind, day, district_id if kind is K.POLICE_DISTRICT else None)
        found = unit or self.unit(K.POLICE_PROVINCE, day)
        if found is None:
            raise LookupError("no police unit")
        return found.id

    def home(self, rng: Random, day: date) -> tuple[int | None, int | None]:
        """(district, commune) of residence as they existed that day; districts ended on 30/6/2025."""
        areas, _ = self._on(day)
        districts = [area for area in areas if area.level is AreaLevel.DISTRICT]
        if not districts:
            communes = [area for area in areas if area.level is AreaLevel.COMMUNE]
            return None, rng.choice(communes).id
        district = rng.choices(districts, [REMOTE.get(area.name, 8) for area in districts])[0]
        communes = [area for area in areas if area.parent_id == district.id]
        return district.id, rng.choice(communes).id if communes and rng.random() < 0.95 else None

    def _exist(self, day: date) -> tuple[list[Area], list[Unit]]:
        return [a for a in self._areas if _valid(a, day)], [u for u in self._units if _valid(u, day)]


def _valid(place: Area | Unit, day: date) -> bool:
    return (not place.valid_from or place.valid_from <= day) and (not place.valid_to or day <= place.valid_to)
