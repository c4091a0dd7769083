"""The register row of a case file: what the form would say of it today. Core selects, many files at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from db.base import Row, table_of
from db.cases import Case, CaseState, Reopening
from db.people import Person, PersonKind
from db.protection import ProtectionMeasure, ProtectionNeed
from db.sealed import check
from db.support import Delivery, SupportKind, SupportNeed
from db.verification import Conclusion, VerificationRequest
from services.importing.cells import GIVEN, NEED, REFUSED, Support
from services.importing.rows import OTHER_MEASURE, Measure, RegisterRow
from services.text import vn_date
from services.work import Work

CHUNK = 500
More = list[tuple[str, str]]
OPEN = (CaseState.RECEIVED, CaseState.VERIFYING)


@dataclass(frozen=True)
class Stored:
    """A file as a row. `more`: what it holds beyond the form, in words, under the column it would stand in."""

    case_id: int
    code: str
    row: RegisterRow
    more: tuple[tuple[str, str], ...] = ()


@dataclass
class _Parts:
    """The rows of one file, by table."""

    case: Any = None
    person: Any = None
    rows: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))


def stored_rows(work: Work, case_ids: Iterable[int]) -> Iterator[Stored]:
    """The files of these ids, in the order given. The caller has chosen them through `visible()`."""
    wanted = list(case_ids)
    for start in range(0, len(wanted), CHUNK):
        yield from _chunk(work, wanted[start : start + CHUNK])


def _chunk(work: Work, ids: Sequence[int]) -> Iterator[Stored]:
    parts: dict[int, _Parts] = {case_id: _Parts() for case_id in ids}
    person = table_of(Person).c
    for row in _rows(work, Case, table_of(Case).c.id.in_(ids)):
        parts[row.id].case = row
    subjects = person.case_id.in_(ids) & (person.kind == PersonKind.SUBJECT)
    for row in _rows(work, Person, subjects):
        parts[row.case_id].person = row
    for model in (
        VerificationRequest,
        Conclusion,
        Reopening,
        ProtectionNeed,
        ProtectionMeasure,
        SupportNeed,
        Delivery,
    ):
        table = table_of(model)
        for row in _rows(work, model, table.c.case_id.in_(ids)):
            parts[row.case_id].rows[table.name].append(row)
    for case_id, part in parts.items():
        if part.case is not None and part.person is not None:
            yield Stored(case_id, part.case.code, *_row(part))


def _rows(work: Work, model: type[Row], condition: Any) -> Iterable[Any]:
    table = table_of(model)
    left_out = {"updated_at", "version"}
    columns = [column for column in table.columns if column.name not in left_out]
    return work.session.connection().execute(sa.select(*columns).where(condition).order_by(table.c.created_at))


def _row(part: _Parts) -> tuple[RegisterRow, tuple[tuple[str, str], ...]]:
    case, person = part.case, part.person
    more: More = []
    request = _request(part, more)
    conclusion = _conclusion(part, more)
    measures, measured_on = _measures(part, more)
    supports, delivered_on, fund = _supports(part, more)
    row = RegisterRow(
        received_on=case.received_on,
        unit_id=case.unit_id,
        full_name=str(check(person.full_name, person.id)),
        way=case.way,
        sex=person.sex,
        birth=person.birth,
        ethnic=person.ethnic,
        identity_number=_opened(person.identity_number, person.id),
        home_district_id=case.home_district_id,
        home_commune_id=case.home_commune_id,
        home_commune_text=case.home_commune_text,
        home_province=case.home_province,
        place=case.place,
        country=case.country,
        province=case.province,
        purpose=case.purpose,
        requested_on=request.requested_on if request else None,
        verifier_id=request.unit_id if request else None,
        concluded_on=conclusion.concluded_on if conclusion else None,
        outcome=conclusion.outcome if conclusion else None,
        paper_number=conclusion.paper_number if conclusion else None,
        needs_protection=any(need.person_id == person.id for need in _of(part, ProtectionNeed)),
        measured_on=measured_on,
        measures=measures,
        supports=supports,
        delivered_on=delivered_on,
        fund=fund,
        note=_opened(case.note, case.id),
    )
    return row, tuple(more)


def _of(part: _Parts, model: type[Row]) -> list[Any]:
    return part.rows[table_of(model).name]


def _request(part: _Parts, more: More) -> Any:
    """The earliest request; the form has room for one."""
    found = sorted(_of(part, VerificationRequest), key=lambda row: row.requested_on)
    if len(found) > 1:
        more.append(("requested_on", f"các lần đề nghị xác minh: {_days(row.requested_on for row in found)}"))
    return found[0] if found else None


def _conclusion(part: _Parts, more: More) -> Any:
    """The conclusion in force: the last one, unless the file was opened again after it."""
    found = sorted(_of(part, Conclusion), key=lambda row: (row.concluded_on, row.created_at))
    if len(found) > 1 or (found and part.case.state in OPEN):
        more.append(("concluded_on", f"các lần kết luận: {_days(row.concluded_on for row in found)}"))
    return found[-1] if found and part.case.state not in OPEN else None


def _measures(part: _Parts, more: More) -> tuple[tuple[Measure, ...], Any]:
    """The measures for the person themselves; relatives have no column in the form."""
    every = _of(part, ProtectionMeasure)
    mine = [row for row in every if row.person_id == part.person.id]
    if len(every) > len(mine):
        more.append(("measures", f"{len(every) - len(mine)} biện pháp cho người thân thích"))
    found = {
        Measure(row.measure, (_opened(row.other_text, row.id) or "") if row.measure == OTHER_MEASURE else "")
        for row in mine
    }
    days = sorted({row.applied_on for row in mine})
    if len(days) > 1:
        more.append(("measures", f"các ngày áp dụng bảo vệ: {_days(days)}"))
    return tuple(sorted(found)), days[0] if days else None


def _supports(part: _Parts, more: More) -> tuple[dict[SupportKind, Support], Any, Any]:
    supports: dict[SupportKind, Support] = {
        need.kind: REFUSED if need.refused else NEED for need in _of(part, SupportNeed)
    }
    given = _of(part, Delivery)
    for kind in {row.kind for row in given}:
        amounts = [row.amount for row in given if row.kind is kind and row.amount is not None]
        supports[kind] = Support(True, amount=sum(amounts)) if sum(amounts) > 0 else GIVEN
    days = sorted({row.delivered_on for row in given})
    if len(days) > 1:
        more.append(("delivered_on", f"các ngày hỗ trợ: {_days(days)}"))
    funds = [row.fund for row in given if row.fund and row.kind is not SupportKind.LOAN and row.amount]
    if len(set(funds)) > 1:
        more.append(("fund", f"các nguồn: {', '.join(sorted({fund.label for fund in funds}))}"))
    return supports, days[0] if days else None, funds[0] if funds else None


def _days(days: Iterable[date]) -> str:
    return ", ".join(vn_date(day) for day in days)


def _opened(text: str | None, row_id: int) -> str | None:
    opened = check(text, row_id)
    return None if opened is None else str(opened)
