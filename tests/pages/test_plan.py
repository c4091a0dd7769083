"""Kế hoạch: clause, who, when, what was done, where; the values the office fills in."""

from datetime import date

from db.accounts import Role
from services import law, office_values
from services.office import Office
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press, words


def test_each_clause_of_a_part_is_shown_as_issued(open_screen: Open, office: Office) -> None:
    officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    for part in ("II", "III", "IV", "V", "VI"):
        seen = html(open_screen(officer, "plan", part=part))
        for clause in law.plan().clauses:
            if clause.id.split(".")[0] == part:
                assert clause.text.replace("'", "&#x27;") in seen, clause.id


def test_live_figures_stand_beside_the_targets(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "plan"))
    assert "Đã tiếp nhận 1 trường hợp." in seen and "0/1, đạt 0,0%" in seen
    assert 'href="/statistics"' in seen


def test_a_leader_sees_the_plan_without_figures_or_links(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = html(open_screen(f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"), "plan"))
    assert "Chủ trì" in seen and "Bản sau sẽ có" in seen
    assert "Đã tiếp nhận" not in seen and "đạt" not in seen.replace("đạt kết quả", "") and "href=" not in seen


def test_an_administrator_is_refused(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "plan")
    assert len(test.error) == 1 and html(test) == ""


def test_a_value_is_entered_with_its_document(open_screen: Open, office: Office) -> None:
    officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    test = open_screen(officer, "plan", part="values")
    assert "Công an cấp tỉnh xác minh" in html(test)
    field(test, "Áp dụng từ ngày").set_value("01/07/2025")
    field(test, "Giá trị").set_value("deadline:B.VERIFY.POLICE")
    test.run()
    field(test, "Mức").set_value("20")
    field(test, "Đơn vị tính").set_value("ngày")
    field(test, "Số văn bản").set_value("99/QĐ-UBND")
    field(test, "Ngày văn bản").set_value("01/07/2025")
    said = words(press(test, "Lưu"))
    assert "99/QĐ-UBND ngày 01/07/2025" in said
    with Work(office, command_line()) as work:
        assert office_values.entered(work)[0].effective_from == date(2025, 7, 1)


def test_a_value_without_document_keeps_what_was_typed(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "plan", part="values")
    field(test, "Áp dụng từ ngày").set_value("01/07/2025")
    field(test, "Giá trị").set_value("holiday")
    test = press(test, "Lưu")
    assert "Cần ghi số văn bản." in words(test)
    assert field(test, "Áp dụng từ ngày").value == "01/07/2025"


def test_others_see_the_values_but_no_form(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "plan", part="values")
    assert "Chưa có số liệu" in html(test) and not has_field(test, "Số văn bản")
