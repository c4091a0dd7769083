"""What an officer is typing outlives the server, the page and the window; two officers at one file."""

import re
import signal
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from db.accounts import Role
from services import accounts, passwords
from services.work import VIETNAM, Work, command_line
from tests import factories as make
from tests.e2e.conftest import OFFICER, sign_in
from tests.web.conftest import PASSWORD, Server, seed, serve

SECOND, SECOND_NAME = "canbo.hai", "Hà Thị Hai"
ANSWER, NOTE, NAME = "Số văn bản trả lời", "Nội dung tóm tắt", "Họ và tên"
TODAY = datetime.now(VIETNAM).date()
PAUSE = 1500  # after the last key of a short text until it is kept (1 s), with the way there
LONG_PAUSE = 3200  # of a long one (2 s)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """An empty office with two officers of the province's police."""
    seed(tmp_path)
    quick, passwords.ROUNDS = passwords.ROUNDS, 4
    with serve(tmp_path) as server, Work(server.office, command_line(), write=True) as work:
        for username, name in ((OFFICER, "Nông Văn Chuyên"), (SECOND, SECOND_NAME)):
            person = accounts.create_account(work, username=username, full_name=name, password=PASSWORD)
            at = make.unit(work, "Công an tỉnh").id
            accounts.grant(work, account_id=person.id, role=Role.POLICE, unit_id=at)
    passwords.ROUNDS = quick
    yield tmp_path


def a_file(server: Server) -> str:
    with Work(server.office, command_line(), write=True) as work:
        return format(make.case(work).id, "x")


def open_form(page: Page, server: Server, address: str, label: str) -> None:
    page.goto(f"{server.base}{address}")
    expect(field(page, label)).to_be_visible(timeout=20_000)


def field(page: Page, label: str):  # type: ignore[no-untyped-def]
    return page.get_by_label(re.compile(rf"^{re.escape(label)}( \*)?$")).last


def choose(page: Page, label: str, option: str) -> None:
    box = field(page, label)
    box.click()
    box.press_sequentially(option[:12])
    page.get_by_role("option", name=option).first.click()


def type_in(page: Page, label: str, text: str, pause: int) -> None:
    """Types and stops, without leaving the field."""
    field(page, label).click()
    page.keyboard.type(text, delay=25)
    page.wait_for_timeout(pause)


def test_a_killed_server_loses_nothing_typed(page: Page, home: Path) -> None:
    with serve(home) as server:
        case = a_file(server)
        sign_in(page, server)
        open_form(page, server, f"/case?id={case}&do=evidence", NOTE)
        type_in(page, NOTE, "Người này kể lại đường đi\nqua hai tỉnh", LONG_PAUSE)
        open_form(page, server, f"/case?id={case}&do=conclude", "Kết luận")
        choose(page, "Kết luận", "Chưa đủ căn cứ")
        type_in(page, ANSWER, "15/CV-XM", PAUSE)
        open_form(page, server, "/intake", NAME)
        type_in(page, NAME, "Bàn Thị Mới", PAUSE)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(15)
    with serve(home) as server:
        page.goto(server.base)
        expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible(timeout=20_000)  # the session survives
        page.context.clear_cookies()  # and somebody who has to sign in again finds the same
        sign_in(page, server)
        open_form(page, server, "/intake", NAME)
        expect(field(page, NAME)).to_have_value("Bàn Thị Mới")
        open_form(page, server, f"/case?id={case}&do=conclude", ANSWER)  # its field follows the conclusion chosen
        expect(field(page, ANSWER)).to_have_value("15/CV-XM")
        open_form(page, server, f"/case?id={case}&do=evidence", NOTE)
        expect(field(page, NOTE)).to_have_value("Người này kể lại đường đi\nqua hai tỉnh")
        page.reload()
        expect(field(page, NOTE)).to_have_value("Người này kể lại đường đi\nqua hai tỉnh", timeout=20_000)


def test_the_draft_is_there_in_another_browser(browser: Browser, page: Page, home: Path) -> None:
    with serve(home) as server:
        sign_in(page, server)
        open_form(page, server, "/intake", NAME)
        type_in(page, NAME, "Bàn Thị Mới", PAUSE)
        with browser.new_context(locale="vi-VN") as elsewhere:
            other = elsewhere.new_page()
            sign_in(other, server)
            open_form(other, server, "/intake", NAME)
            expect(field(other, NAME)).to_have_value("Bàn Thị Mới")


