"""Work lists: the files that wait for somebody, found in SQL, with the law's limits.

What a list counts is what it shows. The lists themselves are declared in `waiting`.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, CaseState
from db.fields import LabelledEnum
from services import case_search, law, limits
from services.access import has, in_area, require, shows
from services.case_search import CaseFilter, CaseRow
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
    soon: bool = False  # only what falls due within a week
    rest: bool = False  # neither


class Tally(NamedTuple):
    """How many lines a list has; how many are past the law's limit, how many fall due within a week."""

    total: int
    late: int = 0
    soon: int = 0


ANYWHERE = Where()


@dataclass(frozen=True)
class Line:
    case: CaseRow
    since: date
    days: int
    detail: str = ""
    due: Due | None = None


def of_screen(work: Work, screen: str) -> list[WorkList]:
    """The lists of one screen that this person may work on. Raises Refused when there is none."""
    lists = [found for found in LISTS.values() if found.screen == screen and has(work.actor, found.right)]
    if not lists:
        raise Refused
    return lists


def count(work: Work, found: WorkList, where: Where = ANYWHERE) -> int:
    """How many lines the list has for this person."""
    counted = tally(work, found, where)
    if where.rest:
        return counted.total - counted.late - counted.soon
    return counted.late if where.late else counted.soon if where.soon else counted.total


def tally(work: Work, found: WorkList, where: Where = ANYWHERE) -> Tally:
    """How many lines the list has for this person, and how many of them are late or due soon."""
    require(work, found.right)
    row = work.session.connection().execute(_tallied(work, found, where)).one()
    return Tally(row.total, int(row.late), int(row.soon))


def _tallied(work: Work, found: WorkList, where: Where) -> Any:
    """What asks for a list's name and numbers."""
    late = soon = sa.literal(0)
    if found.limit:
        late = _sum(limits.late(work, found.limit, found.since))
        soon = _sum(limits.due_within(work, found.limit, found.since))
    named = sa.literal(found.name).label("name")
    asked = sa.select(named, sa.func.count().label("total"), late.label("late"), soon.label("soon"))
    whole = replace(where, late=False, soon=False, rest=False)
    return asked.select_from(found.source()).where(*_conditions(work, found, whole))


def _sum(condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def page(
    work: Work, found: WorkList, where: Where = ANYWHERE, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[Line]:
    """One page of the list, those who wait longest first. The names on it stand in the trail."""
    total = count(work, found, where)
    number = within(number, total, size)
    detail = found.detail if found.detail is not None and shows(work.actor, found.detail) else sa.null()
    statement = (
        sa.select(
            CASE.id,
            found.since.label("since"),
            detail.label("detail"),
            limits.kind_of(found.limit).label("kind"),
            limits.extended_to(found.limit, found.since).label("until"),
        )
        .select_from(found.source())
        .where(*_conditions(work, found, where))
        .order_by(sa.text("since"), CASE.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    rows = work.session.connection().execute(statement).all()
    known = _rows(work, found, {row.id for row in rows})
    return Page([_line(work, found, known[row.id], row) for row in rows], total, number, size)


def counts(work: Work) -> list[tuple[WorkList, Tally]]:
    """What waits for this person, list by list: those that *today* shows and that are not empty."""
    mine = {name: found for name, found in LISTS.items() if found.group and has(work.actor, found.right)}
    if not mine:
        return []
    asked = sa.union_all(*(_tallied(work, found, ANYWHERE) for found in mine.values()))  # one way to the database
    counted = {row.name: row for row in work.session.connection().execute(asked)}
    numbers = {name: Tally(row.total, int(row.late), int(row.soon)) for name, row in counted.items()}
    return [(found, numbers[name]) for name, found in mine.items() if numbers[name].total]


def address(found: WorkList, *, only: str = "") -> str:
    """Where the list opens; `only` is "late" or "soon"."""
    return f"/{found.screen}?list={found.name}" + (f"&{only}=1" if only else "")


def may_act(work: Work, found: WorkList) -> bool:
    """Whether this person can do what the list waits for."""
    return bool(found.form) and has(work.actor, FORMS[found.form].right)


def _conditions(work: Work, found: WorkList, where: Where) -> list[Any]:
    merged = CASE.state == CaseState.MERGED  # such a file lives on in the one it was merged into
    conditions = [found.where, in_area(work, found.right), ~merged]
    if found.mine is not None:
        conditions.append(found.mine(work))
    if where.unit_id is not None:
        conditions.append(CASE.unit_id == where.unit_id)
    if where.district_id is not None:
        conditions.append(CASE.home_district_id == where.district_id)
    if found.limit and (where.late or where.soon or where.rest):
        late = limits.late(work, found.limit, found.since)
        soon = limits.due_within(work, found.limit, found.since)
        conditions.append(late if where.late else soon if where.soon else sa.not_(sa.or_(late, soon)))
    return conditions


def _rows(work: Work, found: WorkList, ids: set[int]) -> dict[int, CaseRow]:
    """The files of a page, redacted and written into the trail as any list of files is."""
    if not ids:
        return {}
    rows = case_search.find(work, CaseFilter(ids=frozenset(ids)), size=len(ids), right=found.right).rows
    return {row.id: row for row in rows}


def _line(work: Work, found: WorkList, case: CaseRow, row: Any) -> Line:
    detail = row.detail
    said = detail.label if isinstance(detail, LabelledEnum) else law.caption(str(detail)) if detail else ""
    due = limits.due_of(work, found.limit, row.since, row.kind, row.until) if found.limit else None
    return Line(case, row.since, (work.today - row.since).days, said, due)
