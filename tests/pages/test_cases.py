"""The list of files: found, narrowed, sent, reopened, and left as it was."""

from datetime import date, timedelta

import pytest

from db.accounts import Role
from db.cases import Place
from services import verification
from services.office import Office
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


def test_only_those_who_may_export_have_the_buttons(open_screen: Open, office: Office, files: None) -> None:
    police = open_screen(f.actor(office, *POLICE), "cases")
    assert {"Xuất Excel", "Xuất PDF"} <= {button.label for button in police.button}
    shelter = open_screen(f.actor(office, Role.SHELTER, f.SHELTER), "cases")
    assert "Xuất Excel" not in {button.label for button in shelter.button}


@pytest.mark.parametrize("role, at", [(Role.LEADER, "Ủy ban nhân dân tỉnh"), (Role.ADMIN, f.LABOUR)])
def test_who_may_see_no_person_sees_no_list(
    open_screen: Open, office: Office, files: None, role: Role, at: str
) -> None:
    test = open_screen(f.actor(office, role, at), "cases")
    assert test.error and "Bàn Thị" not in html(test)
