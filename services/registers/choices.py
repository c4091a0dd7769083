"""The lists a form offers: units and areas as they were on a day, and the lists of the law."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.people import Person, PersonKind
from db.places import Area, AreaLevel, Unit, UnitKind
from services import law, lifecycle, verification
from services.access import shows
from services.identity import names
from services.importing.countries import COUNTRIES
from services.law import Regime
from services.records import rows
from services.registers.core import Asked, Choice, Choices, code_of
from services.text import vn_date
from services.work import Work

POLICE = frozenset({UnitKind.POLICE_PROVINCE, UnitKind.POLICE_DISTRICT})
OTHER_MEASURE = "other"
PEOPLES = (  # the 54 of the national list, those of the province first
    *("Tày", "Nùng", "Dao", "Mông", "Kinh", "Hoa", "Sán Chay", "Sán Dìu"),
    *("Ba Na", "Bố Y", "Brâu", "Bru - Vân Kiều", "Chăm", "Chơ Ro", "Chu Ru", "Chứt", "Co", "Cơ Ho", "Cơ Lao"),
    *("Cơ Tu", "Cống", "Ê Đê", "Gia Rai", "Giáy", "Gié Triêng", "Hà Nhì", "Hrê", "Kháng", "Khmer", "Khơ Mú"),
    *("La Chí", "La Ha", "La Hủ", "Lào", "Lô Lô", "Lự", "Mạ", "Mảng", "Mnông", "Mường", "Ngái", "Ơ Đu", "Pà Thẻn"),
    *("Phù Lá", "Pu Péo", "Ra Glai", "Rơ Măm", "Si La", "Tà Ôi", "Thái", "Thổ", "Xinh Mun", "Xơ Đăng", "Xtiêng"),
)


@dataclass(frozen=True)
class Standing:
    """A unit or an area with the days between which it exists."""

    id: int
    name: str
    kind: Any
    parent_id: int | None
    valid_from: date | None
    valid_to: date | None
    code: str

    def on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


def day_of(asked: Asked, *keys: str) -> date:
    """The day a list is asked for: the first such fact typed, else the reception's day, else today."""
    for key in keys:
        if isinstance(asked.known.get(key), date):
            found: date = asked.known[key]
            return found
    return asked.case.received_on if asked.case else asked.work.today


def regime(asked: Asked, day: date) -> Regime:
    """The regime of the file on a day (`lifecycle.regime`)."""
    return lifecycle.regime(asked.work, asked.case, day)


def units(*day: str, kinds: Collection[UnitKind] | None = None) -> Choices:
    """Units at work on the day of the fact named `day`; the unit already kept stays in the list."""

    def choices(asked: Asked) -> Sequence[Choice]:
        on = day_of(asked, *day)
        found = [unit for unit in _units(asked.work) if unit.on(on) and (kinds is None or unit.kind in kinds)]
        return _choices(found)

    return choices


def with_kept(choices: Choices, source: Any) -> Choices:
    """A list with the value the file (or the row) already has, though it is not (or no longer) on offer."""

    def kept(asked: Asked) -> Sequence[Choice]:
        found = list(choices(asked))
        about = asked.row if isinstance(asked.row, source.class_) else None
        about = about or (asked.person if source.class_ is Person else asked.case)
        value = getattr(about, source.key, None)
        if value is None or any(choice.value == value for choice in found):
            return found
        known = names.units(asked.work) | names.areas(asked.work)
        words = area_words(asked.work, value) or known.get(value, str(value))
        return [*found, Choice(code_of(value), words, value)]

    return kept


def districts(asked: Asked) -> Sequence[Choice]:
    """The districts on the day of reception (none after 30/6/2025)."""
    day = day_of(asked, "received_on")
    return _choices(area for area in _areas(asked.work) if area.kind is AreaLevel.DISTRICT and area.on(day))


def areas(*day: str) -> Choices:
    """The districts on the day of the fact named `day` (else today); after 30/6/2025 the communes."""

    def choices(asked: Asked) -> Sequence[Choice]:
        on = day_of(asked, *day)
        standing = [area for area in _areas(asked.work) if area.on(on)]
        return _of_level(standing, AreaLevel.DISTRICT) or _of_level(standing, AreaLevel.COMMUNE)

    return choices


def communes(asked: Asked) -> Sequence[Choice]:
    """The communes on the day of reception: of the district chosen, or all where districts are no more."""
    day, district = day_of(asked, "received_on"), asked.known.get("home_district_id")
    if district is None and districts(asked):
        return ()
    found = (area for area in _areas(asked.work) if area.kind is AreaLevel.COMMUNE and area.on(day))
    return [
        Choice(code_of(area.id), _with_former(area), area.id)
        for area in found
        if district is None or area.parent_id == district
    ]


def area_words(work: Work, area_id: int) -> str:
    """The name of an area; of a commune of 01/7/2025 and after, with its district of before."""
    found = next((area for area in _areas(work) if area.id == area_id), None)
    return _with_former(found) if found else ""


def _with_former(area: Standing) -> str:
    former = law.former_name(area.code, area.valid_from)
    return f"{area.name} (trước thuộc {former})" if former else area.name


def countries(asked: Asked) -> Sequence[Choice]:
    return _texts(COUNTRIES)


def provinces(asked: Asked) -> Sequence[Choice]:
    return _texts(law.province_names())


