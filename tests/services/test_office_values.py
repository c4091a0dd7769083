"""What the office fills in: each value with its document; nothing is changed, a later document follows."""

from datetime import date

import pytest

from db.accounts import Role
from services import law, limits, office_values
from services.errors import Invalid, Refused
from services.law import Regime
from services.office import Office
from services.office_values import cancel_holidays, enter_holidays, holidays
from services.work import Work, command_line
from tests import factories as f

NOTICE = {"document": "15/TB-UBND", "document_date": date(2026, 1, 10)}


def enter(work: Work, **known: object) -> None:
    facts: dict[str, object] = {
        "key": "deadline:B.VERIFY.POLICE",
        "effective_from": date(2025, 7, 1),
        "value": 20,
        "unit": "ngày",
        "document": "99/QĐ-UBND",
        "document_date": date(2025, 7, 1),
    }
    office_values.enter(work, **(facts | known))  # type: ignore[arg-type]


def test_a_value_of_the_office_fills_an_empty_limit(any_office: Office) -> None:
    officer, day = f.actor(any_office, Role.LABOUR_DEPT, f.LABOUR), date(2026, 1, 5)
    with Work(any_office, officer, write=True) as work:
        assert limits.due(work, "VERIFY.POLICE", day).on is None
        before = {value.key for value in office_values.missing(work, day)}
        enter(work)
    with Work(any_office, officer) as work:
        due = limits.due(work, "VERIFY.POLICE", day)
        assert due.on == date(2026, 1, 25) and "99/QĐ-UBND" in due.source
        assert before - {value.key for value in office_values.missing(work, day)} == {"deadline:B.VERIFY.POLICE"}
        assert [one.document for one in office_values.entered(work)] == ["99/QĐ-UBND"]


def test_what_the_law_gives_is_not_the_office_s_to_change(office: Office) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as refused:
        enter(work, key="deadline:A.VERIFY.POLICE", effective_from=date(2018, 1, 1))
    assert set(refused.value.problems) == {"key"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": 0}, "value"),
        ({"value": None}, "value"),
        ({"document_date": date(2999, 1, 1)}, "document_date"),
        ({"key": "norm:NO.SUCH"}, "key"),
        ({"key": office_values.HOLIDAY}, "key"),
    ],
)
def test_a_value_without_ground_is_refused(office: Office, wrong: dict[str, object], field: str) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as refused:
        enter(work, **wrong)
    assert set(refused.value.problems) == {field}


def test_values_follow_each_other_in_time(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True) as work:
        enter(work)
        enter(work, value=30, effective_from=date(2026, 1, 1), document="1/QĐ-UBND")
    with Work(any_office, command_line()) as work:
        assert limits.due(work, "VERIFY.POLICE", date(2025, 12, 31)).on == date(2026, 1, 20)
        assert limits.due(work, "VERIFY.POLICE", date(2026, 1, 1)).on == date(2026, 1, 31)
        known = [(one.document, one.until) for one in office_values.entered(work)]
        assert known == [("1/QĐ-UBND", None), ("99/QĐ-UBND", date(2025, 12, 31))]


def test_a_wrong_value_is_corrected_by_a_later_document_and_both_stay(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True) as work:
        enter(work, value=200)
    with Work(any_office, command_line(), write=True) as work:
        enter(work, value=20, document="99/ĐC-UBND")
        with pytest.raises(Invalid):
            enter(work, value=20, document="99/ĐC-UBND")
    with Work(any_office, command_line()) as work:
        assert limits.due(work, "VERIFY.POLICE", date(2026, 1, 5)).on == date(2026, 1, 25)
        known = {one.document: one for one in office_values.entered(work)}
        assert known["99/QĐ-UBND"].corrected == "99/ĐC-UBND" and not known["99/QĐ-UBND"].holds(date(2026, 1, 5))
        assert known["99/ĐC-UBND"].corrected == "" and known["99/ĐC-UBND"].holds(date(2026, 1, 5))


