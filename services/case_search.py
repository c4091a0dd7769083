"""The list of case files: filters, folded search, one page of rows from SQL, redacted for the reader."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.util import find_tables

from db.base import table_of
from db.cases import Case, CaseState, Place, Purpose, Way
from db.fields import PartialDate
from db.people import Person, PersonKind, Sex
from db.sealed import check
from services.access import Right, in_area, require, shows
from services.identity import names
from services.looking import list_seen
from services.paging import Page, within
from services.text import fold
from services.work import Work

PAGE_SIZE = 50
CASES, PERSONS = table_of(Case), table_of(Person)
CASE, PERSON = CASES.c, PERSONS.c
CASES_WITH_PERSON = CASES.join(PERSONS, sa.and_(PERSON.case_id == CASE.id, PERSON.kind == PersonKind.SUBJECT))
SHOWN = (
    *(CASE.id, CASE.code, CASE.state, CASE.received_on, CASE.unit_id, CASE.way, CASE.place),
    *(CASE.home_district_id, CASE.home_commune_id, CASE.home_province, PERSON.sex),
    PERSON.id.label("person_id"),
)
IDENTITY = (PERSON.full_name, PERSON.birth)
_PLACES = {state.value: place for place, state in enumerate(CaseState)}
_BY_STATE = sa.case(_PLACES, value=sa.type_coerce(CASE.state, sa.String))
SORTS: dict[str, tuple[str, Any]] = {
    "newest": ("Mới tiếp nhận trước", (CASE.received_on.desc(), CASE.id)),
    "oldest": ("Tiếp nhận lâu nhất trước", (CASE.received_on.asc(), CASE.id)),
    "code": ("Theo số hồ sơ", (CASE.code.asc(),)),
    "code_down": ("Số hồ sơ, giảm dần", (CASE.code.desc(),)),
    "changed": ("Mới sửa trước", (CASE.updated_at.desc(), CASE.id)),
    "state": ("Theo tình trạng", (_BY_STATE.asc(), CASE.received_on.desc(), CASE.id)),
    "state_down": ("Theo tình trạng, giảm dần", (_BY_STATE.desc(), CASE.received_on.desc(), CASE.id)),
}
BIRTHS: dict[str, tuple[str, Any]] = {  # for those who see the birth
    "birth": ("Theo ngày sinh", (PERSON.birth.asc().nulls_last(), CASE.id)),
    "birth_down": ("Ngày sinh, giảm dần", (PERSON.birth.desc().nulls_last(), CASE.id)),
}


@dataclass(frozen=True)
class CaseFilter:
    """What a list is narrowed to. Coded facts may stand in an address; `text` never does."""

    text: str = ""
    state: CaseState | None = None
    unit_id: int | None = None
    district_id: int | None = None
    outside: bool = False
    way: Way | None = None
    place: Place | None = None
    purpose: Purpose | None = None
    sex: Sex | None = None
    received_from: date | None = None
    received_to: date | None = None
    incident_id: int | None = None
    beside: PersonKind | None = None  # somebody of this kind stands in the file beside its subject
    ids: frozenset[int] | None = None


@dataclass(frozen=True)
class CaseRow:
    """One line of a list. `name` and `birth` are None for those who may not see them."""

    id: int
    code: str
    state: CaseState
    received_on: date
    unit: str
    way: Way | None
    place: Place | None
    home: str
    sex: Sex | None
    name: str | None = None
    birth: PartialDate | None = None


def find(
    work: Work,
    wanted: CaseFilter | None = None,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    sort: str = "newest",
    right: Right = Right.READ_CASES,
) -> Page[CaseRow]:
    """One page of the files this actor may read. Names are searched folded: `do thi hoa` finds `Đỗ Thị Hòa`."""
    require(work, right)
    conditions = _conditions(work, wanted or CaseFilter())
    where = sa.and_(in_area(work, right), *conditions)
    about_person = any(PERSONS in find_tables(one, include_selects=True, check_columns=True) for one in conditions)
    total = _count(work, where, CASES_WITH_PERSON if about_person else CASES)
    number = within(page, total, size)
    with_identity = shows(work.actor, Person.full_name)
    statement = sa.select(*SHOWN, *(IDENTITY if with_identity else ())).select_from(CASES_WITH_PERSON).where(where)
    order = orders(work).get(sort, SORTS["newest"])[1]
    statement = statement.order_by(*order).limit(size).offset((number - 1) * size)
    found = [_row(work, row, with_identity) for row in work.session.connection().execute(statement)]
    if with_identity:
        list_seen(work, CASES.name, (row.id for row in found))
    return Page(found, total, number, size)


def orders(work: Work) -> dict[str, tuple[str, Any]]:
    """The orders this person may ask for: nobody sorts by what they may not see."""
    return SORTS | BIRTHS if shows(work.actor, Person.birth) else SORTS


def _count(work: Work, where: Any, source: Any) -> int:
    statement = sa.select(sa.func.count()).select_from(source).where(where)
    return work.session.connection().execute(statement).scalar_one()


def _conditions(work: Work, wanted: CaseFilter) -> list[Any]:
    conditions: list[Any] = []
    exact = {
        CASE.state: wanted.state,
        CASE.unit_id: wanted.unit_id,
        CASE.home_district_id: wanted.district_id,
        CASE.way: wanted.way,
        CASE.place: wanted.place,
        CASE.purpose: wanted.purpose,
        CASE.incident_id: wanted.incident_id,
        PERSON.sex: wanted.sex,
    }
    conditions += [column == value for column, value in exact.items() if value is not None]
    if wanted.state is not CaseState.MERGED:  # found through the file that was kept
        conditions.append(CASE.state != CaseState.MERGED)
    if wanted.outside:
        conditions.append(CASE.home_province.is_not(None))
    if wanted.received_from:
        conditions.append(CASE.received_on >= wanted.received_from)
    if wanted.received_to:
        conditions.append(CASE.received_on <= wanted.received_to)
    if wanted.beside is not None:
        conditions.append(_with(wanted.beside))
    if wanted.ids is not None:
        conditions.append(_among(wanted.ids))
    if wanted.text.strip():
        conditions.append(_matching(work, wanted.text))
    return conditions


def _with(kind: PersonKind) -> Any:
    other = table_of(Person).alias()
    return sa.exists().where(other.c.case_id == CASE.id, other.c.kind == kind)


def _matching(work: Work, text: str) -> Any:
    """A name (folded), an identity number (exact, blind index) or a file's number."""
    matches: list[Any] = [CASE.code == text.strip()]
    if shows(work.actor, Person.full_name):
        digits = "".join(c for c in text if c.isdigit())
        if len(digits) in (9, 12):
            matches.append(PERSON.identity_index == work.office.keys.blind("identity", digits))
        matches.append(_among(names.matching(work, fold(text))))
    return sa.or_(*matches)


def _among(ids: Any) -> Any:
    return CASE.id.in_(sa.bindparam(None, list(ids), expanding=True, literal_execute=True))


def _row(work: Work, row: Any, with_identity: bool) -> CaseRow:
    home = f"Ngoài tỉnh – {row.home_province}" if row.home_province else ""
    return CaseRow(
        id=row.id,
        code=row.code,
        state=row.state,
        received_on=row.received_on,
        unit=names.units(work).get(row.unit_id, ""),
        way=row.way,
        place=row.place,
        home=home or names.areas(work).get(row.home_district_id or row.home_commune_id or 0, ""),
        sex=row.sex,
        name=check(row.full_name, row.person_id) if with_identity else None,
        birth=row.birth if with_identity else None,
    )
