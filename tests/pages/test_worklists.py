"""The screens of verification, protection and support."""

from datetime import date, timedelta

import pytest

from db.accounts import Role
from services import protection, support, verification
from services.office import Office
from services.work import Work, command_line
from services.worklists import LISTS
from tests import factories as f
from tests.pages.screens import Open, field, html


@pytest.fixture
def files(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        f.case(work, full_name="Người Chưa Đề Nghị")
        asked = f.case(work, full_name="Người Đang Chờ")
        verification.request(work, asked, requested_on=date(2018, 7, 5), unit_id=f.unit(work).id)
        protection.declare_need(work, asked, declared_on=date(2018, 7, 6))
        guarded = f.case(work, full_name="Người Đang Được Bảo Vệ")
        protection.apply_measure(work, guarded, measure="A.P5", applied_on=date(2018, 7, 8))
        support.declare_need(work, guarded, kind=support.SupportKind.VOCATIONAL)


def test_each_list_shows_as_many_as_it_counts(open_screen: Open, office: Office, files: None) -> None:
    everything = f.actor(office, Role.POLICE, "Công an tỉnh", head=True).holdings
    everything += f.actor(office, Role.LABOUR_DEPT, f.LABOUR).holdings
    actor = f.Actor(9, "Hai vai", everything, "session")
    for found in LISTS.values():
        seen = html(open_screen(actor, found.screen, list=found.name))
        lines = seen.count("<tr>") - 1 if "<tr>" in seen else 0
        assert f"{found.label}<b>{lines}</b>" in seen, found.name


def test_what_is_late_says_so_and_can_be_seen_alone(open_screen: Open, office: Office, files: None) -> None:
    actor = f.actor(office, Role.POLICE, "Công an tỉnh")
    with Work(office, command_line(), write=True) as work:
        yesterday = work.today - timedelta(days=1)
        new = f.case(work, full_name="Người Mới", received_on=yesterday, home_district_id=None)
        verification.request(work, new, requested_on=yesterday, unit_id=f.unit(work).id)
    seen = html(open_screen(actor, "verification", list="verifying"))
    assert "Người Đang Chờ" in seen and "Người Mới" in seen and "1 quá hạn" in seen
    late = html(open_screen(actor, "verification", list="verifying", late="1"))
    assert "Người Đang Chờ" in late and "Người Mới" not in late


def test_the_unit_narrows_counts_and_lines_alike(open_screen: Open, office: Office, files: None) -> None:
    with Work(office, command_line(), write=True) as work:
        other = f.unit(work, "Bộ đội Biên phòng")
        f.case(work, full_name="Người Biên Giới", unit_id=other.id)
        code = format(other.id, "x")
    actor = f.actor(office, Role.POLICE, "Công an tỉnh")
    test = open_screen(actor, "verification", unit=code)
    assert "Chưa đề nghị xác minh<b>1</b>" in html(test) and "Người Chưa Đề Nghị" not in html(test)
    field(test, "Đơn vị tiếp nhận").set_value(None).run()
    assert "Chưa đề nghị xác minh<b>3</b>" in html(test) and not dict(test.query_params)


def test_a_line_leads_to_the_file_and_to_what_is_to_be_done(
    open_screen: Open, office: Office, files: None
) -> None:
    seen = html(open_screen(f.actor(office, Role.POLICE, "Công an tỉnh"), "protection", list="unguarded"))
    assert "do=measure" in seen and "Người Đang Chờ" in seen


def test_who_only_asks_for_verification_is_offered_no_conclusion(
    open_screen: Open, office: Office, files: None
) -> None:
    seen = html(open_screen(f.actor(office, Role.LABOUR_DEPT, f.LABOUR), "verification", list="verifying"))
    assert "Người Đang Chờ" in seen and "do=conclude" not in seen


@pytest.mark.parametrize("screen", ["verification", "protection", "support"])
@pytest.mark.parametrize("role, at", [(Role.PARTNER, "Sở Tư pháp"), (Role.LEADER, "Ủy ban nhân dân tỉnh")])
def test_others_are_refused(
    open_screen: Open, office: Office, files: None, screen: str, role: Role, at: str
) -> None:
    test = open_screen(f.actor(office, role, at), screen)
    assert test.error and "Người" not in html(test).replace("Người khác", "")