def peoples(asked: Asked) -> Sequence[Choice]:
    return _texts(PEOPLES)


def people(asked: Asked) -> Sequence[Choice]:
    """The people of the file, by name for those who may see names."""
    found = rows(asked.work, Person, asked.case) if asked.case else []
    named = shows(asked.work.actor, Person.full_name)

    def label(person: Person) -> str:
        said = person.kind.label
        return f"{person.full_name} ({said[0].lower()}{said[1:]})" if named else said

    ordered = sorted(found, key=lambda person: person.kind is not PersonKind.SUBJECT)
    return [Choice(code_of(person.id), label(person), person.id) for person in ordered]


def measures(asked: Asked) -> Sequence[Choice]:
    """The measures of the case's regime, in the order of the law, and one's own words."""
    day = day_of(asked, "applied_on")
    listed = [Choice(row.code, row.vi, row.code) for row in law.on(day, regime(asked, day)).measures]
    return [*listed, Choice(OTHER_MEASURE, "Biện pháp khác", OTHER_MEASURE)]


def evidence_sources(asked: Asked) -> Sequence[Choice]:
    """The list of sources of the file's regime, on the day the paper came in."""
    day = day_of(asked, "received_on")
    return [Choice(row.code, row.vi, row.code) for row in law.on(day, regime(asked, day)).evidence_sources]


def papers(asked: Asked) -> Sequence[Choice]:
    """The papers that prove somebody a victim, by the law that holds for the file on the day of the conclusion."""
    found = verification.papers(asked.work, asked.case, day_of(asked, "concluded_on"))
    return [Choice(row.code, row.vi, row.code) for row in found]


def own_unit(work: Work, offered: Sequence[Choice]) -> int | None:
    """The first unit of the person at work that stands in the list."""
    known = {choice.value for choice in offered}
    return next((held.unit_id for held in work.actor.holdings if held.unit_id in known), None)


def own_unit_gone(asked: Asked, *day: str) -> str:
    """Why no unit of the person is on offer for a new file: it was not at work on the day. Else empty."""
    mine = {held.unit_id for held in asked.work.actor.holdings}
    on = day_of(asked, *day)
    units = [unit for unit in _units(asked.work) if unit.id in mine]
    if asked.case is not None or any(unit.on(on) for unit in units):
        return ""
    ended = [unit.valid_to for unit in units if unit.valid_to and unit.valid_to < on]
    if ended:
        said = f"Đơn vị của bạn đã kết thúc hoạt động ngày {vn_date(max(ended))}"
        return f"{said}; chọn đơn vị tiếp nhận hiện nay."
    begun = [unit.valid_from for unit in units if unit.valid_from and unit.valid_from > on]
    if begun:
        said = f"Đơn vị của bạn hoạt động từ ngày {vn_date(min(begun))}"
        return f"{said}; chọn đơn vị đã tiếp nhận."
    return ""


def unit_choices(work: Work, day: date | None = None) -> Sequence[Choice]:
    """Every unit, or those at work on a day, for a list's filter."""
    return _choices(unit for unit in _units(work) if day is None or unit.on(day))


def district_choices(work: Work) -> Sequence[Choice]:
    """Every district there ever was, for a list's filter."""
    return _choices(area for area in _areas(work) if area.kind is AreaLevel.DISTRICT)


def area_choices(work: Work) -> Sequence[Choice]:
    """Every district there ever was and the communes that stand on their own since, for a register's filter."""
    found = _areas(work)
    today = [area for area in found if area.on(work.today)]
    since = [] if _of_level(today, AreaLevel.DISTRICT) else _of_level(today, AreaLevel.COMMUNE)
    return [*_of_level(found, AreaLevel.DISTRICT), *since]


def _of_level(found: Iterable[Standing], level: AreaLevel) -> list[Choice]:
    return [Choice(code_of(area.id), _with_former(area), area.id) for area in found if area.kind is level]


def _choices(found: Iterable[Standing]) -> list[Choice]:
    return [Choice(code_of(one.id), one.name, one.id) for one in found]


def _texts(found: Iterable[str]) -> list[Choice]:
    return [Choice(text, text, text) for text in found]


def _units(work: Work) -> Sequence[Standing]:
    unit = table_of(Unit).c
    columns = (unit.id, unit.name, unit.kind, unit.area_id, unit.valid_from, unit.valid_to, unit.code)
    return _kept(work, "unit choices", unit, sa.select(*columns).order_by(unit.created_at, unit.code))


def _areas(work: Work) -> Sequence[Standing]:
    area = table_of(Area).c
    columns = (area.id, area.name, area.level, area.parent_id, area.valid_from, area.valid_to, area.code)
    return _kept(work, "area choices", area, sa.select(*columns).order_by(area.code))


def _kept(work: Work, key: str, columns: Any, statement: Any) -> Sequence[Standing]:
    """Asked for at every keystroke sent: looked at once a Work, read again when something changed."""
    if key not in work.session.info:
        connection = work.session.connection()
        state = connection.execute(sa.select(sa.func.count(), sa.func.max(columns.updated_at))).one()
        kept = work.office.memory.get(key)
        if kept is None or kept[0] != tuple(state):
            found = [Standing(*row) for row in connection.execute(statement)]
            kept = work.office.memory[key] = (tuple(state), found)
        work.session.info[key] = kept[1]
    standing: Sequence[Standing] = work.session.info[key]
    return standing
