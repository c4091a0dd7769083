"""The start page: what waits, which reports are due when, how old the backup is."""

from datetime import date, timedelta

import pytest

from db.accounts import Role
from services import daily, periods, today
from services.errors import Refused
from services.office import Office
from services.reports import writing
from services.reports.writing import Texts
from services.work import Actor, Work, command_line
from tests import factories as f


def page(office: Office, actor: Actor, day: date) -> today.Today:
    with Work(office, actor, today=day) as work:
        return today.of(work)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2018, 7, 20), [("2018Q3", date(2018, 9, 25))]),
        (date(2018, 7, 1), [("2018Q2", date(2018, 6, 25)), ("2018Q3", date(2018, 9, 25))]),
        (
            date(2018, 11, 2),
            [("2018Q4", date(2018, 12, 25)), ("2018", date(2018, 12, 25)), ("2016-2018", date(2018, 12, 25))],
        ),
        (
            date(2020, 12, 25),
            [
                ("2020Q4", date(2020, 12, 25)),
                ("2020", date(2020, 12, 25)),
                ("2016-2020", date(2020, 12, 25)),
                ("2021Q1", date(2021, 3, 25)),
            ],
        ),
        (date(2026, 11, 23), [("2026Q4", date(2026, 12, 25)), ("2026", date(2026, 12, 25))]),
        (date(2015, 6, 1), []),
    ],
)
def test_reports_fall_due_as_the_plan_says(office: Office, day: date, expected: list[tuple[str, date]]) -> None:
    found = page(office, f.actor(office, Role.LABOUR_DEPT, f.LABOUR), day).reports
    assert [(task.period, task.due) for task in found] == expected


def test_after_the_plan_the_habit_is_called_a_habit(office: Office) -> None:
    officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    assert "theo chế độ báo cáo của Kế hoạch đó" in page(office, officer, date(2021, 1, 5)).habit
    assert page(office, officer, date(2020, 12, 31)).habit == ""


def test_the_words_of_a_report_say_its_kind_once(office: Office) -> None:
    found = page(office, f.actor(office, Role.LABOUR_DEPT, f.LABOUR), date(2018, 12, 1)).reports
    assert [task.words for task in found][:2] == ["Báo cáo quý IV năm 2018", "Báo cáo năm 2018"]
    assert found[2].words == "Báo cáo sơ kết 3 năm, giai đoạn 2016 - 2018"


def test_a_report_past_its_day_stays_until_it_has_number_and_date(office: Office) -> None:
    officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    day = date(2018, 9, 28)
    late = page(office, officer, day).reports[0]
    assert (late.period, late.lateness.days, late.numbered) == ("2018Q3", 3, False)
    with Work(office, officer, write=True, today=day) as work:
        unit = writing.reporters(work)[0].unit_id
        writing.save(work, periods.parse("2018Q3"), Texts(number="12", dated=date(2018, 9, 25)), unit_id=unit)
    assert "2018Q3" not in [task.period for task in page(office, officer, day).reports]
    assert "2018Q3" not in [task.period for task in page(office, officer, date(2018, 10, 11)).reports]


def test_work_lists_are_counted_and_a_wholly_late_one_is_said_once(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    found = page(office, f.actor(office, Role.POLICE, "Công an tỉnh"), date(2018, 9, 1)).groups
    assert [(group.title, [(item.label, item.count) for item in group.items]) for group in found] == [
        ("Quá hạn", [("Chưa đề nghị xác minh", 1)]),
        ("Việc đang chờ", [("Còn thiếu thông tin", 1)]),
    ]
    assert found[0].items[0].address == "/verification?list=to_request&late=1"


def test_leaders_see_days_and_nothing_of_a_file(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = page(office, f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"), date(2018, 9, 1))
    assert not seen.works_on_cases and seen.groups == () and seen.backup is None
    assert [task.numbered for task in seen.reports] == [None]


@pytest.mark.parametrize(("role", "at"), [(Role.SHELTER, f.SHELTER), (Role.PARTNER, "Sở Tư pháp")])
def test_who_writes_no_report_has_none_due(office: Office, role: Role, at: str) -> None:
    seen = page(office, f.actor(office, role, at), date(2018, 9, 1))
    assert not seen.follows_reports
    assert (seen.reports, seen.habit) == ((), "")


@pytest.mark.parametrize(
    ("label", "period", "expected"),
    [
        ("Báo cáo quý", "2026Q4", "Báo cáo quý IV năm 2026"),
        ("Báo cáo năm", "2026", "Báo cáo năm 2026"),
        ("Báo cáo tổng kết 5 năm", "2016-2020", "Báo cáo tổng kết 5 năm, giai đoạn 2016 - 2020"),
    ],
)
def test_a_report_is_named_once(label: str, period: str, expected: str) -> None:
    assert today.report_words(label, period) == expected


def test_administrators_see_the_backup_and_nothing_else(office: Office) -> None:
    seen = page(office, f.actor(office, Role.ADMIN, f.LABOUR), date(2018, 9, 1))
    assert not seen.works_on_cases and seen.reports == () and seen.groups == ()
    assert seen.backup is not None and seen.backup.late


@pytest.mark.parametrize(
    ("age", "words", "late"),
    [
        (timedelta(minutes=20), "chưa đầy một giờ trước", False),
        (timedelta(hours=23), "23 giờ trước", False),
        (timedelta(days=3, hours=2), "3 ngày trước", True),
        (None, "Chưa có bản sao lưu", True),
    ],
)
def test_the_backup_says_its_age(
    office: Office, monkeypatch: pytest.MonkeyPatch, age: timedelta | None, words: str, late: bool
) -> None:
    monkeypatch.setattr(daily, "age", lambda office: age)
    with Work(office, f.actor(office, Role.ADMIN, f.LABOUR)) as work:
        state = today.backup_state(work)
    assert words in state.words and state.late is late


def test_the_backup_is_for_those_who_keep_the_system(office: Office) -> None:
    with Work(office, f.actor(office, Role.LABOUR_DEPT, f.LABOUR)) as work, pytest.raises(Refused):
        today.backup_state(work)


def test_who_may_not_see_the_plan_is_refused_its_calendar(office: Office) -> None:
    with Work(office, f.actor(office, Role.ADMIN, f.LABOUR)) as work, pytest.raises(Refused):
        today.reports_due(work)


def test_the_calendar_has_each_due_day_once() -> None:
    whole = today.calendar(date(2016, 1, 1), date(2020, 12, 31))
    assert len(whole) == 5 * 4 + 5 + 1 + 1
    assert len({due.period for due in whole}) == len(whole)
    assert today.due_in(2010) == ()
