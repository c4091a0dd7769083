"""Five people just rescued, ten minutes: a district officer enters them all and asks for verification."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState
from db.people import Person, PersonKind
from services import accounts, passwords
from services.work import Work, command_line
from tests import factories as make
from tests.e2e.conftest import sign_in
from tests.e2e.line import Line
from tests.web.conftest import PASSWORD, Server

UNIT, POLICE, DAY = "UBND Huyện Na Rì", "Công an Huyện Na Rì", "15/10/2020"
SIZES = {"wide": (1366, 768), "phone": (390, 844)}
NEXT = "Lưu người này"


@dataclass(frozen=True)
class Told:
    """What one person says at the table; no name: not known."""

    name: str = ""
    sex: str = "Nữ"
    birth: str = ""
    with_whom: str = ""
    language: str = ""
    call: str = ""
    never: str = ""


PEOPLE = (
    Told("Vàng Thị Mỷ", birth="1995", call="Chị ruột, xưng là bạn học", never="Sau 20 giờ"),
    Told("Vàng A Páo", sex="Nam", birth="2016", with_whom="Vàng Thị Mỷ"),
    Told("Giàng Thị Dua", birth="12/2000", language="Tiếng Mông"),
    Told(),
    Told("Hoàng Thị Liễu", birth="03/02/2005", call="Mẹ", never="Khi cha dượng ở nhà"),
)


@pytest.fixture(scope="module")
def officers(running: Server) -> Server:
    """The office has files already; a district officer for each size, so that nobody shares a draft."""
    quick, passwords.ROUNDS = passwords.ROUNDS, 4
    with Work(running.office, command_line(), write=True) as work:
        unit = make.unit(work, UNIT).id
        for size in SIZES:
            person = accounts.create_account(
                work, username=f"nari.{size}", full_name="Ma Thị Thoa", password=PASSWORD
            )
            accounts.grant(work, account_id=person.id, role=Role.LOCAL, unit_id=unit)
        for number in range(60):
            make.case(work, full_name=f"Nông Thị Số {number}")
    passwords.ROUNDS = quick
    return running


@pytest.fixture(params=SIZES)
def screen(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[tuple[str, Page]]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    page = context.new_page()
    yield request.param, page
    page.screenshot(path=tmp_path / "last.png")  # kept by pytest with the temporary folder of a failed test
    context.close()


def write(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=re.compile(f"^{re.escape(label)}")).first
    field.fill(text)
    field.press("Tab")


def choose(page: Page, label: str, option: str) -> None:
    """As a person does: a list that Streamlit closes, because an answer arrived just then, is opened again."""
    field = page.get_by_role("combobox", name=re.compile(re.escape(label))).first
    offered = page.get_by_role("option", name=option).first
    for _ in range(4):
        field.click()
        field.press_sequentially(option[:10])
        try:
            offered.click(timeout=4000)
            return
        except PlaywrightTimeout:
            page.keyboard.press("Escape")
    raise AssertionError(f"the list {label} stays closed")


def settle(page: Page) -> None:
    """What was typed has arrived, and the next press is no double click of the last one."""
    page.wait_for_timeout(1200)


def enter(page: Page, told: Told) -> None:
    if told.name:
        write(page, "Họ và tên", told.name)
    else:
        page.get_by_text("Chưa rõ tên", exact=True).last.click()
    if told.with_whom:
        choose(page, "Tư cách", "Người chưa thành niên đi cùng")
        choose(page, "Đi cùng ai", told.with_whom)
        choose(page, "Quan hệ với người được tiếp nhận", "Con")
    choose(page, "Giới tính", told.sex)
    if told.birth:
        write(page, "Ngày sinh", told.birth)
    if told.language:
        choose(page, "Ngôn ngữ", told.language)
        choose(page, "Cần phiên dịch", "Có")
    if told.call:
        write(page, "Cách liên hệ an toàn", told.call)
        write(page, "Không liên hệ khi", told.never)
    settle(page)


def test_five_people_in_one_go(officers: Server, screen: tuple[str, Page]) -> None:
    size, page = screen
    sign_in(page, officers, f"nari.{size}")
    line = Line(page)
    with line.step("mở Tiếp nhận mới"):
        page.goto(f"{officers.base}/intake")
        expect(page.get_by_role("textbox", name="Họ và tên", exact=True)).to_be_visible(timeout=30_000)
    with line.step("nhiều người"):
        page.get_by_role("link", name="Nhiều người cùng một vụ việc").click()
        expect(page.get_by_role("textbox", name="Số người")).to_be_visible()
    with line.step("gõ thông tin chung"):
        write(page, "Ngày tiếp nhận", DAY)
        write(page, "Số người", "5")
        choose(page, "Hình thức tiếp nhận", "Được giải cứu")
        choose(page, "Nơi bị mua bán", "Ở nước ngoài")
        choose(page, "Nước", "Trung Quốc")
        settle(page)
    with line.step("lưu thông tin chung"):
        page.get_by_role("button", name="Lưu và ghi từng người").click()
        expect(page.get_by_text("Người thứ 1 / 5")).to_be_visible(timeout=30_000)
    name = page.get_by_role("textbox", name="Họ và tên", exact=True)
    for number, told in enumerate(PEOPLE, start=1):
        expect(name).to_have_count(1, timeout=30_000)
        expect(name).to_be_focused(timeout=30_000)  # the next person at once, by keyboard
        with line.step(f"gõ người {number}"):
            enter(page, told)
        with line.step(f"lưu người {number}"):
            page.get_by_role("button", name=NEXT).click()
            following = f"Người thứ {number + 1} / 5" if number < len(PEOPLE) else "đã ghi đủ"
            expect(page.get_by_text(following).first).to_be_visible(timeout=30_000)
    assert "Vàng" not in page.url
    rows = page.locator("table.people tbody tr")
    expect(rows).to_have_count(5)

    with line.step("mở đề nghị xác minh"):
        page.get_by_role("link", name="Đề nghị xác minh cho cả 4 hồ sơ").click()
        expect(page.get_by_text("Một đề nghị, ghi vào 4 hồ sơ")).to_be_visible()
    write(page, "Ngày đề nghị xác minh", DAY)
    choose(page, "Cơ quan xác minh", POLICE)
    write(page, "Số văn bản đề nghị", "15/ĐN-UBND")
    settle(page)
    with line.step("gửi đề nghị"):
        page.get_by_role("button", name="Gửi đề nghị cho các hồ sơ trên").click()
        expect(rows.get_by_text("Đang xác minh")).to_have_count(4, timeout=30_000)
    for told in PEOPLE:
        expect(rows.get_by_role("link", name=told.name or "Chưa rõ tên", exact=True).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    print(f"\n{size}: " + ", ".join(f"{words} {cost / 1000:.1f} kB" for words, cost in line.costs))

    page.get_by_role("link", name="Vàng Thị Mỷ").first.click()
    top = page.locator("p.contact")
    expect(top).to_contain_text("Chị ruột, xưng là bạn học")
    expect(top).to_contain_text("Sau 20 giờ")
    _kept(officers, size)


def _kept(server: Server, size: str) -> None:
    """Four files in the state of verification, and the child in its mother's."""
    with Work(server.office, command_line()) as work:
        found = work.session.exec(select(Case).where(Case.incident_id.is_not(None))).all()
        newest = max(found, key=lambda case: case.created_at).incident_id
        mine = [case for case in found if case.incident_id == newest]
        assert len(mine) == 4 and {case.state for case in mine} == {CaseState.VERIFYING}
        ids = [case.id for case in mine]
        people = [person for person in work.session.exec(select(Person)) if person.case_id in ids]
        child = next(person for person in people if person.kind is PersonKind.ACCOMPANYING_MINOR)
        mother = next(p for p in people if p.case_id == child.case_id and p.kind is PersonKind.SUBJECT)
        assert mother.full_name == "Vàng Thị Mỷ" == child.guardian_name
        assert len(people) == 5
