"""The list of files: found, narrowed, sent, reopened, and left as it was."""

import re
from datetime import date, timedelta

import pytest

from db.accounts import Account, Role
from db.cases import Place
from services import verification
from services.errors import Refused
from services.office import Office
from services.registers import saved_lists
from services.registers.case_list import CASES
from services.registers.listing import Query
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press

POLICE = (Role.POLICE, "Công an tỉnh")


@pytest.fixture
def files(office: Office) -> None:
    """Sixty files of 2018, the last two days of them under verification."""
    with Work(office, command_line(), write=True) as work:
        for number in range(60):
            day = date(2018, 1, 1) + timedelta(days=number)
            case = f.case(work, full_name=f"Bàn Thị Số {number:02d}", received_on=day)
            if number >= 58:
                verification.request(work, case, requested_on=day, unit_id=f.unit(work).id)
        f.case(work, full_name="Đỗ Thị Hòa", received_on=date(2017, 5, 1), place=Place.IN_PROVINCE, country=None)


def rows(seen: str) -> int:
    return seen.count("<tr>") - 1


def test_one_page_of_rows_and_the_way_to_the_next(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases")
    assert rows(html(test)) == 50 and "61 hồ sơ, trang 1/2" in html(test)
    assert 'href="/cases?page=2"' in html(test)
    second = open_screen(f.actor(office, *POLICE), "cases", page="2")
    assert rows(html(second)) == 11 and 'rel="next"' not in html(second)


def test_a_name_is_found_without_marks_in_any_order(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases")
    field(test, "Tìm hồ sơ").set_value("hoa do").run()
    assert rows(html(test)) == 1 and "Đỗ Thị Hòa" in html(test)


def test_what_was_typed_never_stands_in_the_address(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases")
    field(test, "Tìm hồ sơ").set_value("hoa do")
    field(test, "Tình trạng").set_value("received").run()
    assert dict(test.query_params) == {"state": "received"}
    assert "hoa" not in test.session_state["list_address"]


def test_an_address_opens_the_same_list(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases", state="verifying", place="abroad")
    assert "2 hồ sơ" in html(test)
    assert field(test, "Tình trạng").value == "verifying"
    assert field(test, "Nơi bị mua bán").value == "abroad"  # the further filters are open when they are used
    assert test.session_state["list_address"] == "/cases?state=verifying&place=abroad"


def test_a_filter_goes_into_the_address_and_begins_at_the_first_page(
    open_screen: Open, office: Office, files: None
) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases", page="2")
    field(test, "Tình trạng").set_value("received").run()
    assert dict(test.query_params) == {"state": "received"} and "trang 1/2" in html(test)


def test_from_one_day_to_another(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(
        f.actor(office, *POLICE), "cases", **{"from": "01/01/2018", "to": "10/01/2018", "sort": "oldest"}
    )
    assert rows(html(test)) == 10 and html(test).index("Số 00") < html(test).index("Số 09")


def test_nonsense_in_an_address_narrows_nothing(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(
        f.actor(office, *POLICE), "cases", state="x", unit="zz", page="-1", sort="drop", **{"from": "hôm qua"}
    )
    assert not test.exception and "61 hồ sơ" in html(test)


def test_all_filters_are_taken_off_at_once(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases", state="verifying")
    field(test, "Tìm hồ sơ").set_value("ban").run()
    press(test, "Bỏ lọc")
    assert "61 hồ sơ" in html(test) and not dict(test.query_params) and field(test, "Tìm hồ sơ").value == ""


def test_a_district_sees_its_own(open_screen: Open, office: Office, files: None) -> None:
    assert "61 hồ sơ" in html(open_screen(f.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), "cases"))
    other = html(open_screen(f.actor(office, Role.LOCAL, "UBND Huyện Ba Bể"), "cases"))
    assert "0 hồ sơ" in other and "Bàn Thị" not in other


FILES = {
    "In danh sách (PDF)",
    "Xuất Excel danh sách",
    "Sổ tiếp nhận theo mẫu (Excel)",
    "Sổ tiếp nhận theo mẫu (PDF)",
}


def test_only_those_who_may_export_have_the_files(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases")
    assert not FILES & {button.label for button in test.button}  # made when they are wanted
    test.session_state["cases:files"] = True
    assert {button.label for button in test.run().button} >= FILES
    shelter = open_screen(f.actor(office, Role.SHELTER, f.SHELTER), "cases")
    assert "cases:files" not in shelter.session_state


def test_a_head_sorts_and_says_how(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases", state="verifying", sort="code")
    seen = html(test)
    assert 'aria-sort="ascending"><a href="/cases?state=verifying&amp;sort=code_down">Số hồ sơ ▲' in seen
    down = html(open_screen(f.actor(office, *POLICE), "cases", sort="code_down"))
    assert down.index("2018-0060") < down.index("2018-0059")


def test_a_list_is_kept_opened_again_and_forgotten(open_screen: Open, office: Office, files: None) -> None:
    with Work(office, command_line(), write=True) as work:
        account = Account(username="kien", full_name="Ma Văn Kiên", active=True)
        work.session.add(account)
    actor = f.actor(office, *POLICE, account_id=account.id)
    test = open_screen(actor, "cases", state="verifying", do="keep")
    field(test, "Tên danh sách").set_value("Đang chờ")
    press(test, "Lưu")
    assert dict(test.query_params) == {"state": "verifying"}
    saved = re.search(r'/cases\?saved=([0-9a-f]+)" class="now"', html(test))
    again = open_screen(actor, "cases", saved=saved[1])
    assert dict(again.query_params) == {"state": "verifying"} and "2 hồ sơ" in html(again)
    press(open_screen(actor, "cases", state="verifying", do="list", row=saved[1]), "Xóa danh sách này")
    assert "Đang chờ" not in html(open_screen(actor, "cases"))


def test_a_saved_search_comes_back_without_standing_in_the_address(
    open_screen: Open, office: Office, files: None
) -> None:
    with Work(office, command_line(), write=True) as work:
        account = Account(username="kien", full_name="Ma Văn Kiên", active=True)
        work.session.add(account)
    actor = f.actor(office, *POLICE, account_id=account.id)
    with Work(office, actor, write=True) as work:
        form = saved_lists.keep_form(CASES, Query({}, "hoa do"))
        saved = form.save(saved_lists.new(work, CASES), {"title": "Hòa"}).id
    test = open_screen(actor, "cases", saved=f"{saved:x}")
    assert rows(html(test)) == 1 and not dict(test.query_params)
    assert field(test, "Tìm hồ sơ").value == "hoa do"


def test_somebody_elses_list_does_not_open(open_screen: Open, office: Office, files: None) -> None:
    test = open_screen(f.actor(office, *POLICE), "cases", saved="123")
    assert [error.value for error in test.error] == [Refused.sentence] and rows(html(test) + "<tr>") == 0


@pytest.mark.parametrize("role, at", [(Role.LEADER, "Ủy ban nhân dân tỉnh"), (Role.ADMIN, f.LABOUR)])
def test_who_may_see_no_person_sees_no_list(
    open_screen: Open, office: Office, files: None, role: Role, at: str
) -> None:
    test = open_screen(f.actor(office, role, at), "cases")
    assert test.error and "Bàn Thị" not in html(test)
