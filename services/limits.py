"""The law's time limits applied to the files of this office: when a step is due, and which files are late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.plan import OfficeValue
from services import deadlines, law
from services.deadlines import Lateness
from services.law.values import all_deadlines
from services.text import vn_date
from services.work import Work

NO_BASIS = "Chưa có căn cứ"
NOT_KNOWN = f"{NO_BASIS} về thời hạn: nhập số ngày và số văn bản ở trang Kế hoạch."
FIRST_DAY, DAY = date(2000, 1, 1), timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """When a step is due. `on` is None where the law gives no figure that could be verified; `words` say so."""

    on: date | None
    lateness: Lateness
    words: str
    source: str

    @property
    def short(self) -> str:
        """For a cell of a list."""
        return NO_BASIS if self.words == NOT_KNOWN else self.words

    @property
    def late(self) -> bool:
        return self.lateness.clock is deadlines.Clock.LATE


def due(work: Work, step: str, start: date) -> Due | None:
    """The limit of a step (`VERIFY.POLICE`) for what happened on `start`; None when no law has such a step."""
    figures = office_figures(work)
    row = law.deadline(step, start, office=figures)
    if row is None:
        return None
    on = deadlines.due(row.limit, start, law.holidays(figures))
    late = deadlines.lateness(on, work.today)
    if on is None:
        words = NOT_KNOWN if not row.verified else f"{row.vi[0].upper()}{row.vi[1:]}."
    else:
        words = f"Hạn {vn_date(on)} ({row.vi})"
    return Due(on, late, words, law.cite(row.legal))


def late(work: Work, step: str, column: Any) -> Any:
    """A condition on a date column: the step that runs from that day is overdue today.

    The limits of the law hold in stretches of days; in each, everything before one day is late.
    """
    conditions = [column.between(first, last) for first, last in _late_stretches(work, step)]
    return sa.or_(sa.false(), *conditions)


def office_figures(work: Work) -> Sequence[OfficeValue]:
    """The legal values this office filled in, read once a Work."""
    if "office figures" not in work.session.info:
        work.session.info["office figures"] = list(work.session.exec(select(OfficeValue)).all())
    found: Sequence[OfficeValue] = work.session.info["office figures"]
    return found


def _late_stretches(work: Work, step: str) -> Iterator[tuple[date, date]]:
    figures = office_figures(work)
    rows = [row for row in all_deadlines() if row.step.endswith(f".{step}")]
    starts = {FIRST_DAY} | {row.valid_from for row in rows if row.valid_from}
    starts |= {row.valid_to + DAY for row in rows if row.valid_to} | {f.effective_from for f in figures}
    days = sorted(day for day in starts if day <= work.today)
    for first, last in zip(days, [day - DAY for day in days[1:]] + [work.today], strict=True):
        found = _last_late(work, step, first, last)
        if found:
            yield first, found


def _last_late(work: Work, step: str, first: date, last: date) -> date | None:
    """The last day of a stretch from which the step is overdue: due dates never go back, so halve."""

    def overdue(day: date) -> bool:
        known = due(work, step, day)
        return known is not None and known.late

    if not overdue(first):
        return None
    low, high = first, last
    while low < high:
        middle = low + (high - low + DAY) // 2
        low, high = (middle, high) if overdue(middle) else (low, middle - DAY)
    return low
