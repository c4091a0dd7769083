"""What may be chosen on the screens of figures: the period they open with, and the units."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import sqlalchemy as sa

from services import figures, periods
from services.access import Right, in_area, require
from services.figures import View
from services.figures.facts import facts_of
from services.periods import Period
from services.reports import writing
from services.work import Work

EVERYWHERE, MY_AREA = "Toàn tỉnh", "Địa bàn, hồ sơ của đơn vị"
VIEWS = 64  # kept with their figures; without any name of a person
RECENT = 2  # quarters without anything new before the figures open with the last that has something


@dataclass(frozen=True)
class UnitChoice:
    """A receiving unit; with `id` None all files this person may count."""

    id: int | None
    name: str


def first_period(work: Work, right: Right = Right.STATISTICS) -> Period:
    """The quarter of today; where nothing was received lately, the last quarter in which something was."""
    require(work, right)
    received = facts_of(work).files.received
    known = received[received <= work.today.toordinal()]
    last = date.fromordinal(int(known.max())) if len(known) else work.today
    now, then = _quarter(work.today), _quarter(last)
    if (now.start.year - then.start.year) * 4 + (now.start.month - then.start.month) // 3 > RECENT:
        return then
    return now


def view_of(work: Work, period: Period, unit_id: int | None = None) -> View:
    """The figures' view of a period. What was computed on an equal view is kept: the same facts, days and
    counted files, so nobody sees more than their own area gives. Raises Refused."""
    view = figures.look(work, period, units=None if unit_id is None else {unit_id})
    kept: dict[tuple[str, date, bytes], View] = work.office.memory.setdefault("views", {})
    key = (period.key, view.as_of, hashlib.blake2b(view.counted.tobytes()).digest())
    known = kept.get(key)
    if known is not None and known.facts is view.facts:
        return known
    while len(kept) >= VIEWS:
        kept.pop(next(iter(kept)), None)
    kept[key] = view
    return view


def units(work: Work, right: Right = Right.STATISTICS, view: View | None = None) -> tuple[UnitChoice, ...]:
    """All that this person may count, then each unit that received one of these files, by name.

    `view`: any view of all files of this person, if there is one already."""
    view = view or figures.look(work, periods.days(date(1900, 1, 1), work.today), right=right)
    files = view.facts.files
    keys = [files.unit.values[code] for code in np.unique(files.unit.codes[view.counted])]
    named = sorted((view.facts.units[key], key) for key in keys)
    whole = EVERYWHERE if whole_province(work, right) else MY_AREA
    return (UnitChoice(None, whole), *(UnitChoice(key, name) for name, key in named))


def whole_province(work: Work, right: Right = Right.STATISTICS) -> bool:
    """Whether this person counts every file of the province."""
    return isinstance(in_area(work, right), sa.True_)


def _quarter(day: date) -> Period:
    """The quarter a day counts in: near its end that may be the next one (`cut_day`)."""
    found = periods.quarter(day.year, (day.month - 1) // 3 + 1)
    return found if day <= found.end else _quarter(found.end + timedelta(days=20))


def reporters(work: Work) -> tuple[UnitChoice, ...]:
    """Whose reports this person may make; for the whole province only units that received somebody."""
    found = writing.reporters(work)
    if found[0].unit_id is None:
        return units(work, Right.REPORT)
    return tuple(UnitChoice(one.unit_id, one.name) for one in found)