def test_a_province_pays_more_than_the_least_but_not_less(office: Office) -> None:
    rate = {"key": "norm:A.e.HARDSHIP", "unit": None, "effective_from": date(2018, 1, 1)}
    with Work(office, command_line(), write=True) as work:
        with pytest.raises(Invalid) as refused:
            enter(work, value=900_000, **rate)
        assert "1.000.000 đồng" in refused.value.problems["value"]
        enter(work, value=1_500_000, **rate)
        figures = limits.office_figures(work)
    assert law.norm("A.e.HARDSHIP", date(2017, 12, 31), office=figures).amount == 1_000_000
    assert law.norm("A.e.HARDSHIP", date(2018, 1, 1), office=figures).amount == 1_500_000


def test_after_june_2025_a_rate_may_still_be_set_for_those_who_keep_the_old_law(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        enter(work, key="norm:A.e.HARDSHIP", unit=None, value=2_000_000, effective_from=date(2026, 2, 1))
        figures = limits.office_figures(work)
    assert law.norm("A.e.HARDSHIP", date(2026, 2, 1), Regime.A, figures).amount == 2_000_000


def test_the_days_of_tet_are_entered_as_one_range(any_office: Office) -> None:
    officer = f.actor(any_office, Role.LABOUR_DEPT, f.LABOUR)
    with Work(any_office, officer, write=True) as work:
        made = enter_holidays(work, first=date(2026, 2, 14), last=date(2026, 2, 22), **NOTICE)
        assert len(made) == 9
        again = enter_holidays(work, first=date(2026, 2, 22), last=date(2026, 2, 23), **NOTICE)
        assert [row.effective_from for row in again] == [date(2026, 2, 23)]
        with pytest.raises(Invalid):
            enter_holidays(work, first=date(2026, 2, 14), **NOTICE)
    with Work(any_office, officer) as work:
        assert len(holidays(work, 2026)) == 10 and holidays(work, 2025) == []
        assert holidays(work, 2026)[0].said == ("15/TB-UBND ngày 10/01/2026",)
        due = limits.due(work, "B.SUPPORT.EDU_VOC_HARDSHIP", date(2026, 2, 13))
        assert due.on == date(2026, 3, 6)  # nine working days after the last day of the holiday


def test_a_holiday_is_taken_back_by_a_document_and_both_are_shown(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True) as work:
        enter_holidays(work, first=date(2026, 9, 1), last=date(2026, 9, 2), **NOTICE)
    with Work(any_office, command_line(), write=True) as work:
        cancel_holidays(work, first=date(2026, 9, 1), document="20/TB", document_date=date(2026, 8, 1))
        with pytest.raises(Invalid):
            cancel_holidays(work, first=date(2026, 9, 3), document="20/TB", document_date=date(2026, 8, 1))
    with Work(any_office, command_line()) as work:
        assert limits.holidays(work) == {date(2026, 9, 2)}
        first, second = holidays(work, 2026)
        assert (first.off, second.off) == (False, True)
        assert first.said == ("15/TB-UBND ngày 10/01/2026", "Bỏ ngày nghỉ: 20/TB ngày 01/08/2026")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 2, 14), date(2026, 2, 13), "last"),
        (date(2026, 2, 14), date(2026, 3, 17), "last"),
    ],
)
def test_a_range_of_holidays_must_make_sense(office: Office, first: date, last: date, field: str) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as refused:
        enter_holidays(work, first=first, last=last, **NOTICE)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize(("role", "at"), [(Role.POLICE, "Công an tỉnh"), (Role.PARTNER, "Sở Tư pháp")])
def test_only_the_standing_agency_enters_values(office: Office, role: Role, at: str) -> None:
    with Work(office, f.actor(office, role, at), write=True) as work:
        with pytest.raises(Refused):
            enter(work)
        for verb in (enter_holidays, cancel_holidays):
            with pytest.raises(Refused):
                verb(work, first=date(2026, 9, 2), **NOTICE)


def test_who_has_no_plan_sees_no_values(office: Office) -> None:
    with Work(office, f.actor(office, Role.ADMIN, f.LABOUR)) as work:
        for ask in (office_values.entered, lambda work: holidays(work, 2026), office_values.missing):
            with pytest.raises(Refused):
                ask(work)
