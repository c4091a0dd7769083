"""When something is due, and how late it is. Pure: nothing is stored, everything follows from dates."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from db.fields import LabelledEnum
from services.law.model import Limit, LimitUnit

SOON_DAYS = 7  # what falls due within a week is said to be near, on *today* as in every list


class Clock(LabelledEnum):
    NO_LIMIT = "no_limit", "Không có thời hạn luật định"
    AHEAD = "ahead", "Còn hạn"
    SOON = "soon", "Sắp đến hạn"
    TODAY = "today", "Hôm nay là hạn cuối"
    LATE = "late", "Quá hạn"
    DONE = "done", "Xong đúng hạn"
    DONE_LATE = "done_late", "Xong muộn"


@dataclass(frozen=True, slots=True)
class Lateness:
    """`days`: left when ahead, over when late, None without a limit."""

    clock: Clock
    days: int | None = None

    @property
    def words(self) -> str:
        counted = {
            Clock.AHEAD: f"Còn {self.days} ngày",
            Clock.SOON: f"Còn {self.days} ngày",
            Clock.LATE: f"Quá hạn {self.days} ngày",
            Clock.DONE_LATE: f"Xong muộn {self.days} ngày",
        }
        return counted.get(self.clock, self.clock.label)


def due(limit: Limit | None, start: date, holidays: Collection[date] = frozenset()) -> date | None:
    """The last day on which the act is in time, or None when the law gives no verified figure.

    The day of the event itself is not counted. "Ngày" are calendar days; working days leave out
    Saturdays, Sundays and `holidays`. Only days are recorded, so hours are read strictly, from the
    start of the day of the event: 12 hours end on that day, 72 hours three days later. `day_before`
    counts back from the event.
    """
    if limit is None:
        return None
    match limit.unit:
        case LimitUnit.IMMEDIATE:
            return start
        case LimitUnit.HOUR:
            return start + timedelta(days=limit.amount // 24)
        case LimitUnit.MONTH:
            return add_months(start, limit.amount)
        case LimitUnit.DAY:
            return _days(start, limit.amount, 1, limit.working, holidays)
        case LimitUnit.DAY_BEFORE:
            return _days(start, limit.amount, -1, limit.working, holidays)
        case LimitUnit.NONE:
            return None


def _days(start: date, amount: int, step: int, working: bool, holidays: Collection[date]) -> date:
    if not working:
        return start + timedelta(days=step * amount)
    day = start
    while amount:
        day += timedelta(days=step)
        amount -= is_working_day(day, holidays)
    return day


def is_working_day(day: date, holidays: Collection[date] = frozenset()) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_months(start: date, months: int) -> date:
    """The same day `months` later; the last day of the month where that day does not exist."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def lateness(due_on: date | None, today: date, done_on: date | None = None) -> Lateness:
    """Where an act stands on `today`; with `done_on`, whether it was done in time."""
    if due_on is None:
        return Lateness(Clock.NO_LIMIT)
    if done_on is not None:
        over = (done_on - due_on).days
        return Lateness(Clock.DONE_LATE, over) if over > 0 else Lateness(Clock.DONE)
    left = (due_on - today).days
    if left < 0:
        return Lateness(Clock.LATE, -left)
    if left == 0:
        return Lateness(Clock.TODAY, 0)
    return Lateness(Clock.SOON if left <= SOON_DAYS else Clock.AHEAD, left)
