"""Each role signs in, in a browser, and finds exactly its menu; signing out leaves nothing behind."""

import pytest
from playwright.sync_api import Browser, Page, expect

from db.accounts import Role
from pages.menu import MENU
from tests.e2e.conftest import sign_in
from tests.web.conftest import Server
from tests.web.test_matrix import POLICY


def menu(page: Page) -> list[str]:
    expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible(timeout=15_000)
    return [link.inner_text().strip() for link in page.get_by_test_id("stSidebarNavLink").all()]


@pytest.mark.parametrize("role", Role)
def test_each_role_finds_its_menu(page: Page, running: Server, role: Role) -> None:
    sign_in(page, running, role.value)
    expected = [screen.title for screen in MENU if screen.listed and screen.address in POLICY[role]]
    assert menu(page) == expected


def test_signing_out_leaves_the_sign_in_page(page: Page, running: Server) -> None:
    sign_in(page, running, Role.POLICE.value)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible(timeout=15_000)
    page.goto(f"{running.base}/cases")
    expect(page.get_by_label("Mật khẩu", exact=True)).to_be_visible(timeout=15_000)


def test_it_works_on_a_phone(browser: Browser, running: Server) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="vi-VN")
    page = context.new_page()
    sign_in(page, running, Role.POLICE.value)
    for address in ("", "cases", "intake", "verification", "statistics", "plan", "guide"):
        page.goto(f"{running.base}/{address}")
        expect(page.get_by_role("heading").first).to_be_visible(timeout=15_000)
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= 390, f"/{address} is {wide} px wide"
    context.close()
