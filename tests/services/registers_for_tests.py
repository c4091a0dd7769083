"""A register over a table of the office's own, as a later part of the tool would declare one."""

from datetime import timedelta

import sqlalchemy as sa

from db.audit import META
from db.base import table_of
from db.cases import Incident, Way
from db.fields import PartialDate, PartialDateType, info
from services.access import GRANTS, Right
from services.identity import names
from services.registers import choices
from services.registers.core import Field, Section
from services.registers.listing import Register
from tests import factories as f

OWN_UNIT = "Đơn vị này không phải của bạn."


def _scope(work):  # type: ignore[no-untyped-def]
    """Police sees its own; the labour department, and whoever keeps the machine, sees all."""
    if work.actor.operator or any("Lao động" in held.unit_name for held in work.actor.holdings):
        return sa.true()
    mine = [held.unit_id for held in work.actor.holdings if Right.INTAKE in GRANTS[held.role].rights]
    return table_of(Incident).c.unit_id.in_(mine)


def _checks(asked, values):  # type: ignore[no-untyped-def]
    if values["received_on"] > asked.work.today:
        return {"received_on": "Ngày này không được sau hôm nay."}
    return {}


EVENTS = Register(
    name="events",
    title="Sự kiện",
    word="sự kiện",
    table=Incident,
    read=Right.PLAN,
    write=Right.INTAKE,
    sections=(
        Section(
            "Sự kiện",
            (
                Field(Incident.code, required=True),
                Field(Incident.received_on, required=True),
                Field(Incident.unit_id, required=True, choices=choices.units("received_on")),
                Field(Incident.way),
                Field(Incident.place),
                Field(Incident.country, choices=choices.countries),
                Field(Incident.province),
                Field(Incident.purpose),
                Field(Incident.expected),
                Field(Incident.summary, wide=True, long=True),
            ),
        ),
    ),
    columns=(
        *(Incident.code, Incident.received_on, Incident.unit_id, Incident.way),
        *(Incident.country, Incident.expected, Incident.summary),
    ),
    order=Incident.received_on,
    filters=(Incident.way, Incident.unit_id, Incident.received_on),
    search=(Incident.code, Incident.summary),
    scope=_scope,
    checks=_checks,
)


def fill(work, count: int = 60) -> list[int]:  # type: ignore[no-untyped-def]
    """So many events of two units, some days with several."""
    units = [f.unit(work).id, f.unit(work, f.LABOUR).id]
    texts = ("Giải cứu ở Đồng Đăng", "Trao trả tại cửa khẩu Tà Lùng", "=1+1 người tự về", None)
    ways = (*Way, None)
    rows = [
        Incident(
            code=f"SK-{number:03d}",
            received_on=f.TODAY - timedelta(days=number // 3),
            unit_id=units[number % 2],
            way=ways[number % len(ways)],
            country="Trung Quốc" if number % 2 else None,
            expected=number % 7 or None,
            summary=texts[number % len(texts)],
        )
        for number in range(count)
    ]
    work.session.add_all(rows)
    work.session.flush()
    assert names.units(work)
    return [row.id for row in rows]


def rows_for(work, register, count: int = 24) -> None:  # type: ignore[no-untyped-def]
    """Rows of any register, each column filled by its kind; what may be empty sometimes is."""
    columns = [column for column in table_of(register.table).columns if column.name not in META]
    for number in range(count):
        values = {column.name: value_for(work, column, number) for column in columns}
        work.session.add(register.table(**values))
    work.session.flush()


def value_for(work, column, number: int):  # type: ignore[no-untyped-def]
    """Something that may stand in the column."""
    if column.nullable and number % 5 == 0:
        return None
    enum = info(column).get("choices")
    if enum is not None:
        return list(enum)[number % len(enum)]
    for key in column.foreign_keys:
        return f.unit(work).id if key.column.table.name == "unit" else f.area(work, "Huyện Na Rì").id
    if isinstance(column.type, PartialDateType):
        return PartialDate(f"{1980 + number}")
    if isinstance(column.type, sa.Date):
        return f.TODAY - timedelta(days=number // 3)
    if isinstance(column.type, sa.Boolean):
        return bool(number % 2)
    if isinstance(column.type, sa.Integer):
        return number + 1
    return f"Giải cứu {number:03d}"
