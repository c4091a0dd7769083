"""Kế hoạch: clause, who, when, what was done, where."""

from db.accounts import Role
from services import law
from services.office import Office
from services.work import Work, command_line
from tests import factories as f
from tests.pages.screens import Open, html


def test_each_clause_of_a_part_is_shown_as_issued(open_screen: Open, office: Office) -> None:
    officer = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    for part in ("II", "III", "IV", "V", "VI"):
        seen = html(open_screen(officer, "plan", part=part))
        for clause in law.plan().clauses:
            if clause.id.split(".")[0] == part:
                assert clause.text.replace("'", "&#x27;") in seen, clause.id


def test_live_figures_stand_beside_the_targets(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "plan"))
    assert "Đã tiếp nhận 1 trường hợp." in seen and "0/1, đạt 0,0%" in seen
    assert 'href="/statistics"' in seen


def test_a_leader_sees_the_plan_without_figures_or_links(open_screen: Open, office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work)
    seen = html(open_screen(f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"), "plan"))
    assert "Chủ trì" in seen and "Bản sau sẽ có" in seen
    assert "Đã tiếp nhận" not in seen and "đạt" not in seen.replace("đạt kết quả", "") and "href=" not in seen


def test_an_administrator_is_refused(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "plan")
    assert len(test.error) == 1 and html(test) == ""
