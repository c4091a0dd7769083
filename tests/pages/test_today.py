"""Hôm nay: each role's start, every line a link; one's own password."""

import pytest

from db.accounts import Account, Role
from services import accounts
from services.office import Office
from services.passwords import hash_password
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press, words


def test_an_officer_finds_what_waits_and_the_next_report(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "today"))
    assert "Việc đang chờ" in seen and 'href="/verification?list=to_request' in seen
    assert "Báo cáo đến hạn" in seen and 'href="/reports?period=' in seen
    assert "Nông Thị Mẩy" not in seen


def test_a_leader_sees_no_number_and_no_person(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = html(open_screen(f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"), "today"))
    assert 'class="count' not in seen and "Nông" not in seen and 'href="/reports' not in seen
    assert 'href="/plan"' in seen and 'href="/guide"' in seen


def test_an_administrator_sees_accounts_and_the_backup(open_screen: Open, office: Office) -> None:
    seen = html(open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "today"))
    assert "Chưa có bản sao lưu" in seen and 'href="/accounts"' in seen
    assert 'href="/cases"' not in seen and 'href="/plan"' not in seen


def test_links_are_only_to_one_s_own_screens(open_screen: Open, office: Office) -> None:
    seen = html(open_screen(f.actor(office, Role.SHELTER, f.SHELTER), "today"))
    for address in ("import", "statistics", "reports", "accounts", "trail"):
        assert f'href="/{address}"' not in seen
    assert "Báo cáo đến hạn" not in seen


@pytest.fixture
def person(office: Office) -> Actor:
    known = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    with Work(office, command_line(), write=True) as work:
        account = Account(
            username="binh", full_name="Hà Thị Bình", password_hash=hash_password("một câu đủ dài"), active=True
        )
        work.session.add(account)
        return Actor(account.id, "Hà Thị Bình", known.holdings, "session")


def change(open_screen: Open, person: Actor, current: str, new: str, again: str) -> str:
    test = open_screen(person, "today")
    field(test, "Mật khẩu đang dùng").set_value(current)
    field(test, "Mật khẩu mới (từ 12 ký tự)").set_value(new)
    field(test, "Gõ lại mật khẩu mới").set_value(again)
    return words(press(test, "Đổi mật khẩu của bạn"))


def test_one_changes_one_s_own_password(open_screen: Open, office: Office, person: Actor) -> None:
    before = accounts.credential("binh")
    change(open_screen, person, "một câu đủ dài", "câu khác cũng dài", "câu khác cũng dài")
    after = accounts.credential("binh")
    assert before and after and before.password_hash != after.password_hash


@pytest.mark.parametrize(
    ("current", "new", "again", "sentence"),
    [
        ("đoán mò thôi mà", "câu khác cũng dài", "câu khác cũng dài", "Mật khẩu đang dùng không đúng."),
        ("một câu đủ dài", "câu khác cũng dài", "câu khác nữa cơ", "không giống nhau"),
        ("một câu đủ dài", "ngắn", "ngắn", "ít nhất 12 ký tự"),
    ],
)
def test_a_wrong_password_says_so_beside_its_field(
    open_screen: Open, office: Office, person: Actor, current: str, new: str, again: str, sentence: str
) -> None:
    before = accounts.credential("binh")
    assert sentence in change(open_screen, person, current, new, again)
    assert accounts.credential("binh") == before
