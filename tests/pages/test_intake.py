"""A new file in two minutes, and what happens when something is wrong with it."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from db.accounts import Role
from db.base import table_of
from db.cases import Case
from db.people import Person
from pages.ui import drafting, form
from services.office import Office
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press, words

SAVE = "Lưu hồ sơ"


@pytest.fixture
def intake(open_screen: Open, office: Office) -> Callable[[], Any]:
    return lambda: open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "intake")


def files(office: Office) -> int:
    with Work(office, command_line()) as work:
        return int(work.session.scalar(sa.select(sa.func.count()).select_from(table_of(Case))) or 0)


def test_a_name_is_enough(intake: Callable[[], Any], office: Office) -> None:
    """The day is today and the unit one's own, unless said otherwise."""
    test = intake()
    field(test, "Họ và tên").set_value("Nông Thị Mẩy")
    press(test, SAVE)
    seen = html(test)
    assert "Đã lưu hồ sơ <b>" in seen and "Nông Thị Mẩy" in seen and "Tiếp nhận người khác" in seen
    with Work(office, command_line()) as work:
        made = work.session.exec(select(Case)).one()
    assert f'href="/case?id={made.id:x}"' in seen and made.code in seen
    assert files(office) == 1
    assert field(test, "Họ và tên").value == ""  # ready for the next person


def test_somebody_without_a_name_is_received_by_one_click(intake: Callable[[], Any], office: Office) -> None:
    test = intake()
    press(test, SAVE)
    assert "chưa biết tên thì đánh dấu «Chưa rõ tên»" in html(test) and files(office) == 0
    field(test, "Chưa rõ tên").check().run()
    press(test, SAVE)
    assert "(Chưa rõ tên)" in html(test)
    with Work(office, command_line()) as work:
        assert work.session.exec(select(Person)).one().name_unknown is True


def test_what_keeps_a_person_safe_is_asked_first(intake: Callable[[], Any], office: Office) -> None:
    test = intake()
    field(test, "Họ và tên").set_value("Nông Thị Mẩy")
    field(test, "Cách liên hệ an toàn").set_value("chị ruột")
    field(test, "Không liên hệ khi").set_value("sau 20 giờ")
    field(test, "Cần phiên dịch").select("Có")
    press(test, SAVE)
    with Work(office, command_line()) as work:
        person = work.session.exec(select(Person)).one()
        assert (person.safe_contact, person.no_contact) == ("chị ruột", "sau 20 giờ") and person.interpreter


def test_what_was_typed_stays_with_the_sentences_beside_the_fields(
    intake: Callable[[], Any], office: Office
) -> None:
    test = intake()
    field(test, "Ngày sinh").set_value("31/02/1999")
    field(test, "Số CMND/CCCD").set_value("12")
    field(test, "Họ và tên").set_value("Bàn A Pham")
    press(test, SAVE)
    seen = html(test)
    assert seen.count('class="problem"') == 2
    assert "Ngày sinh: Ngày này không có trong lịch." in seen
    assert "9 hoặc 12 chữ số" in seen
    assert field(test, "Họ và tên").value == "Bàn A Pham" and field(test, "Ngày sinh").value == "31/02/1999"
    assert files(office) == 0


def test_a_sentence_goes_when_its_field_is_mended(intake: Callable[[], Any], office: Office) -> None:
    test = intake()
    press(test, SAVE)
    assert "Cần ghi họ và tên" in html(test)
    field(test, "Họ và tên").set_value("Bàn A Pham").run()
    assert 'class="problem"' not in html(test)
    press(test, SAVE)
    assert files(office) == 1


