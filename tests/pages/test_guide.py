"""Hướng dẫn: a page for each role, with links to that person's own screens."""

import re

import pytest

from db.accounts import Role
from pages.menu import MENU
from services import guide
from services.access import GRANTS
from services.office import Office
from tests import factories as f
from tests.pages.screens import Open, html

PLACES = {
    Role.LABOUR_DEPT: f.LABOUR,
    Role.POLICE: "Công an tỉnh",
    Role.LOCAL: "UBND Huyện Na Rì",
    Role.SHELTER: f.SHELTER,
    Role.PARTNER: "Sở Tư pháp",
    Role.LEADER: "Ủy ban nhân dân tỉnh",
    Role.ADMIN: f.LABOUR,
}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_page(open_screen: Open, office: Office, role: Role) -> None:
    seen = html(open_screen(f.actor(office, role, PLACES[role]), "guide"))
    assert f"<h2>{role.label}</h2>" in seen
    for word in ("Đăng nhập", "MẬT", "Ctrl + P"):
        assert word in seen


@pytest.mark.parametrize("role", Role)
def test_a_guide_names_only_screens_of_its_role(role: Role) -> None:
    rights = {screen.address: screen.right for screen in MENU}
    for chapter in guide.of(role).chapters:
        for step in chapter.steps:
            if step.screen is not None:
                right = rights[step.screen]
                assert right is None or right in GRANTS[role].rights, (role, step.screen)


def test_another_role_s_page_has_no_link_one_may_not_open(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"), "guide", role="labour_dept")
    seen = html(test)
    assert "Sổ Excel đang dùng" in seen
    assert set(re.findall(r'href="/([a-z]*)"', seen)) <= {"", "plan", "law", "guide"}


def test_a_role_that_is_not_one_opens_one_s_own(open_screen: Open, office: Office) -> None:
    seen = html(open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "guide", role="không có"))
    assert f"<h2>{Role.POLICE.label}</h2>" in seen
