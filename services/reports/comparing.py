"""With what a period is compared: the period before, the same period a year earlier.

Figures that stop before the period's last day are compared with as many days of the other period:
a quarter that runs is not set against a whole one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from services import periods
from services.figures import View
from services.periods import Period
from services.reports.periodic_tables import Seen
from services.text import vn_date

SAME_DAYS = "; kỳ so sánh tính cùng số ngày"


def others(view: View, period: Period) -> tuple[Seen, ...]:
    """The period before and the one a year earlier; several years are shown year by year instead."""
    if not _compared(period):
        return ()
    found = dict.fromkeys((periods.previous(period), periods.year_before(period)))
    return tuple(_seen(view, period, other) for other in found)


def before(view: View, period: Period) -> Seen:
    """The period before alone."""
    return _seen(view, period, periods.previous(period))


def unfinished(view: View, period: Period, compared: Sequence[Seen]) -> str:
    """That figures stop before the period's last day, and what they are compared with; else empty."""
    if view.as_of >= period.end:
        return ""
    same = SAME_DAYS if compared else ""
    return (
        f"Số liệu tính đến hết ngày {vn_date(view.as_of)}, khi kỳ chưa kết thúc "
        f"(ngày cuối kỳ: {vn_date(period.end)}){same}."
    )


def _compared(period: Period) -> bool:
    return period.end.year - period.start.year <= 1


def _seen(view: View, period: Period, other: Period) -> Seen:
    last = _same_days(view.as_of, period, other)
    label = other.label if last == other.end else f"{other.label} đến ngày {vn_date(last)}"
    return Seen(label, _known(view.over(other.start, last)))


def _same_days(as_of: date, period: Period, other: Period) -> date:
    """The day as far into the other period as `as_of` is into this one; whole against whole."""
    if as_of >= period.end:
        return other.end
    return min(other.end, other.start + (as_of - period.start))


def _known(view: View) -> View | None:
    """The view, unless all files here begin after it: then nothing is known of that period."""
    return view if np.any(view.known(view.facts.files.received)) else None
