"""The law's time limits applied to the files of this office: when a step is due, and which files are late.

Which of the law's limits runs depends on the file: on how the person came, and on who verifies (`KINDS`).
An extension that was written down moves the end of verification to its own day.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.base import table_of
from db.cases import Case, Way
from db.people import Person, PersonKind
from db.places import Unit, UnitKind
from db.plan import OfficeValue
from db.verification import Extension, VerificationRequest
from services import deadlines, law
from services.deadlines import Lateness
from services.law import Deadline, LimitUnit
from services.law.values import all_deadlines
from services.text import vn_date
from services.work import Work

NO_BASIS = "Chưa có căn cứ"
NOT_KNOWN = f"{NO_BASIS} – nhập số văn bản."
VERIFY, CHECK = "VERIFY.POLICE", "REPORT.INITIAL_CHECK"
FIRST_DAY, DAY = date(2000, 1, 1), timedelta(days=1)

_CASE, _PERSON, _UNIT = table_of(Case).c, table_of(Person).c, table_of(Unit).c
_EXTENSION, _REQUEST = table_of(Extension).c, table_of(VerificationRequest).c
FOREIGN = sa.exists(  # a condition on `Case`: the person received is of another country
    sa.select(1).where(
        _PERSON.case_id == _CASE.id,
        _PERSON.kind == PersonKind.SUBJECT,
        _PERSON.nationality.is_not(None),
        _PERSON.nationality != "Việt Nam",
    )
)


def _asked(kind: UnitKind) -> Any:
    """Whether a police unit of that kind was asked to verify the file."""
    asked = _UNIT.id == _REQUEST.unit_id
    return sa.exists(sa.select(1).where(asked, _REQUEST.case_id == _CASE.id, _UNIT.kind == kind))


# A step of the law → the limits that come before it for some files, the first that fits counting. Where a
# regime has no such limit of its own, the step's own holds. "Complex": the province's police took over what
# a district was asked first; asked of the province alone, the shorter limit holds (strict reading).
KINDS: dict[str, tuple[tuple[str, Any], ...]] = {
    CHECK: (("FOREIGN.CONTACT", FOREIGN),),
    VERIFY: (
        ("FOREIGN.VERIFY", FOREIGN),
        (
            "VERIFY.POLICE_COMPLEX",
            sa.and_(_asked(UnitKind.POLICE_DISTRICT), _asked(UnitKind.POLICE_PROVINCE)),
        ),
        ("RESCUED.POLICE_VERIFY", _CASE.way == Way.RESCUED),
    ),
}
EXTENSIBLE = frozenset({VERIFY})


@dataclass(frozen=True)
class Due:
    """When a step is due. `on` is None where the law gives no figure that could be verified; `words` say so,
    and `missing` is then the key under which the office may fill it in, from the day `start`."""

    on: date | None
    lateness: Lateness
    words: str
    source: str
    start: date
    missing: str = ""

    @property
    def short(self) -> str:
        """For a cell of a list."""
        return NO_BASIS if self.words == NOT_KNOWN else self.words

    @property
    def late(self) -> bool:
        return self.lateness.clock is deadlines.Clock.LATE


def due(work: Work, step: str, start: date, case: Case | None = None) -> Due | None:
    """The limit of a step (`VERIFY.POLICE`) for what happened on `start`; None when no law has such a step.

    With `case`: the limit of that kind of file, run on to the day of its extension."""
    if case is None:
        return due_of(work, step, start)
    kind, until = _looked_up(work, step, start, case)
    return due_of(work, step, start, kind, until)


def due_of(work: Work, step: str, start: date, kind: str | None = None, until: date | None = None) -> Due | None:
    """The same where a list already read the file's `kind` and the day `until` of its extension."""
    row = _row(work, step, start, kind)
    if row is None:
        return None
    on = until or deadlines.due(row.limit, start, holidays(work))
    late, source = deadlines.lateness(on, work.today), law.cite(row.legal)
    if until:
        return Due(on, late, f"Hạn {vn_date(on)} (đã gia hạn)", source, start)
    if on:
        return Due(on, late, f"Hạn {vn_date(on)} ({row.vi})", source, start)
    if row.verified and row.unit == LimitUnit.NONE:
        return Due(None, late, f"{row.vi[0].upper()}{row.vi[1:]}.", source, start)
    return Due(None, late, NOT_KNOWN, source, start, f"deadline:{row.step}")


def extension_cap(work: Work, case: Case, step: str, start: date) -> date | None:
    """The last day to which the limit may be extended; None where the texts give no figure.

    Luật 66/2011 Đ.24(4) says "không quá 02 tháng" and no day from which they run: read strictly, two months
    in all, from the same day as the limit itself."""
    kind, _ = _looked_up(work, step, start, case)
    row = _row(work, step, start, kind)
    return deadlines.due(row.extended, start, holidays(work)) if row else None


def late(work: Work, step: str, column: Any) -> Any:
    """A condition on a date column, of a select over `Case`: the step that runs from that day is overdue."""
    return _condition(work, step, column, None, work.today - DAY)


