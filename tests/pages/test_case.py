"""The screen of one file: where it stands, what comes next, who may do what."""

from datetime import date

import pytest

from db.accounts import Role
from db.cases import Way
from db.support import SupportKind
from db.verification import Outcome
from services import cases, next_steps, support, verification
from services.office import Office
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press, words


@pytest.fixture
def case_id(office: Office) -> str:
    """A file of Na Rì, received in July 2018 by the provincial police."""
    with Work(office, command_line(), write=True) as work:
        return format(f.case(work).id, "x")


def test_it_shows_who_where_and_what_comes_next(open_screen: Open, office: Office, case_id: str) -> None:
    seen = html(open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "case", id=case_id))
    for words_shown in ("Nông Thị Mẩy", "04/1999", "Mới tiếp nhận", "Việc tiếp theo", "Huyện Na Rì"):
        assert words_shown in seen
    assert f'href="/case?id={case_id}&amp;do=request"' in seen
    assert "Điều 24" in seen and "Quá hạn" in seen  # three days by the law of that day


def test_an_open_form_stands_under_the_name_with_what_its_step_waits_for(
    open_screen: Open, office: Office, case_id: str
) -> None:
    officer = f.actor(office, Role.POLICE, "Công an tỉnh")
    closed, opened = (html(open_screen(officer, "case", id=case_id, **do)) for do in ({}, {"do": "request"}))
    way = f'href="/case?id={case_id}&amp;do=request"'
    assert 'class="about"' not in closed and way in closed
    about = opened.index('class="about"')
    assert opened.index("<h1>") < about < opened.index('class="stages"') and way not in opened
    assert opened.count("Điều 24") == 1  # said once, above the fields


def test_it_says_when_the_law_gives_no_verified_limit(open_screen: Open, office: Office, case_id: str) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work, received_on=date(2026, 1, 5), home_district_id=None)
        verification.request(work, case, requested_on=date(2026, 1, 6), unit_id=f.unit(work).id)
        later = format(case.id, "x")
    seen = html(open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "case", id=later))
    assert "Chưa có căn cứ" in seen and "Quá hạn" not in seen


def test_a_file_that_is_not_there_looks_like_one_that_is_not_mine(
    open_screen: Open, office: Office, case_id: str
) -> None:
    stranger = f.actor(office, Role.PARTNER, "Sở Tư pháp")
    found = [open_screen(stranger, "case", id=asked) for asked in (case_id, "abc123", "", "không phải mã")]
    said = {tuple(error.value for error in test.error) for test in found}
    assert said == {("Không tìm thấy, hoặc bạn không có quyền với nội dung này.",)}
    assert all("Nông" not in words(test) for test in found)


def test_names_are_shown_as_typed_never_as_markup(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work, full_name='<img src="http://x/y"> ![a](http://x)')
    test = open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "case", id=format(case.id, "x"))
    assert "<img" not in html(test) and "&lt;img" in html(test)
    assert "http://x" not in "".join(str(each.value) for each in test.markdown)


def test_an_action_is_offered_only_to_those_who_may_take_it(
    open_screen: Open, office: Office, case_id: str
) -> None:
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "case", id=case_id))
    assert "do=request" in seen and "do=deliver" in seen
    assert "do=conclude" not in seen and "do=measure" not in seen


def test_a_form_in_the_address_is_refused_to_others(open_screen: Open, office: Office, case_id: str) -> None:
    test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "case", id=case_id, do="measure")
    assert not has_field(test, "Biện pháp bảo vệ")
    assert test.error[0].value == "Không tìm thấy, hoặc bạn không có quyền với nội dung này."


def test_protection_details_are_not_sent_to_the_labour_department(
    open_screen: Open, office: Office, case_id: str
) -> None:
    police = f.actor(office, Role.POLICE, "Công an tỉnh")
    test = open_screen(police, "case", id=case_id, do="measure")
    field(test, "Ngày áp dụng").set_value("05/07/2018").run()  # the list is that of the law of the day
    field(test, "Biện pháp bảo vệ").set_value("A.P5")
    field(test, "Số quyết định").set_value("71/QĐ-BV")
    press(test, "Lưu")
    assert "71/QĐ-BV" in html(open_screen(police, "case", id=case_id))
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "case", id=case_id))
    assert "71/QĐ-BV" not in seen and "tạm lánh</td>" not in seen and "05/07/2018" in seen


