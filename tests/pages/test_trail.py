"""Nhật ký: sentences with filters, a page at a time; the check for administrators."""

import pytest

from db.accounts import Role
from db.trail import Action
from services import cases
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press, words


@pytest.fixture
def head(office: Office) -> Actor:
    return f.actor(office, Role.LABOUR_DEPT, f.LABOUR, head=True)


@pytest.fixture
def code(office: Office, head: Actor) -> str:
    """A file received and opened by the head, another by somebody else."""
    with Work(office, head, write=True) as work:
        case = f.case(work, unit_id=f.unit(work, f.LABOUR).id)
    with Work(office, head) as work:
        cases.view(work, case.id)
    with Work(office, f.actor(office, Role.POLICE, "Công an tỉnh", account_id=8), write=True) as work:
        f.case(work, full_name="Lý Thị Sáy")
    return case.code


def test_a_head_reads_what_the_unit_did(open_screen: Open, head: Actor, code: str) -> None:
    seen = html(open_screen(head, "trail"))
    assert f"Xem hồ sơ {code}" in seen and 'href="/case?id=' in seen
    assert "Cán bộ công an" not in seen and "Nông" not in seen and "Lý Thị Sáy" not in seen


def test_an_administrator_reads_everything_but_no_file(
    open_screen: Open, office: Office, head: Actor, code: str
) -> None:
    test = open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "trail")
    assert "Cán bộ công an" in html(test) and code not in html(test) and "/case?id=" not in html(test)
    assert not has_field(test, "Số hồ sơ")


def test_filters_narrow_and_stand_in_the_address(open_screen: Open, head: Actor, code: str) -> None:
    seen = html(open_screen(head, "trail", what=Action.READ.value))
    assert "1 dòng" in seen and "Xem hồ sơ" in seen
    assert "Không có dòng nào khớp." in html(open_screen(head, "trail", since="01/01/2999"))


def test_a_file_is_asked_for_by_its_number(open_screen: Open, head: Actor, code: str) -> None:
    test = open_screen(head, "trail")
    field(test, "Số hồ sơ").set_value(code)
    assert f"Xem hồ sơ {code}" in html(test.run())
    field(test, "Số hồ sơ").set_value("2018-9999")
    assert "Không có dòng nào khớp." in html(test.run())
    assert code not in str(dict(test.query_params))


def test_pages_are_turned_by_links(open_screen: Open, office: Office, head: Actor) -> None:
    with Work(office, head, write=True) as work:
        for number in range(60):
            work.record(Action.COMMAND, "statistics", fields=str(number))
    seen = html(open_screen(head, "trail"))
    assert "Trang 1/2" in seen and 'href="/trail?page=2"' in seen
    assert "Trang 2/2" in html(open_screen(head, "trail", page="2"))


def test_an_administrator_checks_the_whole_trail(open_screen: Open, office: Office, code: str) -> None:
    admin = f.actor(office, Role.ADMIN, f.LABOUR)
    assert "Nhật ký nguyên vẹn" in words(press(open_screen(admin, "trail"), "Kiểm tra toàn bộ"))


def test_a_row_changed_outside_is_said(open_screen: Open, office: Office, code: str) -> None:
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE case_file SET country = 'Lào'")
    said = words(press(open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "trail"), "Kiểm tra toàn bộ"))
    assert "đã bị sửa ngoài chương trình" in said and "Nhật ký nguyên vẹn" not in said


def test_a_head_has_no_check(open_screen: Open, head: Actor) -> None:
    assert not [button for button in open_screen(head, "trail").button if button.label == "Kiểm tra toàn bộ"]


@pytest.mark.parametrize(("role", "at"), [(Role.LABOUR_DEPT, f.LABOUR), (Role.LEADER, "Ủy ban nhân dân tỉnh")])
def test_it_is_refused_to_the_others(open_screen: Open, office: Office, code: str, role: Role, at: str) -> None:
    test = open_screen(f.actor(office, role, at), "trail")
    assert test.error[0].value.startswith("Không tìm thấy") and "Xem hồ sơ" not in words(test)


def test_command_line_work_is_named(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        work.record(Action.COMMAND, "statistics", fields="2018")
    assert "Người vận hành máy chủ" in html(open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "trail"))