def due_within(work: Work, step: str, column: Any, days: int = deadlines.SOON_DAYS) -> Any:
    """The same: the step falls due today or within so many days, and is not overdue."""
    return _condition(work, step, column, work.today, work.today + timedelta(days=days))


def kind_of(step: str) -> Any:
    """A column, of a select over `Case`: which of the limits of `KINDS` the file has (None: the step's own)."""
    found = [(fits, code) for code, fits in KINDS.get(step, ())]
    return sa.case(*found, else_=sa.null()) if found else sa.null()


def extended_to(step: str, column: Any) -> Any:
    """A column, of a select over `Case`: until when the step that began on `column` was extended, or None."""
    if step not in EXTENSIBLE:
        return sa.null()
    known = sa.select(sa.func.max(_EXTENSION.until))
    known = known.where(_EXTENSION.case_id == _CASE.id, _EXTENSION.extended_on >= column)
    return known.correlate_except(table_of(Extension)).scalar_subquery()


def office_figures(work: Work) -> Sequence[OfficeValue]:
    """The legal values this office filled in, in the order in which they were, read once a Work."""
    if "office figures" not in work.session.info:
        entered = table_of(OfficeValue).c
        found = work.session.exec(select(OfficeValue).order_by(entered.created_at, entered.id)).all()
        work.session.info["office figures"] = list(found)
        work.session.info["office holidays"] = law.holidays(found)
    figures: Sequence[OfficeValue] = work.session.info["office figures"]
    return figures


def kind_for(work: Work, step: str, case: Case) -> str | None:
    """Which of the limits of `KINDS` one file has; None: the step's own."""
    return _looked_up(work, step, case.received_on, case)[0]


def holidays(work: Work) -> frozenset[date]:
    """The public holidays known to this office."""
    office_figures(work)
    found: frozenset[date] = work.session.info["office holidays"]
    return found


def changed(work: Work) -> None:
    """To be called when the office's values changed: they are read again."""
    work.session.info.pop("office figures", None)


def _looked_up(work: Work, step: str, start: date, case: Case) -> tuple[str | None, date | None]:
    work.session.flush()
    day = sa.literal(start, sa.Date())
    asked = sa.select(kind_of(step), extended_to(step, day)).select_from(table_of(Case)).where(_CASE.id == case.id)
    found = work.session.connection().execute(asked).one()
    return found[0], found[1]


def _row(work: Work, step: str, start: date, kind: str | None) -> Deadline | None:
    figures = office_figures(work)
    own = law.deadline(kind, start, office=figures) if kind else None
    return own or law.deadline(step, start, office=figures)


def _condition(work: Work, step: str, column: Any, first: date | None, last: date) -> Any:
    """Due between two days (`first` None: any day up to `last`)."""
    plain = _runs(work, step, None, column, first, last)
    kinds = [(fits, _runs(work, step, code, column, first, last)) for code, fits in KINDS.get(step, ())]
    found = sa.case(*kinds, else_=plain) if kinds else plain
    if step not in EXTENSIBLE:
        return found
    until = extended_to(step, column)
    within = until <= last if first is None else until.between(first, last)
    return sa.case((until.is_not(None), within), else_=found)


def _runs(work: Work, step: str, kind: str | None, column: Any, first: date | None, last: date) -> Any:
    """The limits of the law hold in stretches of days; in each, what begins later is due later or the same day."""
    found = []
    for begin, end in _stretches(work, (step, kind) if kind else (step,)):
        row = _row(work, step, begin, kind)
        if row is None or row.limit is None:
            continue
        to = _last_start(row.limit, begin, end, last, holidays(work))
        out = _last_start(row.limit, begin, end, first - DAY, holidays(work)) if first else None
        since = out + DAY if out else begin
        if to and since <= to:
            found.append(column.between(since, to))
    return sa.or_(sa.false(), *found)


def _stretches(work: Work, steps: Collection[str]) -> Iterator[tuple[date, date]]:
    """The days up to today, cut wherever one of the steps gets another rule or another value of the office."""
    rows = [row for row in all_deadlines() if row.step.partition(".")[2] in steps]
    keys = {f"deadline:{row.step}" for row in rows}
    starts = {FIRST_DAY} | {row.valid_from for row in rows if row.valid_from}
    starts |= {row.valid_to + DAY for row in rows if row.valid_to}
    starts |= {figure.effective_from for figure in office_figures(work) if figure.key in keys}
    days = sorted(day for day in starts if day <= work.today)
    yield from zip(days, [day - DAY for day in days[1:]] + [work.today], strict=True)


@lru_cache(maxsize=256)
def _last_start(limit: law.Limit, first: date, last: date, bound: date, off: frozenset[date]) -> date | None:
    """The last day of a stretch from which the limit ends by `bound`: due days never go back, so halve."""

    def ended(day: date) -> bool:
        on = deadlines.due(limit, day, off)
        return on is not None and on <= bound

    if not ended(first):
        return None
    low, high = first, last
    while low < high:
        middle = low + (high - low + DAY) // 2
        low, high = (middle, high) if ended(middle) else (low, middle - DAY)
    return low
