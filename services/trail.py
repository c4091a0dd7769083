"""The trail as people read it: who did what to which record, one plain sentence an entry.

Administrators read all of it, but nothing about a case beyond its opaque number; a unit's head
reads what that unit's people did. Never a value: the trail holds none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import RowMapping
from sqlmodel import col, select

from db.accounts import Role
from db.base import Row, table_of, tables
from db.cases import Case
from db.fields import info
from db.trail import Action, TrailEntry
from services.access import Right, has, require, visible
from services.errors import Refused
from services.paging import Page
from services.work import VIETNAM, Work

SIZE = 50
LOOKING = frozenset({Action.READ, Action.LIST, Action.EXPORT})
OPERATOR = "Người vận hành máy chủ"
OTHERS = {
    "sign_in": "khi đăng nhập",
    "trail": "nhật ký",
    "office": "đơn vị",
    "backup": "bản sao lưu",
    "server": "máy chủ",
    "statistics": "số liệu",
    "report": "báo cáo định kỳ",
    "register": "sổ tiếp nhận",
}
_trail = table_of(TrailEntry).c


@dataclass(frozen=True)
class TrailFilter:
    """What to look for; None, or no action, is anything. Both days are included."""

    actor_id: int | None = None
    actions: frozenset[Action] = frozenset()
    case_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class TrailLine:
    seq: int
    at: datetime  # in Việt Nam
    actor: str
    role: str
    sentence: str
    reason: str
    case_id: int | None  # set only when this reader may open the case


def entries(work: Work, wanted: TrailFilter | None = None, number: int = 1, size: int = SIZE) -> Page[TrailLine]:
    """One page of the trail, newest first. Raises Refused for those who neither administer nor head a unit."""
    require(work, Right.TRAIL)
    conditions = [*_scope(work), *_wanted(wanted or TrailFilter())]
    connection = work.session.connection()
    total = connection.scalar(sa.select(sa.func.count()).where(*conditions).select_from(table_of(TrailEntry))) or 0
    asked = (
        sa.select(table_of(TrailEntry))
        .where(*conditions)
        .order_by(_trail.seq.desc())
        .limit(size)
        .offset((max(number, 1) - 1) * size)
    )
    rows = connection.execute(asked).mappings().all()
    codes = _codes(work, {row["case_id"] for row in rows if row["case_id"]})
    return Page(tuple(_line(row, codes) for row in rows), total, max(number, 1), size)


def readers(work: Work, case_id: int, limit: int = 200) -> Sequence[TrailLine]:
    """Who opened this file or had it in a list of names, newest first: a head sees the people of the
    unit, an administrator everybody."""
    return entries(work, TrailFilter(actions=LOOKING, case_id=case_id), size=limit).rows


def people(work: Work) -> list[tuple[int, str]]:
    """The accounts that stand in the part of the trail this person reads: (account id, name)."""
    require(work, Right.TRAIL)
    names = (
        sa.select(_trail.actor_id, sa.func.max(_trail.actor))
        .where(*_scope(work), _trail.actor_id.is_not(None))
        .group_by(_trail.actor_id)
    )
    found = [(int(row[0]), str(row[1])) for row in work.session.connection().execute(names)]
    return sorted(found, key=lambda person: person[1])


SAYS_IT_ALL = {Action.SIGN_IN, Action.SIGN_OUT, Action.IMPORT, Action.BACKUP}


def sentence_of(entry: RowMapping, codes: Mapping[int, str]) -> str:
    """`sửa hồ sơ 2018-0012: Tình trạng, Nước`: labels from the columns themselves, never a value."""
    action, fields = Action(entry["action"]), str(entry["fields"] or "")
    if action is Action.READ and entry["object"] == "case_file":
        return f"{action.label} {_number(entry, codes)}".strip()
    table = _followed().get(entry["object"])
    done = "xem" if action is Action.READ else action.label
    words = [done, "" if action in SAYS_IT_ALL else _word(entry["object"], table)]
    if entry["case_id"] and (number := _number(entry, codes)):
        words.append(number if entry["object"] == "case_file" else f"({number})")
    text = " ".join(word for word in words if word)
    if not fields:
        return text
    if action is Action.LIST:
        return f"{text} ({fields.count(',') + 1} dòng)"
    return f"{text}: {', '.join(_labels(table, fields.split(',')))}" if table is not None else f"{text}: {fields}"


def word(name: str) -> str:
    """What people call the object of an entry: `hồ sơ`, `lần hỗ trợ`."""
    return _word(name, _followed().get(name))


def _scope(work: Work) -> list[Any]:
    """Nothing for those who read all; otherwise the units this person heads."""
    actor = work.actor
    if actor.operator or Role.ADMIN in actor.roles:
        return []
    headed = [held.unit_id for held in actor.holdings if held.head]
    if not headed:
        raise Refused
    return [_trail.unit_id.in_(headed)]


def _wanted(wanted: TrailFilter) -> list[Any]:
    conditions: list[Any] = []
    if wanted.actor_id is not None:
        conditions.append(_trail.actor_id == wanted.actor_id)
    if wanted.actions:
        conditions.append(_trail.action.in_(wanted.actions))
    if wanted.case_id is not None:
        conditions.append(sa.or_(_trail.case_id == wanted.case_id, _listed(wanted.case_id)))
    if wanted.since is not None:
        conditions.append(_trail.at >= datetime.combine(wanted.since, time(), VIETNAM))
    if wanted.until is not None:
        conditions.append(_trail.at < datetime.combine(wanted.until + timedelta(days=1), time(), VIETNAM))
    return conditions


def _listed(case_id: int) -> Any:
    """Lists of names write the files they showed as hexadecimal numbers (`cases.find`)."""
    return sa.and_(
        _trail.action == Action.LIST, sa.literal(",").concat(_trail.fields).concat(",").contains(f",{case_id:x},")
    )


def _codes(work: Work, case_ids: set[int]) -> dict[int, str]:
    """The numbers of those files this reader may open."""
    if not case_ids or not has(work.actor, Right.READ_CASES):
        return {}
    statement = visible(work, select(Case.id, Case.code).where(col(Case.id).in_(case_ids)))
    return {row[0]: row[1] for row in work.session.execute(statement)}


def _line(row: RowMapping, codes: Mapping[int, str]) -> TrailLine:
    case_id = row["case_id"] if row["case_id"] in codes else None
    text = sentence_of(row, codes)
    at = row["at"].astimezone(VIETNAM)
    return TrailLine(row["seq"], at, row["actor"], _roles(row["role"]), text, row["reason"] or "", case_id)


def _number(entry: RowMapping, codes: Mapping[int, str]) -> str:
    return codes.get(entry["case_id"] or 0, "")


def _roles(stored: str) -> str:
    if stored == "operator":
        return OPERATOR
    return ", ".join(Role(name).label for name in stored.split(", ") if name)


def _word(name: str, table: type[Row] | None) -> str:
    return table.trail_object if table is not None else OTHERS.get(name, name)


def _labels(table: type[Row], names: Iterable[str]) -> list[str]:
    columns = table_of(table).columns
    return [info(columns[name]).get("label", name) if name in columns else name for name in names]


@cache
def _followed() -> dict[str, type[Row]]:
    return {table_of(model).name: model for model in tables(Row)}  # type: ignore[misc]
