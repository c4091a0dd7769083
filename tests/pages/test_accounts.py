"""Tài khoản: who may sign in; making, giving and taking roles; every refusal beside its field."""

from datetime import date

import pytest

from db.accounts import Role
from services import account_choices, accounts
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press, words

WORD = "một câu đủ dài"


@pytest.fixture
def admin(office: Office) -> Actor:
    """The one administrator, with an account of their own."""
    with Work(office, command_line(), write=True) as work:
        account = accounts.create_account(work, username="quantri", full_name="Hà Văn Khiêm", password=WORD)
        accounts.grant(work, account_id=account.id, role=Role.ADMIN, unit_id=f.unit(work, f.LABOUR).id)
    known = f.actor(office, Role.ADMIN, f.LABOUR)
    return Actor(account.id, account.full_name, known.holdings, "session")


@pytest.fixture
def officer_id(office: Office, admin: Actor) -> int:
    with Work(office, admin, write=True) as work:
        account = accounts.create_account(work, username="minh", full_name="Triệu <b>Minh</b>", password=WORD)
        accounts.grant(work, account_id=account.id, role=Role.POLICE, unit_id=f.unit(work).id)
        return account.id


def line(office: Office, account_id: int) -> accounts.AccountLine:
    with Work(office, command_line()) as work:
        return account_choices.one_account(work, account_id)


def test_the_list_shows_everybody_with_role_and_unit(open_screen: Open, admin: Actor, officer_id: int) -> None:
    seen = html(open_screen(admin, "accounts"))
    assert "Triệu &lt;b&gt;Minh&lt;/b&gt;" in seen and "Công an tỉnh" in seen and "Hà Văn Khiêm" in seen
    assert f'href="/accounts?id={officer_id:x}"' in seen


def test_a_name_is_found_without_marks(open_screen: Open, admin: Actor, officer_id: int) -> None:
    test = open_screen(admin, "accounts")
    field(test, "Tìm theo tên").set_value("trieu")
    seen = html(test.run())
    assert "Triệu" in seen and "Khiêm" not in seen


def test_an_account_is_made_with_its_role(open_screen: Open, office: Office, admin: Actor) -> None:
    test = open_screen(admin, "accounts", do="new")
    field(test, "Họ và tên").set_value("Nông Thị Hoa")
    field(test, "Tên đăng nhập").set_value("hoa")
    field(test, "Mật khẩu mới (từ 12 ký tự)").set_value(WORD)
    field(test, "Vai trò").set_value(Role.LABOUR_DEPT)
    test.run()
    with Work(office, command_line()) as work:
        unit_id = f.unit(work, f.LABOUR).id
    field(test, "Tại đơn vị").set_value(unit_id)
    said = words(press(test, "Lập tài khoản"))
    assert "Nông Thị Hoa" in said and "Đã lưu" in said
    with Work(office, command_line()) as work:
        made = next(one for one in accounts.list_accounts(work) if one.username == "hoa")
    assert [(held.role, held.unit_id, held.head) for held in made.holdings] == [(Role.LABOUR_DEPT, unit_id, False)]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(
    open_screen: Open, office: Office, admin: Actor
) -> None:
    test = open_screen(admin, "accounts", do="new")
    field(test, "Họ và tên").set_value("Nông Thị Hoa")
    field(test, "Tên đăng nhập").set_value("h a")
    field(test, "Mật khẩu mới (từ 12 ký tự)").set_value("ngắn")
    said = words(press(test, "Lập tài khoản"))
    for sentence in ("Từ 3 ký tự", "ít nhất 12 ký tự", "Cần chọn vai trò."):
        assert sentence in said
    assert field(test, "Họ và tên").value == "Nông Thị Hoa"
    with Work(office, command_line()) as work:
        assert len(accounts.list_accounts(work)) == 1


