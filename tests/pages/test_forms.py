"""The drawer of every form: what it draws, what it hides, two people at one file."""

from collections.abc import Iterator

import pytest

from db.accounts import Role
from db.people import Person
from pages.ui import form as drawer
from services import intake
from services.office import Office
from services.registers import case_forms
from services.registers.core import Kind
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press, words

NA_RI = (Role.LOCAL, "UBND Huyện Na Rì")


@pytest.fixture
def case_id(office: Office) -> Iterator[str]:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work)
    yield format(case.id, "x")


def test_required_fields_are_marked_and_kinds_become_widgets(
    open_screen: Open, office: Office, case_id: str
) -> None:
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="deliver")
    labels = [each.label for each in (*test.selectbox, *test.text_input)]
    assert "Loại hỗ trợ *" in labels and "Số tiền (đồng)" in labels
    assert field(test, "Ngày hỗ trợ").placeholder == "ngày/tháng/năm"


def test_every_kind_of_fact_can_be_drawn() -> None:
    kinds = {one.kind for form in case_forms.FORMS.values() for one in form.fields}
    assert kinds == set(Kind)


def test_what_a_role_may_not_see_is_not_drawn(open_screen: Open, office: Office, case_id: str) -> None:
    """The shelter's staff and the labour department record support; neither is asked about protection."""
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="evidence")
    assert not has_field(test, "Nội dung tóm tắt") and test.error


def test_the_edit_form_starts_from_what_is_known(open_screen: Open, office: Office, case_id: str) -> None:
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="correct")
    assert field(test, "Họ và tên").value == "Nông Thị Mẩy"
    assert field(test, "Ngày sinh").value == "04/1999"
    assert field(test, "Nước").value == "Trung Quốc"
    assert not any(button.label == drawer.AGAIN for button in test.button)


def test_an_edit_is_saved_and_seen_at_once(open_screen: Open, office: Office, case_id: str) -> None:
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="correct")
    field(test, "Họ và tên").set_value("Nông Thị May")
    press(test, "Lưu")
    assert "Nông Thị May" in html(test) and not test.text_input  # the form is closed, the file is fresh
    assert [each.value for each in test.toast] == [drawer.SAVED]
    assert dict(test.query_params) == {"id": case_id}


def test_two_people_at_one_file_see_what_differs(open_screen: Open, office: Office, case_id: str) -> None:
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="correct")
    field(test, "Họ và tên").set_value("Nông Thị May")
    _meanwhile(office, case_id, full_name="Nông Thị Mây", alias="Mẩy")
    press(test, "Lưu")
    seen = html(test)
    assert "Người khác vừa sửa hồ sơ này" in seen
    assert "Họ và tên: người khác và bạn ghi khác nhau" in seen and "Tên khác: đã lấy nội dung mới" in seen
    assert field(test, "Họ và tên").value == "Nông Thị May"  # kept
    assert field(test, "Tên khác").value == "Mẩy"  # taken over, so it is not undone
    press(test, "Lưu")
    assert _name(office, case_id) == ("Nông Thị May", "Mẩy")


def _meanwhile(office: Office, case_id: str, **changes: str) -> None:
    with Work(office, command_line(), write=True) as work:
        asked = case_forms.asked(work, case_forms.CORRECT, int(case_id, 16))
        facts = intake.facts_of(asked.file, asked.subject)
        for name, value in changes.items():
            setattr(facts, name, value)
        intake.correct(work, asked.file, asked.subject, facts=facts)


def _name(office: Office, case_id: str) -> tuple[str, str | None]:
    with Work(office, command_line()) as work:
        person: Person = case_forms.asked(work, case_forms.CORRECT, int(case_id, 16)).subject
        return person.full_name, person.alias


def test_a_form_closed_half_way_keeps_its_words(open_screen: Open, office: Office, case_id: str) -> None:
    actor = f.actor(office, *NA_RI)
    field(open_screen(actor, "case", id=case_id, do="request"), "Số văn bản đề nghị").set_value("12/ĐN").run()
    assert field(open_screen(actor, "case", id=case_id, do="request"), "Số văn bản đề nghị").value == "12/ĐN"


def test_a_wrong_day_is_refused_beside_its_field(open_screen: Open, office: Office, case_id: str) -> None:
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="deliver")
    field(test, "Ngày hỗ trợ").set_value("30/02/2019")
    field(test, "Loại hỗ trợ").set_value("medical")
    field(test, "Số tiền (đồng)").set_value("một triệu")
    press(test, "Lưu")
    seen = html(test)
    assert "Ngày này không có trong lịch." in seen and "Số tiền phải là số nguyên" in seen
    assert field(test, "Số tiền (đồng)").value == "một triệu"
    assert "Chưa lưu được" in words(test)