def test_typing_vietnamese_is_never_disturbed(page: Page, home: Path) -> None:
    """Composed letters, whole words put in by an input method, decomposed text, a caret in the middle: what
    stands in the field and where the caret is stay, while the text is sent and its draft kept."""
    with serve(home) as server:
        case = a_file(server)
        sign_in(page, server)
        open_form(page, server, f"/case?id={case}&do=evidence", NOTE)
        field(page, NOTE).click()
        for word in ("Người ", "được ", "giải ", "cứu "):
            page.keyboard.insert_text(word)
            page.wait_for_timeout(120)
        page.wait_for_timeout(LONG_PAUSE)  # sent meanwhile
        expect(field(page, NOTE)).to_be_focused()
        for _ in "cứu ":
            page.keyboard.press("ArrowLeft")
        page.keyboard.insert_text("tự ")
        page.wait_for_timeout(LONG_PAUSE)
        assert field(page, NOTE).input_value() == "Người được giải tự cứu "
        assert caret(page) == len("Người được giải tự ")
        decomposed = unicodedata.normalize("NFD", "Hoà Bình")
        page.keyboard.insert_text(decomposed)
        page.wait_for_timeout(LONG_PAUSE)
        assert decomposed in field(page, NOTE).input_value()  # as typed; stored, it is composed
        expect(field(page, NOTE)).to_be_focused()

        session = page.context.new_cdp_session(page)  # a word still being composed when its pause is over
        session.send("Input.imeSetComposition", {"text": "nguoi", "selectionStart": 5, "selectionEnd": 5})
        page.wait_for_timeout(LONG_PAUSE)
        session.send("Input.imeSetComposition", {"text": "người", "selectionStart": 5, "selectionEnd": 5})
        page.wait_for_timeout(500)
        session.send("Input.insertText", {"text": "người"})
        assert f"{decomposed}người" in field(page, NOTE).input_value()

        open_form(page, server, "/intake", NAME)
        field(page, NAME).click()
        session.send("Input.imeSetComposition", {"text": "Ngoc", "selectionStart": 4, "selectionEnd": 4})
        page.wait_for_timeout(PAUSE)
        session.send("Input.imeSetComposition", {"text": "Ngọc", "selectionStart": 4, "selectionEnd": 4})
        page.wait_for_timeout(PAUSE)
        session.send("Input.insertText", {"text": "Ngọc"})
        page.wait_for_timeout(PAUSE)
        assert field(page, NAME).input_value() == "Ngọc"
        expect(field(page, NAME)).to_be_focused()


def caret(page: Page) -> int:
    return int(page.evaluate("document.activeElement.selectionStart"))


def test_two_officers_conclude_one_file_at_once(browser: Browser, page: Page, home: Path) -> None:
    """One wins; the other sees who was first, and keeps the text."""
    with serve(home) as server, browser.new_context(locale="vi-VN") as elsewhere:
        case, other = a_file(server), elsewhere.new_page()
        sign_in(page, server)
        sign_in(other, server, SECOND)
        for tab, number in ((page, "15/CV-XM"), (other, "99/CV-XM")):
            open_form(tab, server, f"/case?id={case}&do=conclude", "Kết luận")
            choose(tab, "Kết luận", "Chưa đủ căn cứ")
            type_in(tab, ANSWER, number, PAUSE)
        for tab in (page, other):  # both presses are under way together
            tab.get_by_role("button", name="Lưu", exact=True).click(no_wait_after=True)
        expect(
            page.get_by_role("button", name="Lưu", exact=True).or_(page.locator("ol.stages")).first
        ).to_be_visible()
        page.wait_for_timeout(4000)
        tabs = (page, other)
        lost = [tab for tab in tabs if tab.get_by_role("button", name="Lưu", exact=True).count()]
        assert len(lost) == 1
        late = lost[0]
        winner = "Nông Văn Chuyên" if late is other else SECOND_NAME
        expect(late.get_by_role("alert").filter(has_text=winner).first).to_be_visible()
        expect(field(late, ANSWER)).to_have_value("99/CV-XM" if late is other else "15/CV-XM")
        won = page if late is other else other
        expect(won.get_by_text("Chưa đủ căn cứ").first).to_be_visible()
