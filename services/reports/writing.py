"""The typed parts of a periodic report, and who may write one.

The figures are computed, never stored; what people add (number, date, assessment, signer) is kept per
period and reporting unit. Whoever's area is a unit writes that unit's report; who works for the whole
province writes the province's, and may see any unit's.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa

from db.base import ID_BITS, table_of
from db.fields import info
from db.places import Unit
from db.reports import ReportText
from services.access import GRANTS, PROVINCE_WIDE, Right, require
from services.errors import Conflict, Invalid, Refused
from services.periods import Period
from services.text import clean, vn_date
from services.work import Held, Work

LONGEST = 20_000  # characters of a typed part: several pages
PROVINCE = "Toàn tỉnh"


@dataclass(frozen=True)
class Texts:
    """What is typed. None: left for later, printed as dots. `recipients`, `signer_title`: one a line."""

    number: str | None = None
    dated: date | None = None
    as_of: date | None = None
    place: str | None = None
    signer_title: str | None = None
    signer_name: str | None = None
    recipients: str | None = None
    assessment: str | None = None
    difficulties: str | None = None
    proposals: str | None = None
    version: int = 0  # of the row it was read from; 0: nothing was kept yet


@dataclass(frozen=True)
class Reporter:
    """Whose report: a unit's, or with None the whole province's."""

    unit_id: int | None
    name: str


def reporters(work: Work) -> tuple[Reporter, ...]:
    """Whose reports this actor may make, the one most likely meant first."""
    require(work, Right.REPORT)
    own = [Reporter(held.unit_id, held.unit_name) for held in work.actor.holdings if _reports(held)]
    if not _for_province(work):
        return tuple(dict.fromkeys(own))
    unit = table_of(Unit).c
    every = work.session.connection().execute(sa.select(unit.id, unit.name).order_by(unit.code))
    return (Reporter(None, PROVINCE), *(Reporter(row.id, row.name) for row in every))


def require_reporter(work: Work, unit_id: int | None) -> None:
    """Raises Refused unless this actor may make the report of this unit (None: of the province)."""
    require(work, Right.REPORT)
    if not _for_province(work) and unit_id not in {held.unit_id for held in work.actor.holdings if _reports(held)}:
        raise Refused


def load(work: Work, period: Period, unit_id: int | None = None) -> Texts:
    """What was typed for this report so far."""
    require_reporter(work, unit_id)
    row = work.session.get(ReportText, _id(period, unit_id))
    if row is None:
        return Texts()
    return Texts(**{field.name: getattr(row, field.name) for field in fields(Texts)})


def save(work: Work, period: Period, texts: Texts, *, unit_id: int | None = None) -> ReportText:
    """Keeps what was typed. Raises Invalid (a sentence per field), or Conflict when somebody saved since
    `texts.version` was read."""
    require_reporter(work, unit_id)
    texts = _checked(texts, period)
    row = work.session.get(ReportText, _id(period, unit_id))
    if texts.version != (row.version if row else 0):
        raise Conflict
    if row is None:
        row = ReportText(id=_id(period, unit_id), period=period.key, unit_id=unit_id)
        work.session.add(row)
    for field in fields(Texts):
        if field.name != "version":
            setattr(row, field.name, getattr(texts, field.name))
    return row


def day_of_figures(texts: Texts, period: Period) -> date:
    """Up to which day the figures of a report count: as typed; else the report's own date, when it lies
    before the period's last day; else that last day."""
    return texts.as_of or min(texts.dated or period.end, period.end)


def _reports(held: Held) -> bool:
    return Right.REPORT in GRANTS[held.role].rights


def _for_province(work: Work) -> bool:
    return work.actor.operator or any(
        _reports(held) and held.unit_kind in PROVINCE_WIDE for held in work.actor.holdings
    )


def _id(period: Period, unit_id: int | None) -> int:
    """One row a report, whoever comes first: its id follows from what it is about."""
    digest = hashlib.sha256(f"{period.key}|{unit_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - ID_BITS + 1) | 1


def _checked(texts: Texts, period: Period) -> Texts:
    columns, problems = table_of(ReportText).c, {}
    known: dict[str, object] = {"version": texts.version, "dated": texts.dated, "as_of": texts.as_of}
    for field in fields(Texts):
        value = getattr(texts, field.name)
        if field.name in known:
            continue
        known[field.name] = text = clean(value or "") or None
        longest = info(columns[field.name]).get("max_length", LONGEST)
        if text and len(text) > longest:
            problems[field.name] = f"Nội dung dài quá {longest} ký tự."
    if texts.dated and texts.dated < period.start:
        problems["dated"] = "Ngày báo cáo trước kỳ báo cáo."
    if texts.as_of and texts.as_of not in period:
        problems["as_of"] = f"Phải là một ngày trong kỳ: từ {vn_date(period.start)} đến {vn_date(period.end)}."
    elif texts.as_of and texts.dated and texts.as_of > texts.dated:
        problems["as_of"] = f"Số liệu không thể tính đến sau ngày báo cáo ({vn_date(texts.dated)})."
    if problems:
        raise Invalid(problems)
    return Texts(**known)  # type: ignore[arg-type]
