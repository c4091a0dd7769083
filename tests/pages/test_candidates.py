"""Who may already have a file: the box beside the form, the notices on a file, the comparison, and its undo."""

from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState
from db.fields import PartialDate
from db.matching import Merge, PersonMatch
from services.errors import Refused
from services.office import Office
from services.work import Work, command_line
from tests import factories as make
from tests.pages.screens import Open, field, html, press, words

NAME, YEAR = "Đỗ Thị Hòa", PartialDate("1999")
SAVE = "Lưu kết quả đối chiếu"


@pytest.fixture
def two(office: Office) -> tuple[int, int]:
    with Work(office, command_line(), write=True) as work:
        return make.case(work, full_name=NAME, birth=YEAR).id, make.case(work, full_name=NAME, birth=YEAR).id


def police(office: Office) -> Any:
    return make.actor(office, Role.POLICE, "Công an tỉnh")


def compare(open_screen: Open, office: Office, one: int, other: int) -> Any:
    return open_screen(police(office), "case", id=f"{one:x}", do="match", row=f"{other:x}")


def test_while_typing_each_fact_says_whether_it_agrees(
    open_screen: Open, office: Office, two: tuple[int, int]
) -> None:
    test = open_screen(police(office), "intake")
    field(test, "Họ và tên").set_value("hoa do thi").run()
    field(test, "Ngày sinh").set_value("1980").run()
    seen = html(test)
    assert "cùng chữ, khác thứ tự" in seen and '<span class="sign bad" title="Khác">≠</span> Ngày sinh' in seen
    assert f'href="/case?id={two[0]:x}"' in seen


def test_a_name_of_markup_is_only_text(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        make.case(work, full_name="<b>Đỗ</b> <img src=x> Hòa")
    test = open_screen(police(office), "intake")
    field(test, "Họ và tên").set_value("b do b img src x hoa").run()
    assert "&lt;img src=x&gt;" in html(test) and "<img" not in html(test)


def test_of_a_file_elsewhere_the_unit_is_named_and_nothing_else(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        there = make.case(work, full_name=NAME, home_district_id=make.area(work, "Huyện Ba Bể").id)
    test = open_screen(make.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), "intake")
    field(test, "Họ và tên").set_value("do thi hoa").run()
    seen = html(test)
    assert "Đã có hồ sơ của người có tên này. Liên hệ Công an tỉnh." in seen
    assert NAME not in seen and there.code not in seen and f"{there.id:x}" not in seen


def test_a_file_shows_who_may_be_the_same_with_the_way_to_compare(
    open_screen: Open, office: Office, two: tuple[int, int]
) -> None:
    one, other = two
    seen = html(open_screen(police(office), "case", id=f"{one:x}"))
    assert "Có thể là cùng một người với" in seen and f"do=match&amp;row={other:x}" in seen


def test_two_files_stand_side_by_side(open_screen: Open, office: Office, two: tuple[int, int]) -> None:
    seen = html(compare(open_screen, office, *two))
    assert seen.count(f">{NAME}<") >= 2 and "Khớp" in seen


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("again", "Cùng một người, lần tiếp nhận khác: hồ sơ"),
        ("other", "Đã xác định là người khác: hồ sơ"),
        ("one", "Đã ghép ngày"),
    ],
)
def test_each_decision_is_saved_told_and_taken_back(
    open_screen: Open, office: Office, two: tuple[int, int], decision: str, said: str
) -> None:
    one, other = two
    test = compare(open_screen, office, one, other)
    field(test, "Kết quả đối chiếu").set_value(decision).run()
    press(test, SAVE)
    seen = html(open_screen(police(office), "case", id=f"{one:x}"))
    assert said in seen and "Có thể là cùng một người với" not in seen
    do, model = ("unmerge", Merge) if decision == "one" else ("unmatch", PersonMatch)
    with Work(office, command_line()) as work:
        row_id = work.session.exec(select(model)).one().id
    assert f"do={do}&amp;row={row_id:x}" in seen
    back = open_screen(police(office), "case", id=f"{one:x}", do=do, row=f"{row_id:x}")
    press(back, "Tách lại" if decision == "one" else "Bỏ kết quả này")
    seen = html(open_screen(police(office), "case", id=f"{one:x}"))
    assert said not in seen and "Có thể là cùng một người với" in seen


def test_a_merged_file_leads_to_the_one_that_was_kept(
    open_screen: Open, office: Office, two: tuple[int, int]
) -> None:
    one, other = two
    test = compare(open_screen, office, one, other)
    field(test, "Kết quả đối chiếu").set_value("one").run()
    press(test, SAVE)
    with Work(office, command_line()) as work:
        gone = work.session.exec(select(Case).where(Case.state == CaseState.MERGED)).one()
        kept = work.session.get_one(Case, gone.merged_into_id)
    seen = html(open_screen(police(office), "case", id=f"{gone.id:x}"))
    assert f'Đã ghép vào hồ sơ <a href="/case?id={kept.id:x}">{kept.code}</a>' in seen and "Tách lại" in seen
    assert "Đề nghị xác minh" not in seen.split('class="next"')[-1].split("</section>")[0]
    refused = open_screen(police(office), "case", id=f"{gone.id:x}", do="correct")
    assert "việc này làm ở hồ sơ ấy" in words(refused)


def test_nothing_decided_is_a_sentence_beside_the_field(
    open_screen: Open, office: Office, two: tuple[int, int]
) -> None:
    test = compare(open_screen, office, *two)
    press(test, SAVE)
    assert "Cần chọn kết quả đối chiếu." in html(test)


def test_a_comparison_with_a_file_not_seen_is_refused(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        mine = make.case(work, full_name=NAME).id
        there = make.case(work, full_name=NAME, home_district_id=make.area(work, "Huyện Ba Bể").id).id
    here = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    for row in (f"{there:x}", "zz", "", f"{mine:x}"):
        test = open_screen(here, "case", id=f"{mine:x}", do="match", row=row)
        assert Refused.sentence in words(test) and "Kết quả đối chiếu" not in words(test)


def test_those_who_do_not_receive_see_no_candidates(
    open_screen: Open, office: Office, two: tuple[int, int]
) -> None:
    partner = make.actor(office, Role.PARTNER, "Sở Tư pháp")
    assert "Có thể là cùng một người với" not in words(open_screen(partner, "case", id=f"{two[0]:x}"))
