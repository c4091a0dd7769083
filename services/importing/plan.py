"""What an import would do: each row new, already there, differing, or refused."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case
from db.fields import LabelledEnum, PartialDate
from services.access import HIDDEN, shows, visible
from services.importing.checking import Checked
from services.importing.directory import Directory
from services.importing.form import BY_KEY
from services.importing.reading import RawRow
from services.importing.remarks import Remark
from services.importing.rows import RegisterRow, Written, applies, differing, spoken, written
from services.importing.stored import Stored, stored_rows
from services.text import fold
from services.work import Work

Pair = tuple[date, int]


class Status(LabelledEnum):
    NEW = "new", "Mới"
    SAME = "same", "Đã có"
    DIFFERS = "differs", "Khác với hệ thống"
    REFUSED = "refused", "Bị từ chối"


@dataclass(frozen=True)
class Difference:
    """One column in which a row differs. `applies` is False where the register would only erase."""

    key: str
    column: str
    before: str
    after: str
    applies: bool = True


@dataclass(frozen=True)
class PlanRow:
    """One row. `place`: its number in the plan, by which an update is ticked; `number`: its row in the sheet.

    `code`: the file it means (differing, already there); `twin`: the earlier sheet row that is the same person.
    """

    place: int
    raw: RawRow
    status: Status
    row: RegisterRow | None = None
    refusals: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    differences: tuple[Difference, ...] = ()
    case_id: int | None = None
    code: str = ""
    twin: int | None = None

    @property
    def number(self) -> int:
        return self.raw.number

    @property
    def updates(self) -> bool:
        """Whether ticking this row would change anything."""
        return any(difference.applies for difference in self.differences)


@dataclass(frozen=True)
class Result:
    """The figures of an import, done or tried."""

    accepted: int
    already_there: int
    changed: int
    refused: tuple[Remark, ...]
    warnings: tuple[Remark, ...]
    batch_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        def plain(remarks: Iterable[Remark]) -> list[dict[str, Any]]:
            return [{"row": r.row, "column": r.column, "reason": r.reason} for r in remarks]

        return {
            "accepted": self.accepted,
            "already_there": self.already_there,
            "changed": self.changed,
            "refused": plain(self.refused),
            "warnings": plain(self.warnings),
        }


@dataclass(frozen=True)
class Plan:
    """A checked register. `given`: the form's columns it has."""

    file_name: str
    digest: str
    given: frozenset[str]
    rows: tuple[PlanRow, ...]

    def of(self, status: Status) -> list[PlanRow]:
        return [row for row in self.rows if row.status is status]

    def result(self, update: Collection[int] = frozenset(), batch_id: int | None = None) -> Result:
        """The figures when the rows ticked in `update` (their `place`) are updated."""
        ticked = {row.place for row in self.of(Status.DIFFERS) if row.place in update and row.updates}
        return Result(
            accepted=len(self.of(Status.NEW)),
            already_there=len(self.of(Status.SAME)),
            changed=len(ticked),
            refused=tuple(remark for row in self.rows for remark in row.refusals),
            warnings=tuple(remark for row in self.rows for remark in _warnings(row, row.place in ticked)),
            batch_id=batch_id,
        )


def _warnings(row: PlanRow, ticked: bool) -> Iterator[Remark]:
    yield from row.warnings
    where = f"hồ sơ {row.code}" if row.code else f"dòng {row.twin}"
    for difference in row.differences:
        if not difference.applies:
            yield Remark(row.number, difference.column, f"Khác với {where}: nhập sổ không xóa điều đã ghi.")
        elif not ticked:
            yield Remark(row.number, difference.column, f"Khác với {where}: chưa cập nhật.")


@dataclass(frozen=True)
class _Known:
    """A person already in the system, or in an earlier row of this register."""

    row: RegisterRow
    case_id: int | None = None
    code: str = ""
    number: int | None = None


