"""The start page: what waits, which reports are due, how old the last backup is. Nothing of it is stored."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, CaseState
from services import daily, incident_view, law, periods, worklists
from services.access import GRANTS, Right, has, require, visible
from services.deadlines import Clock, Lateness, lateness
from services.incident_view import IncidentLine
from services.law import Plan, ReportDue
from services.registers import drafts
from services.registers.drafts import DraftLine
from services.removals import removal
from services.reports import writing
from services.text import vn_date
from services.waiting import DECIDE, RETURNED, WAITING, WorkList
from services.work import VIETNAM, Work
from services.worklists import Tally

AHEAD = timedelta(days=92)  # a quarter: the next report of each kind is in sight
BEHIND = timedelta(days=15)  # so long a report that has no number or date yet stays on the page
HABIT = (
    "Kế hoạch giai đoạn {first} - {last} đã kết thúc; hạn báo cáo bên dưới tính theo chế độ báo cáo của "
    "Kế hoạch đó cho đến khi có kế hoạch kế tiếp."
)
NO_BACKUP = "Chưa có bản sao lưu nào. Chạy lệnh duongve backup, hoặc để máy chủ chạy: mỗi ngày tự sao lưu một lần."
KIND, REMOVED = "Báo cáo", "Nội dung cán bộ đơn vị đã xóa trong 7 ngày"
HANDED = "Hồ sơ được giao cho đơn vị bạn"
LATE, SOON, TYPING = "late", "soon", "typing"
TITLES = {
    LATE: "Quá hạn",
    SOON: "Đến hạn trong 7 ngày",
    DECIDE: "Chờ tôi quyết định",
    RETURNED: "Bị trả lại",
    TYPING: "Đang nhập dở",
    WAITING: "Việc đang chờ",
}
TONES = {LATE: "late", SOON: "wait", DECIDE: "wait", RETURNED: "late"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Item:
    """One line: a link to the list that has just so many lines (`count` None: to one thing, told in `label`).
    `listed`: the name of the work list behind it, if it is one."""

    label: str
    count: int | None
    address: str
    detail: str = ""
    listed: str = ""


@dataclass(frozen=True)
class Group:
    """The lines of one kind. `tone`: late, wait or calm."""

    name: str
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def tone(self) -> str:
        return TONES.get(self.name, "calm")


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
    groups: tuple[Group, ...]
    works_on_cases: bool
    follows_reports: bool
    reports: tuple[ReportTask, ...]
    habit: str
    backup: BackupState | None


def of(work: Work) -> Today:
    """The start page of this person: only what their roles let them do something about."""
    follows = follows_reports(work)
    return Today(
        day=work.today,
        groups=groups(work),
        works_on_cases=has(work.actor, Right.READ_CASES),
        follows_reports=follows,
        reports=reports_due(work) if follows else (),
        habit=_habit(work.today) if follows else "",
        backup=backup_state(work) if has(work.actor, Right.ACCOUNTS) else None,
    )


def follows_reports(work: Work) -> bool:
    """A leader follows the reports of others; who reads files but writes no report has none due."""
    if not has(work.actor, Right.PLAN):
        return False
    return has(work.actor, Right.REPORT) or not has(work.actor, Right.READ_CASES)


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


def groups(work: Work) -> tuple[Group, ...]:
    """What waits for this person, by how much it presses; a group without lines is left out."""
    counted = worklists.counts(work)
    found = {
        LATE: [_item(one, tally.late, LATE) for one, tally in counted if tally.late],
        SOON: [_item(one, tally.soon, SOON) for one, tally in counted if tally.soon],
        DECIDE: [*_whole(counted, DECIDE), *_removed(work)],
        RETURNED: _whole(counted, RETURNED),
        TYPING: _typing(work),
        WAITING: [*_whole(counted, WAITING), *_incidents(work), *_handed(work)],
    }
    return tuple(Group(name, tuple(found[name])) for name in TITLES if found.get(name))


def _whole(counted: list[tuple[WorkList, Tally]], group: str) -> list[Item]:
    """The lists of a group; one whose every line is late or due soon was said already."""
    mine = [(one, tally) for one, tally in counted if one.group == group]
    return [_item(one, tally.total) for one, tally in mine if tally.late + tally.soon < tally.total]


def _removed(work: Work) -> list[Item]:
    """What the people of one's unit deleted: its head may put it back."""
    if not (has(work.actor, Right.REVIEW) and has(work.actor, Right.READ_CASES)):
        return []
    found = len(removal.shown(work))
    return [Item(REMOVED, found, "/removed")] if found else []


def _handed(work: Work) -> list[Item]:
    """Those who work on files handed to them see how many there are."""
    if not any(GRANTS[held.role].own_files for held in work.actor.holdings):
        return []
    asked = visible(work, sa.select(sa.func.count()).select_from(table_of(Case)))
    found = work.session.connection().execute(asked.where(table_of(Case).c.state != CaseState.MERGED)).scalar_one()
    return [Item(HANDED, int(found), "/cases")] if found else []


def _typing(work: Work) -> list[Item]:
    """The forms left half-way, each a link to where it goes on."""
    return [Item(line.title, None, line.address, detail=_left_at(line)) for line in drafts.mine(work)]


def _left_at(line: DraftLine) -> str:
    at = line.kept_at.astimezone(VIETNAM)
    said = f"giữ lúc {at:%H:%M} ngày {vn_date(at.date())}"
    return f"hồ sơ {line.case_code}, {said}" if line.case_code else said


def _incidents(work: Work) -> list[Item]:
    """The incidents of which not everybody is entered yet."""
    if not has(work.actor, Right.INTAKE):
        return []
    return [
        Item(f"Vụ việc {line.code}", None, f"/incident?id={line.id:x}", detail=_entered(line))
        for line in incident_view.waiting(work)
    ]


def _entered(line: IncidentLine) -> str:
    of = f"/{line.expected}" if line.expected else ""
    return f"đã nhập {line.entered}{of} người, tiếp nhận {vn_date(line.received_on)}"


def _item(found: WorkList, count: int, only: str = "") -> Item:
    return Item(found.label, count, worklists.address(found, only=only), listed=found.name)


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
