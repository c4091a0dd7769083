"""Founding an office: its tables, its areas and units with their dates, from the law tables."""

from sqlmodel import select

from db.places import Area, AreaLevel, Unit, UnitKind
from services import law
from services.migrating import migrate
from services.office import Office
from services.work import Work, command_line


def found(office: Office) -> None:
    """Makes the tables and the places, once; later calls only bring the tables up to date."""
    migrate(office)
    with Work(office, command_line(), write=True, reason="lập đơn vị") as work:
        if work.session.exec(select(Area.id)).first() is None:
            _places(work)


def _places(work: Work) -> None:
    ids: dict[str, int] = {}
    for place in law.areas():
        area = Area(
            code=place.code,
            name=place.name,
            level=AreaLevel(place.level),
            parent_id=ids.get(place.parent or ""),
            valid_from=place.valid_from,
            valid_to=place.valid_to,
        )
        ids[place.id] = area.id
        work.session.add(area)
    for organisation in law.organisations():
        work.session.add(
            Unit(
                code=organisation.code,
                name=organisation.name,
                kind=UnitKind(organisation.kind),
                area_id=ids.get(organisation.area or ""),
                valid_from=organisation.valid_from,
                valid_to=organisation.valid_to,
            )
        )
