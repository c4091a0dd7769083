"""The start page: what waits, which reports are due, how old the last backup is. Nothing of it is stored."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from services import daily, law, periods, worklists
from services.access import Right, has, require
from services.deadlines import Clock, Lateness, lateness
from services.law import Plan, ReportDue
from services.reports import writing
from services.work import Work
from services.worklists import Item

AHEAD = timedelta(days=92)  # a quarter: the next report of each kind is in sight
BEHIND = timedelta(days=15)  # so long a report that has no number or date yet stays on the page
HABIT = (
    "Kế hoạch giai đoạn {first} - {last} đã kết thúc; hạn báo cáo bên dưới tính theo chế độ báo cáo của "
    "Kế hoạch đó cho đến khi có kế hoạch kế tiếp."
)
NO_BACKUP = "Chưa có bản sao lưu nào. Chạy lệnh duongve backup, hoặc để máy chủ chạy: mỗi ngày tự sao lưu một lần."
KIND = "Báo cáo"
LATE = "&late=1"  # of a work list's address
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class ReportTask:
    """A report that is to be sent. `period`: as `periods.parse` reads it; `numbered`: whether it has number
    and date (None for those who do not write it)."""

    label: str  # of the plan's rule
    period: str
    unit_id: int | None
    due: date
    lateness: Lateness
    numbered: bool | None

    @property
    def words(self) -> str:
        """Báo cáo quý III năm 2018; Báo cáo sơ kết 3 năm, giai đoạn 2016 - 2018."""
        return report_words(self.label, self.period)


@dataclass(frozen=True)
class BackupState:
    words: str
    late: bool


@dataclass(frozen=True)
class Today:
    """What one person sees first. `habit` explains report days of a plan that is over; empty otherwise."""

    day: date
    items: tuple[Item, ...]
    works_on_cases: bool
    follows_reports: bool
    reports: tuple[ReportTask, ...]
    habit: str
    backup: BackupState | None


def of(work: Work) -> Today:
    """The start page of this person: only what their roles let them do something about."""
    on_cases = any(has(work.actor, found.right) for found in worklists.LISTS.values())
    # A leader follows the reports of others; who reads files but writes no report has none due.
    follows = has(work.actor, Right.PLAN) and (
        has(work.actor, Right.REPORT) or not has(work.actor, Right.READ_CASES)
    )
    return Today(
        day=work.today,
        items=_items(work) if on_cases else (),
        works_on_cases=on_cases,
        follows_reports=follows,
        reports=reports_due(work) if follows else (),
        habit=_habit(work.today) if follows else "",
        backup=backup_state(work) if has(work.actor, Right.ACCOUNTS) else None,
    )


def report_words(label: str, period: str) -> str:
    """A report in words, its kind said once. `label`: of the plan's rule; `period`: its key."""
    named = periods.parse(period).label
    named = named[0].lower() + named[1:]
    return f"{label}, {named}" if "-" in period else f"{KIND} {named}"


def reports_due(work: Work) -> tuple[ReportTask, ...]:
    """The reports of the coming quarter, and those just past their day without number and date.

    Who writes none sees the days alone. Raises Refused without the right to see the plan."""
    require(work, Right.PLAN)
    writes = has(work.actor, Right.REPORT)
    unit_id = writing.reporters(work)[0].unit_id if writes else None
    found = []
    for due in calendar(work.today - BEHIND, work.today + AHEAD):
        numbered = _numbered(work, due.period, unit_id) if writes else None
        late = lateness(due.due, work.today)
        if late.clock is not Clock.LATE or numbered is False:
            found.append(ReportTask(due.vi, due.period, unit_id, due.due, late, numbered))
    return tuple(found)


def _numbered(work: Work, period: str, unit_id: int | None) -> bool:
    typed = writing.load(work, periods.parse(period), unit_id)
    return bool(typed.number and typed.dated)


def _items(work: Work) -> tuple[Item, ...]:
    """The work lists; one that is late as a whole is said once."""
    items = worklists.counts(work)
    late = {(item.address.replace(LATE, ""), item.count) for item in items if LATE in item.address}
    return tuple(item for item in items if (item.address, item.count) not in late)


def calendar(first: date, last: date) -> tuple[ReportDue, ...]:
    """The reports due between two days, both included, by the rules of the plan of each year."""
    years = range(first.year, last.year + 1)
    return tuple(due for year in years for due in due_in(year) if first <= due.due <= last)


def due_in(year: int) -> tuple[ReportDue, ...]:
    """The reports due in a year. After the last plan known, its quarters and years go on by habit."""
    plan = plan_of(year)
    if plan.first_year <= year <= plan.last_year:
        return law.report_dates(plan, year)
    if year < plan.first_year:
        return ()
    pattern = law.report_dates(plan, plan.last_year)
    own = str(plan.last_year)
    return tuple(
        replace(due, period=due.period.replace(own, str(year)), due=due.due.replace(year=year))
        for due in pattern
        if due.period.startswith(own)
    )


def plan_of(year: int) -> Plan:
    """The plan of a year; after the last one known, that one."""
    begun = [plan for plan in law.plans() if plan.first_year <= year]
    return begun[-1] if begun else law.plans()[0]


def backup_state(work: Work) -> BackupState:
    """How old the newest backup is, in words. Raises Refused for those who do not keep the system."""
    require(work, Right.ACCOUNTS)
    age = daily.age(work.office)
    if age is None:
        return BackupState(NO_BACKUP, late=True)
    return BackupState(f"Bản sao lưu gần nhất: {_ago(age)}.", late=age > daily.DUE + HOUR)


def _ago(age: timedelta) -> str:
    if age < HOUR:
        return "chưa đầy một giờ trước"
    if age < 2 * DAY:
        return f"{age // HOUR} giờ trước"
    return f"{age // DAY} ngày trước"


def _habit(today: date) -> str:
    plan = plan_of(today.year)
    return "" if today.year <= plan.last_year else HABIT.format(first=plan.first_year, last=plan.last_year)
