"""A real browser over a real server. In CI it must be there; elsewhere its absence skips with a sentence."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from db.accounts import Role
from services import accounts, passwords
from services.work import Work, command_line
from tests import factories as make
from tests.web.conftest import PASSWORD, Server, seed, serve

OFFICER = "canbo"

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
QUIET = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium must be there in CI")
        pytest.skip("no chromium here: install Debian's package to run the browser's journeys")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A tab at 1366 × 768 that fails the test when anything asks a foreign host."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True, locale="vi-VN")
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if "127.0.0.1" not in request.url else None)
    yield page
    page.screenshot(path=tmp_path / "last.png")  # kept by pytest with the temporary folder of a failed test
    context.close()
    assert not [url for url in foreign if not url.startswith(("data:", "blob:"))]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over an empty office, with one officer who holds two roles."""
    home = tmp_path_factory.mktemp("journey")
    code = seed(home)
    with serve(home, code) as server:
        quick, passwords.ROUNDS = passwords.ROUNDS, 4
        with Work(server.office, command_line(), write=True) as work:
            person = accounts.create_account(
                work, username=OFFICER, full_name="Nông Văn Chuyên", password=PASSWORD
            )
            for role, unit in ((Role.LABOUR_DEPT, make.LABOUR), (Role.POLICE, "Công an tỉnh")):
                accounts.grant(work, account_id=person.id, role=role, unit_id=make.unit(work, unit).id)
        passwords.ROUNDS = quick
        yield server


def sign_in(page: Page, server: Server, username: str = OFFICER) -> None:
    page.goto(server.base)
    page.get_by_label("Tên đăng nhập", exact=True).fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Hôm nay")).to_be_visible(timeout=20_000)
