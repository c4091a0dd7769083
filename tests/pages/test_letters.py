"""Documents on the page of a file, and the screen of templates: what is drawn, made, refused."""

from dataclasses import replace

import pytest
from sqlmodel import select

from db.accounts import Role
from db.letters import Letter
from services.letters import issuing, templates
from services.office import Office
from services.work import Work, command_line
from tests import factories as make
from tests.pages.screens import Open, field, has_field, html, press, words
from tests.services.letters import conftest as files

POLICE = "Công an tỉnh"


@pytest.fixture
def case_id(office: Office) -> str:
    with Work(office, command_line(), write=True) as work:
        return format(files.full(work).id, "x")


def letter_in(office: Office, case_id: str, code: str = "bien_ban_ban_giao") -> str:
    from db.cases import Case

    with Work(office, command_line(), write=True) as work:
        return format(files.made(work, work.session.get(Case, int(case_id, 16)), code).id, "x")


def test_a_document_is_made_and_shown(open_screen: Open, office: Office, case_id: str) -> None:
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=case_id, do="make_letter")
    offered = field(test, "Văn bản").options
    assert "Công văn đôn đốc" in offered and "Công văn trả lời" not in offered  # nothing is concluded yet
    field(test, "Văn bản").select("Công văn đôn đốc").run()
    assert "Hồ sơ có đủ nội dung" in html(test)
    press(test, "Lập dự thảo")
    with Work(office, command_line()) as work:
        letter = work.session.exec(select(Letter)).one()
    test = open_screen(
        make.actor(office, Role.POLICE, POLICE), "case", id=case_id, do="letter", row=format(letter.id, "x")
    )
    seen = html(test)
    for shown in ("V/v đôn đốc xác minh", "Kính gửi:", "Công an huyện Na Rì", "Dự thảo", "Nông Thị Mẩy"):
        assert shown in seen
    assert "do=issue_letter" in seen


def test_number_and_date_are_entered_once(open_screen: Open, office: Office, case_id: str) -> None:
    row = letter_in(office, case_id)
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=case_id, do="issue_letter", row=row)
    press(test, "Ban hành")
    assert "Cần ghi số, ký hiệu." in html(test)
    field(test, "Số, ký hiệu").input("5/BB-CAT").run()
    field(test, "Ngày văn bản").input("20/07/2018").run()
    press(test, "Ban hành")
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=case_id, do="letter", row=row)
    seen = html(test)
    assert "Đã ban hành" in seen and "05/BB-CAT" in seen
    assert "do=issue_letter" not in seen and "do=cancel_letter" in seen


def test_who_only_reads_gets_no_action(open_screen: Open, office: Office, case_id: str) -> None:
    row = letter_in(office, case_id)
    reader = make.actor(office, Role.LABOUR_DEPT, make.LABOUR)
    seen = html(open_screen(reader, "case", id=case_id, do="letter", row=row))
    assert "BIÊN BẢN" in seen.upper() and "do=issue_letter" not in seen
    refused = open_screen(reader, "case", id=case_id, do="issue_letter", row=row)
    assert "Không tìm thấy" in refused.error[0].value


@pytest.mark.parametrize("row", ["", "abc", "zz"])
def test_a_document_that_is_not_there(open_screen: Open, office: Office, case_id: str, row: str) -> None:
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=case_id, do="letter", row=row)
    assert "Không tìm thấy" in test.error[0].value


def test_a_document_of_another_file_is_not_there(open_screen: Open, office: Office, case_id: str) -> None:
    with Work(office, command_line(), write=True) as work:
        other = format(make.case(work).id, "x")
    row = letter_in(office, case_id)
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=other, do="letter", row=row)
    assert "Không tìm thấy" in test.error[0].value
    assert "BIÊN BẢN" not in words(test).upper()


def test_the_sheet_lists_them(open_screen: Open, office: Office, case_id: str) -> None:
    row = letter_in(office, case_id)
    with Work(office, command_line(), write=True) as work:
        letter = work.session.get(Letter, int(row, 16))
        issuing.issue(work, letter, dated=files.DAY, number="9")
    seen = html(open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=case_id))
    assert f"do=letter&amp;row={row}" in seen and "20/07/2018" in seen and "do=make_letter" in seen


def test_an_unknown_field_is_said_beside_the_wording(open_screen: Open, office: Office) -> None:
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "templates", code="don_doc")
    assert "{họ tên}" in html(test)
    field(test, "Nội dung").input("Về {họ tenn}.").run()
    press(test, "Lưu")
    assert "Có phải «họ tên»?" in html(test)
    field(test, "Nội dung").input("Về {họ tên}.").run()
    press(test, "Lưu")
    with Work(office, command_line()) as work:
        assert templates.effective(work, "don_doc").body == "Về {họ tên}."
    again = open_screen(make.actor(office, Role.POLICE, POLICE), "templates", code="don_doc")
    assert "Cơ quan đã sửa" in html(again)
    press(again, "Trở về mẫu gốc")
    with Work(office, command_line()) as work:
        assert not templates.effective(work, "don_doc").version


def test_the_list_of_templates(open_screen: Open, office: Office) -> None:
    seen = html(open_screen(make.actor(office, Role.LABOUR_DEPT, make.LABOUR), "templates"))
    assert seen.count("/templates?code=") == 7
    test = open_screen(make.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), "templates")
    assert "Không tìm thấy" in test.error[0].value


def test_the_series_of_the_tool_asks_for_no_number(open_screen: Open, office: Office, case_id: str) -> None:
    with Work(office, command_line(), write=True) as work:
        now = templates.effective(work, "bien_ban_ban_giao")
        wanted = replace(templates.wording(now), own_series=True, symbol="BB-CAT")
        templates.save(work, now.code, wanted, version=0)
    row = letter_in(office, case_id)
    test = open_screen(make.actor(office, Role.POLICE, POLICE), "case", id=case_id, do="issue_letter", row=row)
    assert not has_field(test, "Số, ký hiệu") and "Số do phần mềm cấp" in html(test)
    press(test, "Ban hành")
    with Work(office, command_line()) as work:
        assert work.session.get(Letter, int(row, 16)).number == "01/BB-CAT"