class _People:
    """Who is known at a unit on a day: by identity number, or by folded name and birth."""

    def __init__(self) -> None:
        self._by_number: dict[tuple[Pair, str], _Known] = {}
        self._by_name: dict[tuple[Pair, str, PartialDate | None], list[_Known]] = {}

    def add(self, known: _Known, by: RegisterRow) -> None:
        """`by`: the row this person is found by."""
        pair = (by.received_on, by.unit_id)
        if by.identity_number:
            self._by_number.setdefault((pair, by.identity_number), known)
        self._by_name.setdefault((pair, fold(by.full_name), by.birth), []).append(known)

    def find(self, row: RegisterRow) -> _Known | None:
        """The same row: same day and unit, and same number or, where either has none, same name and birth."""
        pair = (row.received_on, row.unit_id)
        number = row.identity_number
        if number and (pair, number) in self._by_number:
            return self._by_number[pair, number]
        alike = self._by_name.get((pair, fold(row.full_name), row.birth), [])
        return next((known for known in alike if not (number and known.row.identity_number)), None)


def match(work: Work, checked: Iterable[Checked], given: frozenset[str], known: Directory) -> tuple[PlanRow, ...]:
    """Compares checked rows with the files the actor may read, and with each other."""
    rows = list(checked)
    people = _People()
    for by, stored in _candidates(work, [c.row for c in rows if c.row is not None]):
        known_as = replace(stored.row, received_on=by.received_on, unit_id=by.unit_id)
        people.add(_Known(known_as, stored.case_id, stored.code), by)
    return tuple(_planned(work, place, c, people, given, known) for place, c in enumerate(rows))


def _candidates(work: Work, rows: list[RegisterRow]) -> Iterator[tuple[RegisterRow, Stored]]:
    """Files received on the same day by the same unit as some row, each with the row it is found by: one query,
    then only these are opened. A merged one is found by its own reception, and stands for the file kept."""
    if not rows:
        return
    pairs = {(row.received_on, row.unit_id) for row in rows}
    days = [day for day, _ in pairs]
    case = table_of(Case).c
    statement = sa.select(case.id, case.received_on, case.unit_id, case.merged_into_id)
    between = statement.where(case.received_on.between(min(days), max(days)))
    found = work.session.connection().execute(visible(work, between)).all()
    merged = {case_id: into for case_id, *_, into in found if into is not None}
    kept = {stored.case_id: stored for stored in stored_rows(work, _visible_ids(work, merged.values()))}
    for stored in stored_rows(work, [case_id for case_id, day, unit_id, _ in found if (day, unit_id) in pairs]):
        yield stored.row, kept.get(merged.get(stored.case_id, 0), stored)


def _visible_ids(work: Work, ids: Iterable[int]) -> list[int]:
    wanted = sa.select(table_of(Case).c.id).where(table_of(Case).c.id.in_(list(ids)))
    return list(work.session.connection().scalars(visible(work, wanted)))


def _planned(
    work: Work, place: int, checked: Checked, people: _People, given: frozenset[str], known: Directory
) -> PlanRow:
    line = PlanRow(place, checked.raw, Status.REFUSED, None, checked.refusals, checked.warnings)
    if checked.row is None:
        return line
    line = replace(line, row=checked.row)
    same = people.find(checked.row)
    if same is None:
        people.add(_Known(checked.row, number=checked.raw.number), checked.row)
        return replace(line, status=Status.NEW)
    line = replace(line, case_id=same.case_id, code=same.code, twin=same.number)
    new, old = written(checked.row, known), written(same.row, known)
    differences = tuple(_difference(work, key, old[key], new[key]) for key in differing(new, old, given))
    return replace(line, status=Status.DIFFERS if differences else Status.SAME, differences=differences)


def _difference(work: Work, key: str, before: Written, after: Written) -> Difference:
    """A value the actor may not see in the system is not shown here either."""
    column = BY_KEY[key]
    shown = spoken(before) if shows(work.actor, column.source) else (HIDDEN if before else "")
    return Difference(key, column.heading, shown, spoken(after), applies(key, before, after))
