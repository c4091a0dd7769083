"""A register on the screen, from three lines of a page: its list, its form, one row, deletion and its undo."""

import sys
from types import SimpleNamespace

import pytest

from db.accounts import Role
from db.cases import Incident
from pages.ui import register
from services.errors import Refused
from services.office import Office
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press
from tests.services.registers_for_tests import EVENTS, fill

POLICE = (Role.POLICE, "Công an tỉnh")


@pytest.fixture
def events(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setitem(sys.modules, "pages.events", SimpleNamespace(render=lambda: register.draw(EVENTS)))
    with Work(office, command_line(), write=True, today=f.TODAY) as work:
        return fill(work, 6)


def test_the_list_with_its_filters_search_and_the_way_to_a_new_row(
    open_screen: Open, office: Office, events: list[int]
) -> None:
    test = open_screen(f.actor(office, *POLICE), "events")
    seen = html(test)
    assert "3 sự kiện" in seen and f"/events?id={events[0]:x}" in seen and "/events?do=add" in seen
    field(test, "Tìm").set_value("dong dang").run()
    assert "2 sự kiện" in html(test) and "SK-000" in html(test) and "SK-002" not in html(test)


def test_a_row_is_added_through_the_form(open_screen: Open, office: Office, events: list[int]) -> None:
    test = open_screen(f.actor(office, *POLICE), "events", do="add")
    with Work(office, command_line()) as work:
        unit = format(f.unit(work).id, "x")
    field(test, "Ngày tiếp nhận").set_value("3/7/2018")
    field(test, "Đơn vị tiếp nhận").set_value(unit)
    press(test, "Lưu")
    assert "Cần ghi số vụ việc." in html(test)  # nothing typed is lost
    assert field(test, "Ngày tiếp nhận").value == "3/7/2018"
    field(test, "Số vụ việc").set_value("SK-777")
    field(test, "Tóm tắt vụ việc").set_value("Giải cứu")
    press(test, "Lưu")
    assert set(test.query_params) == {"id"} and "SK-777" in html(test) and "03/07/2018" in html(test)
    assert "Giải cứu" in html(test) and "Ghi mới vụ việc" in html(test)


def test_a_row_is_changed_and_its_history_says_which_fields(
    open_screen: Open, office: Office, events: list[int]
) -> None:
    test = open_screen(f.actor(office, *POLICE), "events", id=f"{events[0]:x}", do="edit")
    assert field(test, "Số vụ việc").value == "SK-000"
    field(test, "Tóm tắt vụ việc").set_value("Nay đã rõ")
    press(test, "Lưu")
    assert dict(test.query_params) == {"id": f"{events[0]:x}"}
    assert "Nay đã rõ" in html(test) and "Tóm tắt vụ việc." in html(test)


def test_a_row_is_deleted_with_a_reason_and_put_back(open_screen: Open, office: Office, events: list[int]) -> None:
    test = open_screen(f.actor(office, *POLICE), "events", id=f"{events[0]:x}", do="remove")
    field(test, "Lý do xóa").set_value("Nhập nhầm hai lần")
    press(test, "Xóa")
    assert not dict(test.query_params) and "2 sự kiện" in html(test)
    press(test, "Khôi phục nội dung vừa xóa")
    assert "3 sự kiện" in html(test)
    with Work(office, command_line()) as work:
        assert work.session.get(Incident, events[0]).summary == "Giải cứu ở Đồng Đăng"


@pytest.mark.parametrize("address", [{"id": "zz"}, {"id": "123"}, {"id": "123", "do": "edit"}])
def test_what_is_not_there_is_not_found(
    open_screen: Open, office: Office, events: list[int], address: dict[str, str]
) -> None:
    test = open_screen(f.actor(office, *POLICE), "events", **address)
    assert [error.value for error in test.error] == [Refused.sentence]


def test_who_may_read_but_not_write_has_no_way_to_the_form(
    open_screen: Open, office: Office, events: list[int]
) -> None:
    leader = f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh")
    assert "do=add" not in html(open_screen(leader, "events"))
    assert open_screen(leader, "events", do="add").error
