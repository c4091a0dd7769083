"""The main job, as an officer does it in a browser: from the register of Excel to the report."""

import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from services import backup
from services import office as offices
from services.work import VIETNAM
from tests.e2e.conftest import sign_in
from tests.web.conftest import Server

REGISTER = Path(__file__).parent.parent / "data" / "so_tiep_nhan_sach.xlsx"
TODAY = datetime.now(VIETNAM).date()


def open_form(page: Page, name: str) -> None:
    page.locator("section.next").get_by_role("link", name=name, exact=True).first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    field = page.get_by_label(re.compile(rf"^{re.escape(label)}")).last
    field.click()
    field.press_sequentially(option[:12])
    page.get_by_role("option", name=option).first.click()


def write(page: Page, label: str, text: str) -> None:
    field = page.get_by_label(re.compile(rf"^{re.escape(label)}")).last
    field.fill(text)
    field.press("Tab")


def press_save(page: Page) -> None:
    page.wait_for_timeout(1200)  # a press within a second of the last save counts as its double click
    page.get_by_role("button", name="Lưu", exact=True).click()


def save(page: Page) -> None:
    press_save(page)
    expect(page.get_by_role("button", name="Lưu", exact=True)).to_have_count(0, timeout=15_000)
    expect(page.get_by_text("Đã lưu").last).to_be_visible()


def received_waiting() -> tuple[str, date]:
    """The last person of the register whose conclusion is still open, with the day of reception."""
    sheet = openpyxl.load_workbook(REGISTER).active
    head = [cell.value for cell in sheet[4]]
    at = {name: head.index(name) for name in ("Họ và tên", "Ngày tiếp nhận", "Kết luận", "Nơi bị mua bán")}
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[at["Họ và tên"]]]
    open_rows = [row for row in rows if not row[at["Kết luận"]] and row[at["Nơi bị mua bán"]]]
    return open_rows[-1][at["Họ và tên"]], open_rows[-1][at["Ngày tiếp nhận"]].date()


def concluded(page: Page, server: Server) -> str:
    """The year's account, as the statistics page shows it."""
    page.goto(f"{server.base}/statistics?period={TODAY.year}")
    said = page.locator("div.balance").first
    expect(said).to_be_visible(timeout=20_000)
    return said.inner_text()


def test_from_the_register_to_the_report(page: Page, running: Server, tmp_path: Path) -> None:
    sign_in(page, running)

    page.goto(f"{running.base}/import")
    page.locator("input[type=file]").set_input_files(REGISTER)
    page.get_by_role("button", name="Nhập sổ: 96 dòng mới").click(timeout=30_000)
    expect(page.get_by_text("Đang dùng")).to_be_visible(timeout=60_000)  # the batch stands in the list

    before = concluded(page, running)
    name, _ = received_waiting()
    page.goto(f"{running.base}/cases")
    page.get_by_label("Tìm hồ sơ").fill(make_plain(name))
    page.get_by_label("Tìm hồ sơ").press("Enter")
    expect(page.locator("table.rows tbody tr")).to_have_count(1, timeout=15_000)
    assert make_plain(name) not in page.url.lower()  # typed text never stands in an address
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name)).to_be_visible(timeout=15_000)

    open_form(page, "Đề nghị xác minh")
    choose(page, "Cơ quan xác minh", "Công an tỉnh")
    write(page, "Số văn bản đề nghị", "15/CV-XM")
    save(page)
    page.go_back()  # the form that was saved is gone from the history
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert "do=" not in page.url
    expect(page.get_by_role("button", name="Lưu", exact=True)).to_have_count(0)

    open_form(page, "Kết luận xác minh")
    choose(page, "Kết luận", "Là nạn nhân")
    write(page, "Ngày kết luận", "31/02/2026")
    press_save(page)
    expect(page.get_by_text("Ngày này không có trong lịch.").first).to_be_visible()  # and nothing typed is lost
    expect(page.get_by_label(re.compile("^Ngày kết luận")).last).to_have_value("31/02/2026")
    write(page, "Ngày kết luận", TODAY.strftime("%d/%m/%Y"))
    write(page, "Số giấy xác nhận", "27/GXN-CA")
    save(page)
    expect(page.get_by_text("Đã xác định là nạn nhân").first).to_be_visible()

    open_form(page, "Áp dụng biện pháp bảo vệ")
    choose(page, "Biện pháp bảo vệ", "Bố trí nơi tạm lánh")
    save(page)

    open_form(page, "Ghi lần hỗ trợ")
    choose(page, "Loại hỗ trợ", "Chi phí đi lại")
    write(page, "Số tiền (đồng)", "1.440.000 đ")
    choose(page, "Nguồn kinh phí", "Ngân sách nhà nước")
    save(page)
    expect(page.get_by_text("1.440.000").first).to_be_visible()
    expect(page.get_by_text("Kết luận: là nạn nhân").first).to_be_visible()  # the readable history

    assert concluded(page, running) != before

    page.goto(f"{running.base}/reports?period={TODAY.year}")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Tải PDF").click()
    report = tmp_path / "report.pdf"
    download.value.save_as(report)
    assert report.read_bytes().startswith(b"%PDF")
    if shutil.which("pdftotext"):
        text = subprocess.run(["pdftotext", "-layout", report, "-"], capture_output=True, text=True).stdout
        assert "BÁO CÁO" in text
        assert name not in text

    assert_sealed(running, tmp_path, name)


def assert_sealed(server: Server, folder: Path, name: str) -> None:
    """No sealed name stands readable in database, write-ahead log, backup or logs."""
    offices.set_current(server.office)
    backup.make(server.office, folder / "backup")
    needle = name.encode()
    files = [path for root in (server.office.home.path, folder / "backup") for path in root.rglob("*")]
    assert any(path.name.endswith("-wal") or path.suffix == ".db" for path in files)
    for path in files:
        if path.is_file():
            assert needle not in path.read_bytes(), path


def make_plain(name: str) -> str:
    from services.text import fold

    return fold(name)
