"""Pháp luật: what holds on a day, with its document; what the office fills in, and only adds."""

from datetime import date

import pytest

from db.accounts import Role
from services import law, limits, office_values, verification
from services.law import Regime
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press, words


@pytest.fixture
def officer(office: Office) -> Actor:
    return f.actor(office, Role.LABOUR_DEPT, f.LABOUR)


def test_every_limit_and_rate_of_a_day_is_shown_with_its_article(open_screen: Open, officer: Actor) -> None:
    day = date(2018, 7, 5)
    for part, rows in (("deadlines", law.on(day).deadlines), ("norms", law.on(day).norms)):
        seen = html(open_screen(officer, "law", part=part, date="05/07/2018"))
        for row in rows:
            assert law.cite(row.legal) in seen
    assert "Tối thiểu 1.000.000 đồng" in seen


@pytest.mark.parametrize("part", ["measures", "evidence", "papers", "forms", "duties", "units", "holidays"])
def test_each_part_opens_on_either_side_of_the_change_of_law(open_screen: Open, officer: Actor, part: str) -> None:
    for day in ("30/06/2025", "01/07/2025"):
        assert "Quy định áp dụng ngày" in html(open_screen(officer, "law", part=part, date=day))


def test_the_day_decides_the_law_the_lists_and_the_communes(open_screen: Open, officer: Actor) -> None:
    before = html(open_screen(officer, "law", part="units", date="30/06/2025"))
    after = html(open_screen(officer, "law", part="units", date="01/07/2025"))
    assert Regime.A.label in before and "Xã, phường, thị trấn (108)" in before
    assert "Xã, phường, thị trấn (37)" in after and "Trước là Huyện Na Rì" in after
    assert "Huyện, thành phố (8)" in before and "Huyện, thành phố (" not in after
    sources = html(open_screen(officer, "law", part="evidence", date="01/07/2025"))
    assert sources.count("Luật số 53/2024/QH15") >= 9


def test_after_june_2025_the_old_law_can_still_be_looked_up(open_screen: Open, officer: Actor) -> None:
    seen = html(open_screen(officer, "law", part="measures", date="01/03/2026", regime="A"))
    assert "Xét xử kín" in seen and "Luật số 53/2024" not in seen


def test_who_decides_a_measure_stands_beside_it(open_screen: Open, officer: Actor) -> None:
    seen = html(open_screen(officer, "law", part="measures", date="05/07/2018"))
    assert "Quyết định: Chánh án" in seen
    new = html(open_screen(officer, "law", part="measures", date="05/07/2025"))
    assert "Chưa có căn cứ về người quyết định" in new


def test_what_nobody_could_verify_says_so_and_offers_the_form(open_screen: Open, officer: Actor) -> None:
    seen = html(open_screen(officer, "law", date="05/01/2026"))
    assert limits.NO_BASIS in seen and "key=deadline%3AB.VERIFY.POLICE" in seen


def test_the_book_is_searched_without_accents(open_screen: Open, officer: Actor) -> None:
    test = open_screen(officer, "law", date="05/07/2018")
    field(test, "Tìm trong pháp luật").set_value("tam lanh").run()
    assert "tạm lánh" in html(test).lower() and "Công an cấp huyện xác minh" not in html(test)
    field(test, "Tìm trong pháp luật").set_value("<script>không có").run()
    assert "Không có quy định nào" in html(test) and "<script>" not in html(test)


def test_a_value_is_entered_with_its_document(open_screen: Open, office: Office, officer: Actor) -> None:
    test = open_screen(officer, "law", part="values", do="office_value", key="deadline:B.VERIFY.POLICE")
    assert "Công an cấp tỉnh xác minh" in html(test)
    field(test, "Áp dụng từ ngày").set_value("01/07/2025")
    field(test, "Mức").set_value("20")
    field(test, "Đơn vị tính").set_value("ngày")
    field(test, "Số văn bản").set_value("99/QĐ-UBND")
    field(test, "Ngày văn bản").set_value("01/07/2025")
    said = words(press(test, "Lưu"))
    assert "99/QĐ-UBND ngày 01/07/2025" in said
    with Work(office, command_line()) as work:
        assert office_values.entered(work)[0].effective_from == date(2025, 7, 1)


