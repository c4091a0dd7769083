"""Làm cho nhiều hồ sơ on the screen: chosen from a list, filled in once, looked at, done once."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db.accounts import Role
from db.cases import CaseState
from services import case_search, cases, verification
from services.access import Right
from services.office import Office
from services.registers import case_list
from services.registers.listing import Query
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press

POLICE = (Role.POLICE, "Công an tỉnh")


@pytest.fixture
def files(office: Office) -> list[int]:
    with Work(office, command_line(), write=True) as work:
        found = [f.case(work, full_name=f"Bàn Thị Số {number}") for number in range(3)]
        last = found[-1]
        verification.request(work, last, requested_on=date(2018, 7, 5), unit_id=f.unit(work).id)
        verification.conclude(
            work, last, outcome=verification.Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 9), right=Right.IMPORT
        )
        return [int(case.id) for case in found]


def opened(open_screen: Open, office: Office) -> AppTest:
    """The page as it is reached from the list of files."""
    from pages.ui import bulk

    test = open_screen(f.actor(office, *POLICE), "bulk")
    test.session_state["bulk:source"] = bulk.Source(
        "/cases", 1, 3, 3, lambda work, number, size: _ids(work, number, size)
    )
    return test.run()


def _ids(work: Work, number: int, size: int) -> list[int]:
    return [row.id for row in case_list.CASES.find(work, Query(), number, size).rows]


def states(office: Office, ids: list[int]) -> list[CaseState]:
    with Work(office, command_line()) as work:
        found = {
            row.id: row.state for row in case_search.find(work, case_search.CaseFilter(ids=frozenset(ids))).rows
        }
    return [found[case_id] for case_id in ids]


def fill_in(test: AppTest, office: Office) -> AppTest:
    with Work(office, command_line()) as work:
        unit = format(f.unit(work).id, "x")
    field(test, "Việc cần làm").set_value("request").run()
    field(test, "Ngày đề nghị xác minh").set_value("10/7/2018")
    field(test, "Cơ quan xác minh").set_value(unit)
    return press(test, "Xem trước")


def test_the_list_of_files_leads_here(open_screen: Open, office: Office, files: list[int]) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases")
    assert 'href="/bulk"' in html(test) and test.session_state["bulk:source"].total == 3
    shelter = open_screen(f.actor(office, Role.SHELTER, f.SHELTER), "cases")
    assert 'href="/bulk"' not in html(shelter)


def test_a_work_list_leads_here_too(open_screen: Open, office: Office, files: list[int]) -> None:
    assert 'href="/bulk"' in html(open_screen(f.actor(office, *POLICE), "verification"))


def test_without_a_list_it_says_what_to_do(open_screen: Open, office: Office) -> None:
    assert "Mở một danh sách hồ sơ" in html(open_screen(f.actor(office, *POLICE), "bulk"))


def test_looked_at_first_then_done_once(open_screen: Open, office: Office, files: list[int]) -> None:
    test = fill_in(opened(open_screen, office), office)
    seen = html(test)
    assert "2 hồ sơ. Chưa ghi gì" in seen and "1 hồ sơ:" in seen and "chưa làm được bước" in seen
    assert states(office, files)[:2] == [CaseState.RECEIVED, CaseState.RECEIVED]  # only looked at
    press(test, "Ghi cho 2 hồ sơ")
    assert "Đã ghi 2 hồ sơ." in html(test) and f'href="/case?id={files[0]:x}"' in html(test)
    assert states(office, files) == [CaseState.VERIFYING, CaseState.VERIFYING, CaseState.NOT_VICTIM]
    test.run()  # whatever comes again draws the outcome, and does nothing
    with Work(office, command_line()) as work:
        assert len(cases.view(work, files[0]).requests) == 1
    assert not dict(test.query_params)  # which files is in no address


def test_what_is_left_out_stays_as_it_was(open_screen: Open, office: Office, files: list[int]) -> None:
    test = fill_in(opened(open_screen, office), office)
    next(box for box in test.checkbox if "Số 0" in box.label).uncheck().run()
    press(test, "Ghi cho 1 hồ sơ")
    assert states(office, files)[:2] == [CaseState.RECEIVED, CaseState.VERIFYING]


def test_back_to_the_form_keeps_what_was_typed(open_screen: Open, office: Office, files: list[int]) -> None:
    test = press(fill_in(opened(open_screen, office), office), "Quay lại sửa")
    field(test, "Việc cần làm").set_value("request").run()
    assert field(test, "Ngày đề nghị xác minh").value == "10/07/2018"


def test_nothing_chosen_is_said(open_screen: Open, office: Office, files: list[int]) -> None:
    test = press(opened(open_screen, office), "Bỏ chọn hết")
    field(test, "Việc cần làm").set_value("request").run()
    assert "Chưa chọn hồ sơ nào." in html(test)
    assert not any(button.label == "Xem trước" for button in test.button)


def test_a_wrong_field_is_said_before_anything_is_tried(
    open_screen: Open, office: Office, files: list[int]
) -> None:
    test = opened(open_screen, office)
    field(test, "Việc cần làm").set_value("request").run()
    field(test, "Ngày đề nghị xác minh").set_value("hôm qua")
    press(test, "Xem trước")
    assert "Ghi ngày/tháng/năm, ví dụ 05/03/2018." in html(test) and "Sẽ ghi" not in html(test)
