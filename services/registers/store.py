"""Reading and writing a register: one page of rows from SQL, one row whole, its forms, its history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.base import Row, table_of
from db.trail import Action, TrailEntry
from services import history
from services.access import Right, clear, has, require, shows
from services.errors import Invalid, Refused
from services.history import Moment
from services.looking import list_seen
from services.paging import Page, within
from services.registers import columns, folded
from services.registers.choices import with_kept
from services.registers.core import Asked, Choice, Field, Form
from services.registers.listing import PAGE_SIZE, Listing, Query, Register, Value, chosen, names_people, words
from services.registers.sheet import Fact
from services.work import VIETNAM, Work

ADD, EDIT = "add", "edit"
NEWEST_MOMENTS = 100


@dataclass(frozen=True)
class Line:
    """One row of a list: what this person sees of it, column by column."""

    id: int
    values: Mapping[str, Value]


@cache
def listing(register: Register) -> Listing:
    """The register as a list."""
    coded = [source for source in register.filters if not columns.is_day(source)]
    dated = [source for source in register.filters if columns.is_day(source)]
    return Listing(
        name=register.name,
        title=register.title,
        word=register.word,
        right=register.read,
        columns=tuple(columns.as_column(source) for source in register.columns),
        find=lambda work, query, number, size: page(work, register, query, number=number, size=size),
        opens=lambda row_id: f"/{register.name}?id={row_id:x}",
        orders=lambda work: {name: said for name, (said, _) in columns.orders(work, register).items()},
        filters=tuple(columns.as_filter(register, source) for source in coded),
        days={name: label for source in dated for name, label in columns.days(source)},
        search="Tìm" if register.search else "",
        search_help=", ".join(columns.label(source) for source in register.search) + " (có dấu hay không dấu)",
    )


def page(
    work: Work, register: Register, query: Query | None = None, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[Line]:
    """One page of the rows that are this person's; a page that names people stands in the trail."""
    require(work, register.read)
    query = query or Query()
    own, where = table_of(register.table), _where(work, register, query)
    connection = work.session.connection()
    total = connection.execute(sa.select(sa.func.count()).select_from(own).where(where)).scalar_one()
    number = within(number, total, size)
    shown = [source for source in register.columns if shows(work.actor, source)]
    orders = columns.orders(work, register)
    order = orders.get(query.sort, next(iter(orders.values())))[1]
    statement = sa.select(own.c.id, *(own.c[source.key] for source in shown)).where(where)
    found = connection.execute(statement.order_by(order, own.c.id).limit(size).offset((number - 1) * size))
    labels = columns.words_of(work, register, shown)
    lines = [
        Line(row_id, {s.key: columns.as_shown(labels, s, row_id, v) for s, v in zip(shown, values, strict=True)})
        for row_id, *values in found
    ]
    if names_people(work, shown):
        list_seen(work, own.name, (line.id for line in lines))
    return Page(lines, total, number, size)


def get(work: Work, register: Register, row_id: int | None, right: Right | None = None) -> Row:
    """The row, if it is this person's. Raises Refused otherwise, as if it were not there."""
    require(work, right or register.read)
    found: Row | None = None
    if row_id is not None and 0 < row_id < 2**63:
        own = table_of(register.table).c
        found = work.session.exec(select(register.table).where(own.id == row_id, _scope(work, register))).first()
    if found is None:
        raise Refused
    return found


def facts(work: Work, register: Register, row: Row) -> list[tuple[str, list[Fact]]]:
    """A row whole, section by section, as far as this person sees it; the reading is in the trail."""
    sources = [one.source for section in register.sections for one in section.fields]
    if names_people(work, sources):
        work.record(Action.READ, table_of(register.table).name, object_id=row.id)
    labels = columns.words_of(work, register, sources)
    return [
        (section.title, [fact for one in section.fields if (fact := _fact(work, labels, one, row)) is not None])
        for section in register.sections
    ]


def may_write(work: Work, register: Register) -> bool:
    return has(work.actor, register.write)


@cache
def forms(register: Register) -> Mapping[str, Form]:
    """The register's forms: `add` and `edit`. A row keeps its unit or area that is no more on offer."""
    sections = tuple(
        replace(section, fields=tuple(_keeping(one) for one in section.fields)) for section in register.sections
    )
    add = Form(
        f"{register.name}_add",
        f"Thêm {register.word}",
        register.write,
        sections,
        lambda asked, values: save(asked, register, values),
        start=register.start,
        note=register.note,
    )
    edit = replace(
        add,
        name=f"{register.name}_edit",
        title=f"Sửa {register.word}",
        start=lambda asked: {one.key: getattr(asked.record, one.key) for one in add.fields},
        versions=lambda asked: (asked.record.version,),
    )
    return {ADD: add, EDIT: edit}


def _keeping(one: Field) -> Field:
    return one if one.choices is None else replace(one, choices=with_kept(one.choices, one.source))


def asked(work: Work, register: Register, row_id: int | None = None) -> Asked:
    """What the register's form is about: a new row, or the one named. Raises Refused."""
    require(work, register.write)
    return Asked(work, row=get(work, register, row_id, register.write) if row_id is not None else None)


def save(asked: Asked, register: Register, values: Mapping[str, Any]) -> Row:
    """Adds a row, or changes the one asked about; what this person may not see stays as it is.
    Raises Refused, or Invalid with a sentence per field."""
    require(asked.work, register.write)
    problems = dict(register.checks(asked, values))
    if problems:
        raise Invalid(problems)
    row = asked.row
    if row is None:
        row = register.table(**values)
        asked.work.session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    asked.work.session.flush()
    get(asked.work, register, row.id, register.write)  # nobody writes a row that is then not theirs
    return row


def moments(work: Work, register: Register, row: Row) -> list[Moment]:
    """What happened to a row, newest first, in sentences without any value."""
    get(work, register, row.id)
    trail, name = table_of(TrailEntry), table_of(register.table).name
    statement = sa.select(trail).where(trail.c.object == name, trail.c.object_id == row.id)
    statement = statement.where(trail.c.action.not_in((Action.READ, Action.LIST)))
    found = work.session.connection().execute(statement.order_by(trail.c.seq.desc()).limit(NEWEST_MOMENTS))
    told = []
    for entry in found:
        said = history.sentence_of(entry.action, entry.object, entry.fields, clear(work.actor))
        told.append(Moment(entry.at.astimezone(VIETNAM), entry.actor, f"{said[0].upper()}{said[1:]}."))
    return told


def _scope(work: Work, register: Register) -> Any:
    return register.scope(work) if register.scope is not None else sa.true()


def _where(work: Work, register: Register, query: Query) -> Any:
    own = table_of(register.table).c
    conditions = [_scope(work, register)]
    by_name = {columns.name_of(source): own[source.key] for source in register.filters}
    for name, found in chosen(work, listing(register), query.codes).items():
        if isinstance(found, Choice):
            conditions.append(by_name[name] == found.value)
        else:
            key, end = name.rsplit("_", 1)
            conditions.append(own[key] >= found if end == "from" else own[key] <= found)
    if query.text.strip() and register.search:
        ids = folded.matching(work, register.table, register.search, query.text)
        conditions.append(own.id.in_(sa.bindparam(None, ids, expanding=True, literal_execute=True)))
    return sa.and_(*conditions)


def _fact(work: Work, labels: columns.Labels, one: Field, row: Row) -> Fact | None:
    if not shows(work.actor, one.source):
        return None
    return Fact(one.words, words(columns.as_shown(labels, one.source, row.id, getattr(row, one.key))), one.wide)
