"""The drawer of every form: what it draws, what it hides, two people at one file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.accounts import Role
from db.cases import CaseUnit
from db.people import Person, Sex
from db.verification import Outcome
from pages.ui import conflict, drafting
from pages.ui import form as drawer
from services import intake, verification
from services.office import Office
from services.records import rows
from services.registers import case_forms, drafts
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


def _at_odds(open_screen: Open, office: Office, case_id: str) -> AppTest:
    """Two people change the same name; the other also gives the sex."""
    test = open_screen(f.actor(office, *NA_RI), "case", id=case_id, do="correct")
    field(test, "Họ và tên").set_value("Nông Thị May")
    _meanwhile(office, case_id, full_name="Nông Thị Mây", sex=Sex.MALE)
    return press(test, "Lưu")


def test_two_people_at_one_file_see_what_differs(open_screen: Open, office: Office, case_id: str) -> None:
    test = _at_odds(open_screen, office, case_id)
    seen = html(test)
    assert conflict.TITLE in seen and "máy chủ: " in seen  # who saved, and when
    assert "Nông Thị May" in seen and "Nông Thị Mây" in seen
    assert f"{conflict.TAKEN}: Giới tính." in seen
    assert field(test, "Họ và tên").value == "Nông Thị May"  # kept
    assert field(test, "Giới tính").value == "male"  # taken over, so it is not undone
    press(test, "Lưu")
    assert _stored(office, case_id) == ("Nông Thị May", Sex.MALE)


def test_a_field_may_be_left_as_the_other_wrote_it(open_screen: Open, office: Office, case_id: str) -> None:
    test = _at_odds(open_screen, office, case_id)
    press(test, f"{conflict.TAKE}: Họ và tên")
    assert field(test, "Họ và tên").value == "Nông Thị Mây"
    press(test, "Lưu")
    assert _stored(office, case_id) == ("Nông Thị Mây", Sex.MALE)


def test_a_draft_over_an_older_state_does_not_undo_what_others_saved(
    open_screen: Open, office: Office, case_id: str
) -> None:
    actor = f.actor(office, *NA_RI)
    field(open_screen(actor, "case", id=case_id, do="correct"), "Họ và tên").set_value("Nông Thị May").run()
    _meanwhile(office, case_id, full_name="Nông Thị Mây", sex=Sex.MALE)
    test = open_screen(actor, "case", id=case_id, do="correct")
    assert conflict.TITLE in html(test)
    assert field(test, "Họ và tên").value == "Nông Thị May" and field(test, "Giới tính").value == "male"


def test_who_comes_too_late_sees_who_was_first_and_keeps_the_text(
    open_screen: Open, office: Office, case_id: str
) -> None:
    police = f.actor(office, Role.POLICE, "Công an tỉnh")
    test = open_screen(police, "case", id=case_id, do="conclude")
    field(test, "Kết luận").set_value("insufficient").run()
    field(test, "Số văn bản trả lời").set_value("15/CV-XM").run()
    other = f.actor(office, Role.POLICE, "Công an tỉnh", account_id=8)
    with Work(office, replace(other, name="Hà Văn Trước"), write=True) as work:
        case = case_forms.asked(work, case_forms.FORMS["conclude"], int(case_id, 16)).file
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=f.TODAY)
    press(test, "Lưu")
    said = "".join(error.value for error in test.error)
    assert "Hà Văn Trước" in said and "kết luận" in said
    assert field(test, "Số văn bản trả lời").value == "15/CV-XM"
    with Work(office, police) as work:
        kept = drafts.find(work, f"conclude:{case_id}:0")
    assert kept is not None and kept.typed["answer_number"] == "15/CV-XM"


def test_two_windows_of_one_person_save_the_same_words_once(
    open_screen: Open, office: Office, case_id: str
) -> None:
    """The draft is one: the second window is told, and saves only when asked again."""
    actor = f.actor(office, *NA_RI)
    first = open_screen(actor, "case", id=case_id, do="hand_to")
    field(first, "Giao cho đơn vị").set_value(field(first, "Giao cho đơn vị").options[0]).run()
    second = open_screen(actor, "case", id=case_id, do="hand_to")
    assert field(second, "Giao cho đơn vị").value == field(first, "Giao cho đơn vị").value
    press(first, "Lưu")
    press(second, "Lưu")
    assert drafting.ELSEWHERE in "".join(error.value for error in second.error)
    assert _handed(office, case_id) == 1
    press(second, "Lưu")
    assert _handed(office, case_id) == 2


def _handed(office: Office, case_id: str) -> int:
    with Work(office, command_line()) as work:
        asked = case_forms.asked(work, case_forms.FORMS["hand_to"], int(case_id, 16))
        return len(rows(work, CaseUnit, asked.file))


def _meanwhile(office: Office, case_id: str, **changes: Any) -> None:
    with Work(office, command_line(), write=True) as work:
        asked = case_forms.asked(work, case_forms.CORRECT, int(case_id, 16))
        facts = intake.facts_of(asked.file, asked.subject)
        for name, value in changes.items():
            setattr(facts, name, value)
        intake.correct(work, asked.file, asked.subject, facts=facts)


def _stored(office: Office, case_id: str) -> tuple[str, Sex | None]:
    with Work(office, command_line()) as work:
        person: Person = case_forms.asked(work, case_forms.CORRECT, int(case_id, 16)).subject
        return person.full_name, person.sex


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
