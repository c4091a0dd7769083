"""Báo cáo: the document on the screen, its typed parts, its files, the year's calendar."""

import io
from datetime import date

import pypdf
import pytest

from db.accounts import Role
from services import periods
from services.office import Office
from services.reports import writing
from services.server import downloads
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press, words


@pytest.fixture(autouse=True)
def case(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)


@pytest.fixture
def officer(office: Office) -> Actor:
    return f.actor(office, Role.LABOUR_DEPT, f.LABOUR)


def test_the_document_is_drawn_as_it_prints(open_screen: Open, officer: Actor) -> None:
    seen = html(open_screen(officer, "reports", period="2018Q3"))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: ………/BC-LĐTBXH",
        "(Số liệu tính đến ngày 30/09/2018)",
        "Kính gửi:",
        "Bảng 1.",
        "Nơi nhận:",
    ):
        assert part in seen
    assert "Nông Thị Mẩy" not in seen


def test_what_is_typed_stands_in_the_document(open_screen: Open, office: Office, officer: Actor) -> None:
    test = open_screen(officer, "reports", period="2018Q3", view="write")
    field(test, "Số báo cáo").set_value("7")
    field(test, "Ngày báo cáo").set_value("25/09/2018")
    field(test, "Đánh giá chung").set_value("Công tác phối hợp <b>tốt</b>.")
    assert "Đã lưu" in words(press(test, "Lưu"))
    seen = html(open_screen(officer, "reports", period="2018Q3"))
    assert "Số: 07/BC-LĐTBXH" in seen and "ngày 25 tháng 9 năm 2018" in seen
    assert "&lt;b&gt;tốt&lt;/b&gt;" in seen and "<b>tốt" not in seen
    assert "(Số liệu tính đến ngày 25/09/2018)" in seen
    with Work(office, officer) as work:
        assert writing.load(work, periods.parse("2018Q3")).dated == date(2018, 9, 25)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (writing.Texts(number="156", dated=date(2018, 9, 25)), "Báo cáo đã ghi số 156."),
        (writing.Texts(dated=date(2018, 9, 25)), "Báo cáo đã ghi ngày 25/09/2018."),
    ],
)
@pytest.mark.parametrize("view", ["paper", "write"])
def test_of_a_numbered_report_the_screen_is_not_the_signed_one(
    open_screen: Open, office: Office, officer: Actor, typed: writing.Texts, said: str, view: str
) -> None:
    warning = "được tính lại từ hồ sơ hiện có; bản đã ký là bản giấy."
    assert not open_screen(officer, "reports", period="2018Q3", view=view).info
    with Work(office, officer, write=True) as work:
        writing.save(work, periods.parse("2018Q3"), typed)
    (shown,) = open_screen(officer, "reports", period="2018Q3", view=view).info
    assert shown.value.startswith(said) and shown.value.endswith(warning)


def test_a_wrong_date_says_so_and_loses_nothing(open_screen: Open, officer: Actor) -> None:
    test = open_screen(officer, "reports", period="2018Q3", view="write")
    field(test, "Ngày báo cáo").set_value("25/09/2017")
    field(test, "Đề xuất, kiến nghị").set_value("Bổ sung kinh phí.")
    test = press(test, "Lưu")
    assert "Ngày báo cáo trước kỳ báo cáo." in words(test)
    assert field(test, "Đề xuất, kiến nghị").value == "Bổ sung kinh phí."


def test_the_calendar_shows_the_year(open_screen: Open, officer: Actor) -> None:
    seen = html(open_screen(officer, "reports", period="2018Q3", view="year"))
    assert seen.count("25/12/2018") == 3 and 'href="/reports?period=2016-2018"' in seen
    assert "Đã qua hạn" in seen
    assert ">Báo cáo quý IV năm 2018<" in seen and ">Báo cáo năm 2018<" in seen


def test_each_unit_makes_its_own_report(open_screen: Open, office: Office) -> None:
    local = f.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")
    seen = html(open_screen(local, "reports", period="2018Q3"))
    assert "không tiếp nhận trường hợp nào" in seen and "Toàn tỉnh" not in seen


@pytest.mark.parametrize("label", ["Tải PDF", "Tải Excel"])
def test_a_file_leaves_through_our_own_route(
    open_screen: Open, office: Office, officer: Actor, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    offered: list[downloads.Offer] = []
    real = downloads.offer

    def offer(actor: Actor, **facts: object) -> str:
        address = real(actor, **facts)  # type: ignore[arg-type]
        offered.append(downloads._waiting[address.removeprefix(downloads.ADDRESS)])
        return address

    monkeypatch.setattr(downloads, "offer", offer)
    press(open_screen(officer, "reports", period="2018Q3"), label)
    assert offered[0].name.startswith("Báo cáo quý III năm 2018.")
    data = downloads.deliver(offered[0], officer)
    if label == "Tải PDF":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
        assert "Số liệu tính đến ngày 30/09/2018" in text
    else:
        assert data[:2] == b"PK"


def test_a_period_to_come_has_no_report(open_screen: Open, officer: Actor) -> None:
    test = open_screen(officer, "reports", period="2099")
    assert "chưa bắt đầu" in words(test)


@pytest.mark.parametrize(
    ("role", "at"),
    [
        (Role.LEADER, "Ủy ban nhân dân tỉnh"),
        (Role.ADMIN, f.LABOUR),
        (Role.PARTNER, "Sở Tư pháp"),
        (Role.SHELTER, f.SHELTER),
    ],
)
@pytest.mark.parametrize("view", ["paper", "write", "year"])
def test_it_is_refused_to_the_others(open_screen: Open, office: Office, role: Role, at: str, view: str) -> None:
    test = open_screen(f.actor(office, role, at), "reports", period="2018Q3", view=view)
    assert test.error[0].value.startswith("Không tìm thấy")
    assert "Bảng 1." not in words(test) and not test.text_area
