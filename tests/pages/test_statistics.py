"""Thống kê: figures of a period and unit, the lists behind them, who may see what."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db.accounts import Role
from db.verification import Outcome
from services import verification
from services.office import Office
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, words


@pytest.fixture
def cases(office: Office) -> list[int]:
    """Three files of the third quarter of 2018: one a victim, one of another unit."""
    with Work(office, command_line(), write=True) as work:
        one = f.case(work)
        two = f.case(work, full_name="Lý Thị Sáy", received_on=date(2018, 8, 2))
        three = f.case(work, full_name="Hà Thị Đào", unit_id=f.unit(work, "Công an Huyện Na Rì").id)
        verification.conclude(work, one, outcome=Outcome.VICTIM, concluded_on=date(2018, 8, 1), paper="A.D28.1")
        return [one.id, two.id, three.id]


def asked(test: AppTest) -> str:
    """The period in the address now."""
    found = test.query_params["period"]
    return found if isinstance(found, str) else found[0]


@pytest.mark.usefixtures("cases")
class TestFigures:
    def test_the_account_balances_on_the_screen(self, open_screen: Open, office: Office) -> None:
        seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period="2018Q3"))
        assert "<b>0</b><span>chưa kết luận kỳ trước</span>" in seen
        assert "<b>3</b><span>tiếp nhận</span>" in seen
        assert "<b>1</b><span>đã kết luận: 1 nạn nhân, 0 không phải nạn nhân, 0 chưa đủ căn cứ</span>" in seen
        assert "<b>2</b><span>chưa kết luận, chuyển kỳ sau</span>" in seen
        assert "số liệu tính đến ngày 30/09/2018" in seen
        assert "Từ nước ngoài tự trở về" in seen and "Bị mua bán tại tỉnh" in seen  # a zero line stays

    def test_one_unit_counts_what_it_received(self, open_screen: Open, office: Office) -> None:
        with Work(office, command_line()) as work:
            unit = format(f.unit(work, "Công an Huyện Na Rì").id, "x")
        officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
        test = open_screen(officer, "statistics", period="2018Q3", unit=unit)
        assert "<b>1</b><span>tiếp nhận</span>" in html(test)
        assert "Công an Huyện Na Rì – Quý III năm 2018" in html(test)
        assert f'href="/reports?period=2018Q3&amp;unit={unit}"' in html(test)

    def test_the_address_follows_the_choice(self, open_screen: Open, office: Office) -> None:
        test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period="2018Q3")
        field(test, "Quý").set_value(2)
        test.run()
        assert asked(test) == "2018Q2"
        assert "<b>0</b><span>tiếp nhận</span>" in html(test)

    @pytest.mark.parametrize(
        "period", ["2018-07", "2018H2", "2018", "2018-2020", "2016-2020", "2018-07-01..2018-09-25"]
    )
    def test_every_kind_of_period_opens_from_its_address(
        self, open_screen: Open, office: Office, period: str
    ) -> None:
        test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period=period)
        assert asked(test) == period and not test.error
        assert "tiếp nhận" in html(test)

    def test_it_opens_with_the_last_quarter_that_has_something(self, open_screen: Open, office: Office) -> None:
        test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics")
        assert asked(test) == "2018Q3"

    def test_an_address_that_is_no_period_says_so(self, open_screen: Open, office: Office) -> None:
        test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period="năm ngoái")
        assert "Kỳ báo cáo không đúng" in test.warning[0].value
        assert asked(test) == "2018Q3"

    def test_the_missing_are_a_list_with_names_and_links(
        self, open_screen: Open, office: Office, cases: list[int]
    ) -> None:
        officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
        seen = html(open_screen(officer, "statistics", period="2018Q3"))
        assert "list=verification&amp;why=not_done" in seen and "Lý Thị Sáy" not in seen
        test = open_screen(officer, "statistics", period="2018Q3", list="verification", why="not_done")
        assert "Lý Thị Sáy" in html(test) and f"/case?id={cases[1]:x}" in html(test)
        assert "Nông Thị Mẩy" not in html(test)  # concluded: she was served

    def test_a_local_officer_counts_the_area_alone(self, open_screen: Open, office: Office) -> None:
        with Work(office, command_line(), write=True) as work:
            f.case(work, full_name="Bế Thị Lan", home_district_id=f.area(work, "Huyện Ba Bể").id)
        officer = f.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")
        test = open_screen(officer, "statistics", period="2018Q3", list="verification", why="not_done")
        assert "<b>1</b><span>tiếp nhận</span>" in html(test)
        assert "Bế Thị Lan" in html(test) and "Lý Thị Sáy" not in html(test)

    def test_what_one_counts_is_never_shown_to_another(self, open_screen: Open, office: Office) -> None:
        """The figures kept in memory belong to the files they were counted from."""
        seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period="2018Q3"))
        assert "<b>3</b><span>tiếp nhận</span>" in seen
        other = html(open_screen(f.actor(office, Role.LOCAL, "UBND Huyện Ba Bể"), "statistics", period="2018Q3"))
        assert "<b>0</b><span>tiếp nhận</span>" in other

    def test_figures_follow_a_change(self, open_screen: Open, office: Office) -> None:
        officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
        open_screen(officer, "statistics", period="2018Q3")
        with Work(office, command_line(), write=True) as work:
            f.case(work, full_name="Ma Thị Dung")
        assert "<b>4</b><span>tiếp nhận</span>" in html(open_screen(officer, "statistics", period="2018Q3"))

    @pytest.mark.parametrize(
        ("role", "at"),
        [
            (Role.LEADER, "Ủy ban nhân dân tỉnh"),
            (Role.ADMIN, f.LABOUR),
            (Role.PARTNER, "Sở Tư pháp"),
            (Role.SHELTER, f.SHELTER),
        ],
    )
    def test_it_is_refused_to_the_others(self, open_screen: Open, office: Office, role: Role, at: str) -> None:
        test = open_screen(
            f.actor(office, role, at), "statistics", period="2018Q3", list="verification", why="not_done"
        )
        assert test.error[0].value.startswith("Không tìm thấy")
        assert "tiếp nhận</span>" not in words(test) and "Lý Thị Sáy" not in words(test)


def test_days_that_are_not_days_say_so(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period="2018-07-01..2018-09-25")
    field(test, "Đến ngày").set_value("31/02/2018")
    test.run()
    assert "Ngày này không có trong lịch." in test.error[0].value
    assert field(test, "Từ ngày").value == "01/07/2018"


def test_an_empty_office_has_zeros(open_screen: Open, office: Office) -> None:
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "statistics", period="2018Q3"))
    assert "<b>0</b><span>tiếp nhận</span>" in seen and "không tiếp nhận trường hợp nào" in seen
