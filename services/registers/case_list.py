"""The list of files: its columns, filters and orders, as data. Coded facts only may stand in an address."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, Incident
from db.fields import LabelledEnum, info
from db.people import Person, PersonKind
from services import case_search
from services.access import Right, in_area
from services.case_search import CaseFilter, CaseRow
from services.paging import Page
from services.registers.choices import district_choices, unit_choices
from services.registers.core import Choice
from services.registers.listing import Column, Export, Filter, Listing, Query, chosen
from services.text import vn_date
from services.work import Work
from services.worklists import Where

OUTSIDE = "outside"
INCIDENTS = 100  # the latest, to choose from
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _fixed(source: Any) -> Callable[[Work], Sequence[Choice]]:
    members: type[LabelledEnum] = info(source)["choices"]
    found = [Choice(member.value, member.label, member) for member in members]
    return lambda work: found


def _filter(name: str, source: Any, options: Callable[[Work], Sequence[Choice]] | None = None) -> Filter:
    return Filter(name, str(source.key), str(info(source)["label"]), options or _fixed(source))


def _districts(work: Work) -> Sequence[Choice]:
    return [*district_choices(work), Choice(OUTSIDE, "Ngoài tỉnh", OUTSIDE)]


def _beside(work: Work) -> Sequence[Choice]:
    return [Choice(kind.value, kind.label, kind) for kind in PersonKind if kind is not PersonKind.SUBJECT]


def _incidents(work: Work) -> Sequence[Choice]:
    """The latest incidents of the files this person may read."""
    case, incident = table_of(Case).c, table_of(Incident).c
    mine = sa.select(case.incident_id).where(in_area(work, Right.READ_CASES), case.incident_id.is_not(None))
    statement = sa.select(incident.id, incident.code, incident.received_on).where(incident.id.in_(mine))
    found = work.session.connection().execute(statement.order_by(incident.received_on.desc()).limit(INCIDENTS))
    return [Choice(format(row.id, "x"), f"{row.code} ({vn_date(row.received_on)})", row.id) for row in found]


UNIT = _filter("unit", Case.unit_id, unit_choices)
DISTRICT = _filter("district", Case.home_district_id, _districts)
FILTERS = (
    _filter("state", Case.state),
    DISTRICT,
    UNIT,
    _filter("way", Case.way),
    _filter("place", Case.place),
    _filter("purpose", Case.purpose),
    _filter("sex", Person.sex),
    Filter("beside", "beside", "Có người đi cùng", _beside),
    Filter("incident", "incident_id", "Vụ việc", _incidents),
)
DAYS = {"from": "Tiếp nhận từ ngày", "to": "đến hết ngày"}
COLUMNS = (
    Column("Họ và tên", lambda row: row.name, Person.full_name),
    Column("Số hồ sơ", lambda row: row.code, sorts=("code", "code_down")),
    Column("Ngày sinh", lambda row: vn_date(row.birth), Person.birth, sorts=("birth", "birth_down")),
    Column("Giới tính", lambda row: row.sex),
    Column(
        "Tiếp nhận",
        lambda row: row.received_on,
        sorts=("oldest", "newest"),
        beside=Column("Đơn vị tiếp nhận", lambda row: row.unit),
    ),
    Column("Cư trú", lambda row: row.home),
    Column("Nơi bị mua bán", lambda row: row.place, beside=Column("Hình thức", lambda row: row.way)),
    Column("Tình trạng", lambda row: row.state, sorts=("state", "state_down"), state=True),
)


def _find(work: Work, query: Query, number: int, size: int) -> Page[CaseRow]:
    return case_search.find(work, wanted(work, query.codes, query.text), page=number, size=size, sort=query.sort)


def _register_xlsx(work: Work, query: Query) -> bytes:
    from services.importing import register_xlsx

    return register_xlsx(work, wanted(work, query.codes, query.text))


def _register_pdf(work: Work, query: Query) -> bytes:
    from services.importing import register_pdf_document
    from services.reports import pdf

    return pdf.render(register_pdf_document(work, wanted(work, query.codes, query.text)))


CASES = Listing(
    name="cases",
    title="Hồ sơ",
    word="hồ sơ",
    right=Right.READ_CASES,
    columns=COLUMNS,
    find=_find,
    opens=lambda case_id: f"/case?id={case_id:x}",
    orders=lambda work: {name: said for name, (said, _) in case_search.orders(work).items()},
    filters=FILTERS,
    days=DAYS,
    search="Tìm hồ sơ",
    search_help="Họ tên (có dấu hay không dấu), số hồ sơ, số CMND/CCCD",
    exports=(
        Export("Sổ tiếp nhận theo mẫu (Excel)", "so-tiep-nhan", "xlsx", XLSX, _register_xlsx, "register"),
        Export("Sổ tiếp nhận theo mẫu (PDF)", "so-tiep-nhan", "pdf", "application/pdf", _register_pdf, "register"),
    ),
    of_files=True,
)
NAMES = CASES.names


def wanted(work: Work, codes: Mapping[str, str], text: str = "") -> CaseFilter:
    """The filter behind an address's codes. What is not known, or not a day, narrows nothing."""
    facts: dict[str, Any] = {}
    for name, found in chosen(work, CASES, codes).items():
        if isinstance(found, date):
            facts[f"received_{name}"] = found
        else:
            facts[_FACTS[name]] = found.value
    facts["district_id"] = facts.pop("home_district_id", None)
    if facts["district_id"] == OUTSIDE:
        facts |= {"district_id": None, "outside": True}
    return CaseFilter(text=text, **facts)


_FACTS = {one.name: one.fact for one in FILTERS}


def where(work: Work, codes: Mapping[str, str]) -> Where:
    """What a work list is narrowed to, from an address's codes."""
    found: dict[str, int | None] = {}
    for one in (UNIT, DISTRICT):
        values = {choice.code: choice.value for choice in one.options(work) if choice.value != OUTSIDE}
        found[one.name] = values.get(codes.get(one.name, ""))
    return Where(found[UNIT.name], found[DISTRICT.name])
