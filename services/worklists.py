"""Work lists: the files that wait for somebody, found in SQL, with the law's limits.

What a list counts is what it shows. The lists themselves are declared in `waiting`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case
from db.support import SupportKind
from services import cases, law, limits
from services.access import has, in_area, require, shows
from services.cases import CaseFilter, CaseRow
from services.errors import Refused
from services.limits import Due
from services.paging import Page, within
from services.registers.case_forms import FORMS
from services.waiting import LISTS as LISTS
from services.waiting import WorkList as WorkList
from services.work import Work

PAGE_SIZE = 50
CASE = table_of(Case).c


@dataclass(frozen=True)
class Where:
    """What a list is narrowed to."""

    unit_id: int | None = None
    district_id: int | None = None
    late: bool = False  # only what is past the law's limit


ANYWHERE = Where()


@dataclass(frozen=True)
class Line:
    case: CaseRow
    since: date
    days: int
    detail: str = ""
    due: Due | None = None


@dataclass(frozen=True)
class Item:
    """One line of *today*. `tone`: late, wait or calm."""

    label: str
    count: int
    address: str
    tone: str


def of_screen(work: Work, screen: str) -> list[WorkList]:
    """The lists of one screen that this person may work on. Raises Refused when there is none."""
    lists = [found for found in LISTS.values() if found.screen == screen and has(work.actor, found.right)]
    if not lists:
        raise Refused
    return lists


def count(work: Work, found: WorkList, where: Where = ANYWHERE) -> int:
    """How many lines the list has for this person."""
    return tally(work, found, where)[1 if where.late else 0]


def tally(work: Work, found: WorkList, where: Where = ANYWHERE) -> tuple[int, int]:
    """How many lines the list has for this person, and how many of them are past the law's limit."""
    require(work, found.right)
    late = limits.late(work, found.limit, found.since) if found.limit else sa.false()
    statement = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(sa.case((late, 1), else_=0)), 0))
    statement = statement.select_from(found.source()).where(*_conditions(work, found, replace(where, late=False)))
    total, overdue = work.session.connection().execute(statement).one()
    return int(total), int(overdue)


def page(
    work: Work, found: WorkList, where: Where = ANYWHERE, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[Line]:
    """One page of the list, those who wait longest first. The names on it stand in the trail."""
    total = count(work, found, where)
    number = within(number, total, size)
    detail = found.detail if found.detail is not None and shows(work.actor, found.detail) else sa.null()
    statement = (
        sa.select(CASE.id, found.since.label("since"), detail.label("detail"))
        .select_from(found.source())
        .where(*_conditions(work, found, where))
        .order_by(sa.text("since"), CASE.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    rows = work.session.connection().execute(statement).all()
    known = _rows(work, found, {row.id for row in rows})
    return Page([_line(work, found, known[row.id], row.since, row.detail) for row in rows], total, number, size)


def counts(work: Work) -> list[Item]:
    """What waits for this person, list by list, with what is late first; empty lists are left out."""
    items = []
    for found in LISTS.values():
        if not has(work.actor, found.right) or found.name == "guarded":
            continue
        total, overdue = tally(work, found)
        if overdue:
            items.append(Item(f"{found.label}: quá hạn", overdue, address(found, late=True), "late"))
        if total:
            items.append(Item(found.label, total, address(found), "wait"))
    return sorted(items, key=lambda item: item.tone != "late")


def address(found: WorkList, *, late: bool = False) -> str:
    """Where the list opens."""
    return f"/{found.screen}?list={found.name}" + ("&late=1" if late else "")


def may_act(work: Work, found: WorkList) -> bool:
    """Whether this person can do what the list waits for."""
    return bool(found.form) and has(work.actor, FORMS[found.form].right)


def _conditions(work: Work, found: WorkList, where: Where) -> list[Any]:
    conditions = [found.where, in_area(work, found.right)]
    if where.unit_id is not None:
        conditions.append(CASE.unit_id == where.unit_id)
    if where.district_id is not None:
        conditions.append(CASE.home_district_id == where.district_id)
    if where.late:
        conditions.append(limits.late(work, found.limit, found.since))
    return conditions


def _rows(work: Work, found: WorkList, ids: set[int]) -> dict[int, CaseRow]:
    """The files of a page, redacted and written into the trail as any list of files is."""
    if not ids:
        return {}
    rows = cases.find(work, CaseFilter(ids=frozenset(ids)), size=len(ids), right=found.right).rows
    return {row.id: row for row in rows}


def _line(work: Work, found: WorkList, row: CaseRow, since: date, detail: Any) -> Line:
    said = detail.label if isinstance(detail, SupportKind) else law.caption(str(detail)) if detail else ""
    due = limits.due(work, found.limit, since) if found.limit else None
    return Line(row, since, (work.today - since).days, said, due)