def test_a_second_press_saves_nothing_more(
    intake: Callable[[], Any], office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second half of a double click reaches the fresh form while it is a moment old."""
    test = intake()
    field(test, "Họ và tên").set_value("Nông Thị Mẩy")
    press(test, SAVE)
    field(test, "Họ và tên").set_value("Nông Thị Mẩy")
    press(test, SAVE)
    assert files(office) == 1
    monkeypatch.setattr(drafting, "TWICE", -1.0)
    press(test, SAVE)
    assert files(office) == 2


def test_a_reload_finds_what_was_being_typed(intake: Callable[[], Any]) -> None:
    test = intake()
    field(test, "Họ và tên").set_value("Triệu Mùi Sao").run()
    field(test, "Thôn, số nhà, đường").set_value("Bản Cám").run()
    again = intake()
    assert field(again, "Họ và tên").value == "Triệu Mùi Sao"
    assert field(again, "Thôn, số nhà, đường").value == "Bản Cám"
    assert form.KEPT in words(again)
    press(again, form.AGAIN)
    assert field(again, "Họ và tên").value == ""
    assert field(intake(), "Họ và tên").value == ""


def test_somebody_else_does_not_find_it(open_screen: Open, office: Office, intake: Callable[[], Any]) -> None:
    field(intake(), "Họ và tên").set_value("Triệu Mùi Sao").run()
    other = f.actor(office, Role.LABOUR_DEPT, f.LABOUR, account_id=8)
    assert field(open_screen(other, "intake"), "Họ và tên").value == ""


def test_files_with_a_name_like_it_are_shown_while_typing(intake: Callable[[], Any], office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        code = f.case(work, full_name="Đỗ Thị Hòa").code
    test = intake()
    field(test, "Họ và tên").set_value("hoa do").run()
    assert "Đỗ Thị Hòa" in html(test) and code in html(test)


def test_only_files_one_may_see_are_shown(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work, full_name="Đỗ Thị Hòa")
    elsewhere = f.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")
    test = open_screen(elsewhere, "intake")
    field(test, "Họ và tên").set_value("hoa do").run()
    assert "Đỗ Thị Hòa" not in html(test)


def test_the_commune_follows_the_district_and_the_day(intake: Callable[[], Any]) -> None:
    test = intake()
    assert not has_field(test, "Huyện, thành phố cư trú")  # no districts any more today
    assert any(option.startswith("Xã Na Rì") for option in field(test, "Xã, phường cư trú").options)
    field(test, "Ngày tiếp nhận").set_value("03/07/2018").run()
    assert not has_field(test, "Xã, phường cư trú")
    district = next(o for o in field(test, "Huyện, thành phố cư trú").options if "Na Rì" in o)
    field(test, "Huyện, thành phố cư trú").select(district).run()
    assert any(option.startswith("Xã Kim Lư") for option in field(test, "Xã, phường cư trú").options)
    assert not has_field(test, "Tỉnh cư trú (ngoài tỉnh)")


def test_the_country_is_asked_only_for_those_brought_abroad(intake: Callable[[], Any]) -> None:
    test = intake()
    assert not has_field(test, "Nước")
    field(test, "Nơi bị mua bán").set_value("abroad").run()
    assert has_field(test, "Nước")
    field(test, "Nơi bị mua bán").set_value("unknown").run()  # an answer, other than empty
    assert not has_field(test, "Nước")


def test_a_shelter_cannot_take_in(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.SHELTER, f.SHELTER), "intake")
    assert test.error and not test.text_input


def test_hands_off_a_day_to_come(intake: Callable[[], Any], office: Office) -> None:
    test = intake()
    field(test, "Họ và tên").set_value("Bàn A Pham")
    field(test, "Ngày tiếp nhận").set_value("01/01/2999").run()
    press(test, SAVE)
    assert files(office) == 0 and field(test, "Ngày tiếp nhận").value == "01/01/2999"


def test_a_unit_that_has_ended_is_told_and_its_own_person_keeps_the_file(
    open_screen: Open, office: Office
) -> None:
    """An officer of a district that is no more receives somebody today for the unit that took over."""
    test = open_screen(f.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), "intake")
    assert "Đơn vị của bạn đã kết thúc hoạt động ngày 30/06/2025; chọn đơn vị tiếp nhận hiện nay." in html(test)
    assert field(test, "Đơn vị tiếp nhận").value is None
    field(test, "Họ và tên").set_value("Nông Thị Mẩy")
    field(test, "Đơn vị tiếp nhận").set_value(_unit(office, "Sở Y tế"))
    press(test, SAVE)
    assert "Đã lưu hồ sơ" in html(test) and "Mở hồ sơ" in html(test)


def test_the_own_unit_is_chosen_on_a_day_on_which_it_was_at_work(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), "intake")
    field(test, "Ngày tiếp nhận").set_value("03/07/2018").run()
    assert field(test, "Đơn vị tiếp nhận").value == _unit(office, "UBND Huyện Na Rì")
    assert "đã kết thúc hoạt động" not in html(test)
    field(test, "Đơn vị tiếp nhận").set_value(None).run()  # emptied on purpose
    assert field(test, "Đơn vị tiếp nhận").value is None
    field(test, "Ngày tiếp nhận").set_value("01/07/2026").run()
    field(test, "Ngày tiếp nhận").set_value("04/07/2018").run()
    assert field(test, "Đơn vị tiếp nhận").value == _unit(office, "UBND Huyện Na Rì")


def _unit(office: Office, name: str) -> str:
    with Work(office, command_line()) as work:
        return format(f.unit(work, name).id, "x")


@pytest.mark.parametrize(("typed", "fits"), [("0912 345.678", True), ("+84 912345678", True), ("09l2-345", False)])
def test_a_telephone_number_is_made_of_digits(
    intake: Callable[[], Any], office: Office, typed: str, fits: bool
) -> None:
    test = intake()
    field(test, "Họ và tên").set_value("Bàn A Pham")
    field(test, "Điện thoại an toàn").set_value(typed)
    press(test, SAVE)
    assert files(office) == int(fits)
    assert ("Số điện thoại chỉ gồm chữ số" in html(test)) is not fits


def test_similar_files_stand_beside_the_form_and_under_the_name(intake: Callable[[], Any]) -> None:
    seen = html(intake())
    assert seen.count("Có thể đã có hồ sơ") == 2
    assert 'class="on-wide"' in seen and 'class="on-narrow"' in seen  # one of them is shown