def test_a_whole_file_from_request_to_closing(open_screen: Open, office: Office, case_id: str) -> None:
    police, labour = f.actor(office, Role.POLICE, "Công an tỉnh"), f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    with Work(office, command_line()) as work:
        unit = format(f.unit(work).id, "x")
    _fill(open_screen(police, "case", id=case_id, do="request"), "Lưu", {
        "Ngày đề nghị xác minh": "04/07/2018", "Cơ quan xác minh": unit, "Số văn bản đề nghị": "12/ĐN"
    })  # fmt: skip
    test = open_screen(police, "case", id=case_id, do="conclude")
    field(test, "Ngày kết luận").set_value("20/07/2018")
    field(test, "Kết luận").set_value("victim").run()
    assert "Danh mục theo Luật 66/2011/QH12." in html(test)
    _fill(test, "Lưu", {"Loại giấy tờ chứng minh": "A.D28.1", "Số giấy xác nhận": "7/GXN"})
    assert "áp dụng Luật 66/2011/QH12" in html(open_screen(police, "case", id=case_id))
    test = open_screen(labour, "case", id=case_id, do="support_need")
    field(test, "Loại hỗ trợ").set_value(["medical", "essentials"])
    _fill(test, "Lưu", {"Ngày nêu nhu cầu": "21/07/2018"})
    assert "y tế" in html(open_screen(labour, "case", id=case_id))
    for kind in ("medical", "essentials"):
        test = open_screen(labour, "case", id=case_id, do="deliver")
        field(test, "Số tiền (đồng)").set_value("1.440.000").run()
        _fill(test, "Lưu", {"Loại hỗ trợ": kind, "Ngày hỗ trợ": "22/07/2018", "Nguồn kinh phí": "state"})
    seen = html(open_screen(labour, "case", id=case_id))
    assert "Đã hỗ trợ 2.880.000 đồng" in seen and "Đã đáp ứng 2/2 nhu cầu" in seen
    _fill(open_screen(labour, "case", id=case_id, do="close"), "Lưu", {"Kết quả": "reintegrated"})
    seen = html(open_screen(labour, "case", id=case_id))
    assert "Đã kết thúc" in seen and "Đã hòa nhập cộng đồng" in seen


def _fill(test, button, values):  # type: ignore[no-untyped-def]
    for label, value in values.items():
        field(test, label).set_value(value)
    done = press(test, button)
    assert "Chưa lưu được" not in words(done), words(done)
    assert not done.error
    return done


def test_a_refused_conclusion_says_why_beside_the_field(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work, way=Way.UNKNOWN)
        verification.request(work, case, requested_on=date(2018, 7, 10), unit_id=f.unit(work).id)
    police = f.actor(office, Role.POLICE, "Công an tỉnh")
    test = open_screen(police, "case", id=format(case.id, "x"), do="conclude")
    field(test, "Kết luận").set_value("victim")
    field(test, "Ngày kết luận").set_value("12/07/2018")
    press(test, "Lưu")
    assert '<p class="problem" role="alert">Kết luận là nạn nhân cần ghi rõ nơi bị mua bán' in html(test)
    assert field(test, "Ngày kết luận").value == "12/07/2018"
    assert field(test, "Kết luận").value == "victim"


def test_the_next_step_of_somebody_else_is_shown_without_a_button(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work)
        verification.request(work, case, requested_on=date(2018, 7, 4), unit_id=f.unit(work).id)
    with Work(office, f.actor(office, Role.LABOUR_DEPT, f.LABOUR), today=date(2018, 7, 24)) as work:
        first = next_steps.of(work, cases.view(work, case.id)).waiting[0]
    assert first.title == "Kết luận xác minh" and first.form == ""
    assert first.due is not None and first.due.on == date(2018, 7, 24) and not first.due.late


def test_a_victim_whose_needs_are_met_waits_for_closing(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work)
        verification.conclude(
            work, case, outcome=Outcome.VICTIM, concluded_on=date(2018, 7, 5), paper="A.D28.1", paper_number="7"
        )
        support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=date(2018, 7, 6))
        titles = [item.title for item in next_steps.of(work, cases.view(work, case.id)).waiting]
    assert titles == ["Kết thúc hồ sơ"]


def test_the_head_says_place_and_way_as_they_were_entered(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case_id = format(f.case(work, way=Way.RESCUED).id, "x")
    assert "Ở nước ngoài, được giải cứu" in html(
        open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "case", id=case_id)
    )


def test_a_step_of_others_says_whose_it_is(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work)
        verification.request(work, case, requested_on=date(2018, 7, 4), unit_id=f.unit(work).id)
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "case", id=format(case.id, "x")))
    assert "cơ quan công an thực hiện" in seen and "đơn vị khác thực hiện" not in seen


def test_money_says_where_it_came_from(open_screen: Open, office: Office, case_id: str) -> None:
    labour = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    test = open_screen(labour, "case", id=case_id, do="deliver")
    assert field(test, "Nguồn kinh phí").value is None  # asked at once
    values = {"Loại hỗ trợ": "medical", "Ngày hỗ trợ": "22/07/2018", "Số tiền (đồng)": "1.000.000"}
    for label, value in values.items():
        field(test, label).set_value(value)
    press(test, "Lưu")
    assert "Cần chọn nguồn kinh phí." in html(test)
    field(test, "Nguồn kinh phí").set_value("state")
    press(test, "Lưu")
    assert "Đã hỗ trợ 1.000.000 đồng" in html(test)
