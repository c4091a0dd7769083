"""The verification of a file on its page: two officers at once, the head's word, extension, return, the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Place
from db.verification import Conclusion, Outcome, ReviewResult
from services import cases, verification
from services.access import case_for
from services.lifecycle import last_conclusion
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import field, html, press, words

Open = Callable[..., Any]


@pytest.fixture
def case_id(office: Office) -> str:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work)
        verification.request(work, case, requested_on=date(2018, 7, 4), unit_id=f.unit(work).id)
        return format(case.id, "x")


def officer(office: Office, name: str, *, head: bool = False, account_id: int = 7) -> Actor:
    return replace(f.actor(office, Role.POLICE, "Công an tỉnh", head=head, account_id=account_id), name=name)


def conclude(office: Office, actor: Actor, case_id: str) -> None:
    with Work(office, actor, write=True) as work:
        verification.conclude(
            work, case_for(work, int(case_id, 16)), outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 7, 20)
        )


def test_the_second_of_two_officers_sees_why_and_keeps_the_text(
    open_screen: Open, office: Office, case_id: str
) -> None:
    first, second = officer(office, "Hoàng Văn Một"), officer(office, "Lý Thị Hai", account_id=8)
    test = open_screen(second, "case", id=case_id, do="conclude")
    field(test, "Kết luận").set_value("insufficient").run()
    field(test, "Ngày kết luận").set_value("22/07/2018")
    field(test, "Số văn bản trả lời").set_value("45/CV")
    conclude(office, first, case_id)
    press(test, "Lưu")
    said = " ".join(error.value for error in test.error) + words(test)
    assert "Hoàng Văn Một" in said and "20/07/2018" in said
    assert field(test, "Số văn bản trả lời").value == "45/CV"
    assert field(test, "Ngày kết luận").value == "22/07/2018"
    assert field(test, "Kết luận").value == "insufficient"
    with Work(office, command_line()) as work:
        assert [row.outcome for row in work.session.exec(select(Conclusion))] == [Outcome.NOT_VICTIM]


def test_the_head_returns_a_conclusion_and_the_officer_reads_why(
    open_screen: Open, office: Office, case_id: str
) -> None:
    here, head = officer(office, "Hoàng Văn Một"), officer(office, "Thủ trưởng", head=True, account_id=8)
    conclude(office, here, case_id)
    assert "do=review" in html(open_screen(head, "case", id=case_id))
    assert "do=review" not in html(open_screen(here, "case", id=case_id))
    test = open_screen(head, "case", id=case_id, do="review")
    field(test, "Ý kiến").set_value("returned").run()
    press(test, "Lưu")
    assert "Cần ghi nội dung ý kiến." in html(test)
    field(test, "Nội dung ý kiến").set_value("Thiếu lời khai <b>nhân chứng</b>")
    press(test, "Lưu")
    seen = html(open_screen(here, "case", id=case_id))
    assert "Kết luận bị trả lại" in seen and "Thiếu lời khai &lt;b&gt;nhân chứng" in seen
    labour = f.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    assert "Thiếu lời khai" not in html(open_screen(labour, "case", id=case_id))
    conclude(office, here, case_id)
    assert 'role="alert"' not in html(open_screen(here, "case", id=case_id))


def test_a_paper_that_comes_later_is_asked_for_and_written_down(
    open_screen: Open, office: Office, case_id: str
) -> None:
    here = officer(office, "Hoàng Văn Một")
    with Work(office, here, write=True) as work:
        verification.conclude(
            work,
            case_for(work, int(case_id, 16)),
            outcome=Outcome.VICTIM,
            concluded_on=date(2018, 7, 20),
            paper="A.D28.1",
        )
    assert "chưa có số giấy xác nhận" in html(open_screen(here, "case", id=case_id))
    test = open_screen(here, "case", id=case_id, do="proof")
    assert field(test, "Loại giấy tờ chứng minh").value == "A.D28.1"
    field(test, "Số giấy xác nhận").set_value("9/GXN")
    press(test, "Lưu")
    seen = html(open_screen(here, "case", id=case_id))
    assert "9/GXN" in seen and "chưa có số giấy xác nhận" not in seen


def test_an_extension_says_how_far_it_may_go(open_screen: Open, office: Office, case_id: str) -> None:
    here = officer(office, "Hoàng Văn Một")
    test = open_screen(here, "case", id=case_id, do="extend")
    assert "04/09/2018" in html(test)  # two months from the request (Luật 66/2011 Đ.24(4))
    field(test, "Ngày gia hạn").set_value("20/07/2018")
    field(test, "Gia hạn đến hết ngày").set_value("05/09/2018")
    field(test, "Lý do gia hạn").set_value("phức tạp")
    press(test, "Lưu")
    assert "Chỉ được gia hạn đến hết ngày 04/09/2018." in html(test)
    field(test, "Gia hạn đến hết ngày").set_value("04/09/2018")
    press(test, "Lưu")
    seen = html(open_screen(here, "case", id=case_id))
    assert "Hạn 04/09/2018 (đã gia hạn)" in seen and "Gia hạn đến 04/09/2018" in seen


def test_a_foreign_victim_is_handed_over_on_the_page(open_screen: Open, office: Office) -> None:
    here = officer(office, "Hoàng Văn Một")
    with Work(office, here, write=True) as work:
        case = f.case(work, nationality="Lào", ethnic=None, place=Place.IN_PROVINCE, country=None)
        verification.conclude(
            work, case, outcome=Outcome.VICTIM, concluded_on=date(2018, 7, 20), paper="A.D28.1", paper_number="1"
        )
        case_id = format(case.id, "x")
    assert "Trình tự và thời hạn theo văn bản" in html(open_screen(here, "case", id=case_id))
    test = open_screen(here, "case", id=case_id, do="hand_over")
    assert field(test, "Hướng").value == "out"
    field(test, "Ngày bàn giao").set_value("01/08/2018")
    press(test, "Lưu")
    assert "Cần ghi bên giao hoặc bên nhận" in html(test)
    field(test, "Cơ quan giao, nhận khác").set_value("Cơ quan chức năng nước bạn")
    press(test, "Lưu")
    seen = html(open_screen(here, "case", id=case_id))
    assert "Cơ quan chức năng nước bạn" in seen and "Mọi người trong hồ sơ đã được bàn giao đi." in seen


def test_a_file_that_is_not_a_victims_ends_humanely(open_screen: Open, office: Office, case_id: str) -> None:
    conclude(office, officer(office, "Hoàng Văn Một"), case_id)
    labour = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    seen = html(open_screen(labour, "case", id=case_id))
    assert "Giải thích kết luận bằng lời dễ hiểu" in seen and "do=support_need" not in seen
    test = open_screen(labour, "case", id=case_id, do="refer")
    field(test, "Ngày giới thiệu").set_value("23/07/2018")
    field(test, "Nơi khác").set_value("Trạm y tế xã")
    field(test, "Nội dung giới thiệu").set_value("khám sức khỏe")
    press(test, "Lưu")
    test = open_screen(labour, "case", id=case_id, do="close")
    assert field(test, "Kết quả").value == "not_victim"
    press(test, "Lưu")
    seen = html(open_screen(labour, "case", id=case_id))
    assert "Trạm y tế xã" in seen and "Chưa có thời hạn lưu" in seen


def test_what_was_accepted_is_no_longer_asked_for(open_screen: Open, office: Office, case_id: str) -> None:
    head = officer(office, "Thủ trưởng", head=True)
    conclude(office, head, case_id)
    with Work(office, head, write=True) as work:
        case = case_for(work, int(case_id, 16))
        verification.review(work, case, last_conclusion(work, case), result=ReviewResult.ACCEPTED)
        assert cases.view(work, case.id).reviews
    assert "do=review" not in html(open_screen(head, "case", id=case_id))