def test_units_offered_fit_the_role(open_screen: Open, office: Office, admin: Actor) -> None:
    test = open_screen(admin, "accounts", do="new")
    field(test, "Vai trò").set_value(Role.SHELTER)
    test.run()
    assert field(test, "Tại đơn vị").options == ["Cơ sở bảo trợ xã hội"]


def test_a_role_is_given_until_a_day(open_screen: Open, office: Office, admin: Actor, officer_id: int) -> None:
    test = open_screen(admin, "accounts", id=f"{officer_id:x}")
    field(test, "Vai trò").set_value(Role.SHELTER)
    test.run()
    with Work(office, command_line()) as work:
        field(test, "Tại đơn vị").set_value(f.unit(work, f.SHELTER).id)
    field(test, "Đến hết ngày").set_value("31/12/2099")
    press(test, "Giao thêm vai trò")
    held = line(office, officer_id).holdings
    assert (Role.SHELTER, date(2099, 12, 31)) in [(one.role, one.valid_to) for one in held]


@pytest.mark.parametrize(
    ("until", "sentence"),
    [("31/02/2099", "không có trong lịch"), ("01/01/2001", "trước ngày bắt đầu"), ("mai", "Ghi ngày/tháng/năm")],
)
def test_a_day_that_cannot_be_is_refused(
    open_screen: Open, office: Office, admin: Actor, officer_id: int, until: str, sentence: str
) -> None:
    test = open_screen(admin, "accounts", id=f"{officer_id:x}")
    field(test, "Đến hết ngày").set_value(until)
    assert sentence in words(press(test, "Giao thêm vai trò"))
    assert len(line(office, officer_id).holdings) == 1


def test_a_role_is_taken_back(open_screen: Open, office: Office, admin: Actor, officer_id: int) -> None:
    test = open_screen(admin, "accounts", id=f"{officer_id:x}")
    press(test, f"Thu hồi: {Role.POLICE.label}, Công an tỉnh")
    with Work(office, command_line()) as work:
        assert not account_choices.is_held(line(office, officer_id).holdings[0], work.today)


def test_a_password_is_set_and_the_old_one_is_over(open_screen: Open, admin: Actor, officer_id: int) -> None:
    before = accounts.credential("minh")
    test = open_screen(admin, "accounts", id=f"{officer_id:x}")
    field(test, "Mật khẩu mới (từ 12 ký tự)").set_value("câu khác cũng dài")
    assert "Đã lưu" in words(press(test, "Đặt mật khẩu mới"))
    assert accounts.credential("minh") != before


def test_an_account_is_locked_and_opened_again(open_screen: Open, admin: Actor, officer_id: int) -> None:
    press(open_screen(admin, "accounts", id=f"{officer_id:x}"), "Khóa tài khoản")
    assert accounts.credential("minh") is None
    press(open_screen(admin, "accounts", id=f"{officer_id:x}"), "Mở khóa tài khoản")
    assert accounts.credential("minh") is not None


def test_the_last_administrator_stays(open_screen: Open, office: Office, admin: Actor) -> None:
    test = open_screen(admin, "accounts", id=f"{admin.account_id:x}")
    assert "Phải còn ít nhất một người quản trị" in words(press(test, "Khóa tài khoản"))
    assert line(office, admin.account_id or 0).active


def test_an_account_that_is_not_there(open_screen: Open, admin: Actor) -> None:
    for asked in ("abc", "", "không"):
        assert open_screen(admin, "accounts", id=asked).error[0].value.startswith("Không tìm thấy")


@pytest.mark.parametrize("address", [{}, {"do": "new"}, {"id": "abc"}])
@pytest.mark.parametrize(("role", "at"), [(Role.LABOUR_DEPT, f.LABOUR), (Role.POLICE, "Công an tỉnh")])
def test_it_is_refused_to_the_others(
    open_screen: Open, office: Office, officer_id: int, role: Role, at: str, address: dict[str, str]
) -> None:
    test = open_screen(f.actor(office, role, at, head=True), "accounts", **address)
    assert test.error[0].value.startswith("Không tìm thấy")
    assert html(test) == "" and not test.text_input