def test_what_is_refused_stands_beside_its_field_and_stays_typed(open_screen: Open, officer: Actor) -> None:
    test = open_screen(officer, "law", part="values", do="office_value", key="deadline:B.VERIFY.POLICE")
    field(test, "Áp dụng từ ngày").set_value("01/07/2025")
    test = press(test, "Lưu")
    assert "Cần ghi số văn bản." in words(test)
    assert field(test, "Áp dụng từ ngày").value == "01/07/2025"


def test_a_range_of_holidays_is_entered_and_one_taken_back(
    open_screen: Open, office: Office, officer: Actor
) -> None:
    test = open_screen(officer, "law", part="holidays", date="01/01/2026", do="holidays")
    field(test, "Từ ngày").set_value("14/02/2026")
    field(test, "Đến hết ngày").set_value("22/02/2026")
    field(test, "Số văn bản").set_value("15/TB")
    field(test, "Ngày văn bản").set_value("10/01/2026")
    seen = words(press(test, "Lưu"))
    assert "14/02/2026 (thứ bảy)" in seen and "22/02/2026" in seen and "15/TB ngày 10/01/2026" in seen
    with Work(office, command_line(), write=True) as work:
        office_values.cancel_holidays(
            work, first=date(2026, 2, 22), document="16/TB", document_date=date(2026, 1, 20)
        )
    seen = html(open_screen(officer, "law", part="holidays", date="01/01/2026"))
    assert "Bỏ ngày nghỉ: 16/TB" in seen and "Đã bỏ" in seen and "15/TB" in seen
    assert "Chưa nhập ngày nghỉ" in html(open_screen(officer, "law", part="holidays", date="01/01/2027"))


def test_others_read_the_law_and_find_no_form(open_screen: Open, office: Office) -> None:
    for role, at in ((Role.POLICE, "Công an tỉnh"), (Role.LEADER, "Ủy ban nhân dân tỉnh")):
        test = open_screen(f.actor(office, role, at), "law", part="values", do="office_value")
        assert "Chưa có số liệu" in html(test) and not has_field(test, "Số văn bản")
        assert "do=office_value" not in html(test)


def test_an_administrator_is_refused(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "law")
    assert len(test.error) == 1 and "Quy định" not in html(test)


@pytest.fixture
def unclocked(office: Office) -> int:
    """A file whose verification began under the new law: no figure, no day."""
    with Work(office, command_line(), write=True) as work:
        case = f.case(work, received_on=date(2026, 1, 5), home_district_id=None)
        verification.request(work, case, requested_on=date(2026, 1, 6), unit_id=f.unit(work).id)
        return case.id


def test_the_field_stands_beside_the_missing_limit_of_a_file(
    open_screen: Open, office: Office, officer: Actor, unclocked: int
) -> None:
    seen = html(open_screen(officer, "case", id=f"{unclocked:x}"))
    assert limits.NOT_KNOWN in seen and "do=limit&amp;key=deadline:B.VERIFY.POLICE" in seen
    test = open_screen(officer, "case", id=f"{unclocked:x}", do="limit", key="deadline:B.VERIFY.POLICE")
    field(test, "Áp dụng từ ngày").set_value("01/07/2025")
    field(test, "Mức").set_value("20")
    field(test, "Đơn vị tính").set_value("ngày")
    field(test, "Số văn bản").set_value("99/QĐ-UBND")
    field(test, "Ngày văn bản").set_value("01/07/2025")
    assert "Hạn 26/01/2026 (20 ngày)" in words(press(test, "Lưu"))


def test_who_may_not_enter_values_reads_the_sentence_only(
    open_screen: Open, office: Office, unclocked: int
) -> None:
    police = f.actor(office, Role.POLICE, "Công an tỉnh")
    seen = html(open_screen(police, "case", id=f"{unclocked:x}"))
    assert limits.NOT_KNOWN in seen and "do=limit" not in seen
    test = open_screen(police, "case", id=f"{unclocked:x}", do="limit", key="deadline:B.VERIFY.POLICE")
    assert not has_field(test, "Số văn bản")
