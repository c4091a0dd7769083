"""Nhập, xuất sổ: tried, entered as a whole, undone as a whole; what is refused comes back."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from db.accounts import Role
from pages import importing as importing_screen
from pages.ui import screen
from services import case_search, cases, import_trial, importing, trail
from services.importing import Status
from services.office import Office
from services.server import downloads
from services.trail import TrailFilter
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press, words
from tests.services.register_sheets import book

TWO_GOOD_ONE_BAD: list[dict[str, Any]] = [
    {},
    {"Họ và tên": "Lý Thị Sáy", "Số CMND/CCCD": None, "Ngày sinh": "1998"},
    {"Họ và tên": "", "Số CMND/CCCD": None},
]


@pytest.fixture
def officer(office: Office) -> Actor:
    return f.actor(office, Role.LABOUR_DEPT, f.LABOUR)


def upload(test: AppTest, data: bytes, name: str = "sổ <b>2018</b>.xlsx") -> AppTest:
    test.get("file_uploader")[0].set_value((name, data, "application/octet-stream"))
    return test.run()


def count(office: Office) -> int:
    with Work(office, command_line()) as work:
        return case_search.find(work).total


def test_a_register_is_tried_before_anything_is_written(open_screen: Open, office: Office, officer: Actor) -> None:
    test = upload(open_screen(officer, "importing"), book(*TWO_GOOD_ONE_BAD))
    seen = html(test)
    assert "<b>2</b><span>sẽ nhập</span>" in seen and "<b>1</b><span>bị từ chối</span>" in seen
    assert "sổ &lt;b&gt;2018" in seen and "Thiếu họ tên" in seen
    assert count(office) == 0
    with Work(office, f.actor(office, Role.ADMIN, f.LABOUR)) as work:
        assert any(line.reason == import_trial.TRIED for line in trail.entries(work, TrailFilter()).rows)


def test_the_good_rows_are_entered_and_the_others_come_back(
    open_screen: Open, office: Office, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = upload(open_screen(officer, "importing"), book(*TWO_GOOD_ONE_BAD))
    said = words(press(test, "Nhập sổ: 2 dòng mới"))
    assert "Đã nhập sổ." in said and "Đã lưu" in said and count(office) == 2
    offered: list[dict[str, Any]] = []
    monkeypatch.setattr(downloads, "offer", lambda actor, **facts: offered.append(facts) or "/tai/x")
    monkeypatch.setattr(screen, "go_to", lambda address: None)
    press(test, "Tải các dòng bị từ chối")
    with Work(office, officer) as work:
        rows = list(load_workbook(io.BytesIO(offered[0]["produce"](work))).active.values)
    assert any("Thiếu họ tên" in str(cell) for row in rows for cell in row)
    head = next(row for row in rows if importing.form.REASON in row)
    assert head[head.index(importing.form.REASON) + 1] == importing.form.OLD_ROW
    assert rows[rows.index(head) + 1][head.index(importing.form.OLD_ROW)] == 7  # the third row under line 4


def test_a_second_time_nothing_is_new(open_screen: Open, office: Office, officer: Actor) -> None:
    for _ in range(2):
        test = upload(open_screen(officer, "importing"), book({}))
        if not count(office):
            press(test, "Nhập sổ: 1 dòng mới")
    assert "<b>1</b><span>đã có, không đổi</span>" in html(test)
    assert not any(button.label.startswith("Nhập sổ") for button in test.button)
    assert importing_screen.NOTHING_NEW in html(test)
    assert count(office) == 1


def test_a_difference_is_shown_field_by_field_and_written_only_when_ticked(
    open_screen: Open, office: Office, officer: Actor
) -> None:
    press(upload(open_screen(officer, "importing"), book({})), "Nhập sổ: 1 dòng mới")
    changed = book({"Dân tộc": "Dao"})
    test = upload(open_screen(officer, "importing"), changed)
    assert "Dân tộc" in html(test) and "Tày" in html(test) and "<b>Dao</b>" in html(test)
    tick = next(box for box in test.checkbox if "cập nhật hồ sơ" in box.label)
    tick.check()
    test.run()
    press(test, "Nhập sổ: 0 dòng mới, 1 cập nhật")
    with Work(office, officer) as work:
        plan = importing.check(work, changed)
    assert [line.status for line in plan.rows] == [Status.SAME]


def test_an_import_that_is_stopped_leaves_nothing(
    open_screen: Open, office: Office, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = upload(open_screen(officer, "importing"), book(*TWO_GOOD_ONE_BAD))

    def stopped(work: Work, plan: Any, **rest: Any) -> None:
        importing.apply(work, plan)
        raise KeyError("stopped in the middle")

    monkeypatch.setattr(import_trial, "carry_out", stopped)
    press(test, "Nhập sổ: 2 dòng mới")
    assert test.exception and count(office) == 0
    with Work(office, officer) as work:
        assert importing.batches(work) == []


def test_a_batch_is_undone_after_it_was_asked_twice(open_screen: Open, office: Office, officer: Actor) -> None:
    press(upload(open_screen(officer, "importing"), book({})), "Nhập sổ: 1 dòng mới")
    with Work(office, officer) as work:
        batch = format(importing.batches(work)[0].id, "x")
    assert f'href="/import?undo={batch}"' in html(open_screen(officer, "importing"))
    test = open_screen(officer, "importing", undo=batch)
    assert count(office) == 1
    assert "Đã hoàn tác đợt nhập." in words(press(test, "Hoàn tác đợt này"))
    assert count(office) == 0 and "Đã hoàn tác" in html(test)


def test_what_was_worked_on_is_not_undone(open_screen: Open, office: Office, officer: Actor) -> None:
    press(upload(open_screen(officer, "importing"), book({})), "Nhập sổ: 1 dòng mới")
    with Work(office, officer, write=True) as work:
        batch = format(importing.batches(work)[0].id, "x")
        case_id = case_search.find(work).rows[0].id
        cases.hand_to(work, cases.view(work, case_id).case, unit_id=f.unit(work).id, since=work.today)
    said = words(press(open_screen(officer, "importing", undo=batch), "Hoàn tác đợt này"))
    assert "Không hoàn tác được" in said and count(office) == 1


def test_a_file_that_is_no_register_says_so(open_screen: Open, office: Office, officer: Actor) -> None:
    test = upload(open_screen(officer, "importing"), b"khong phai excel")
    assert "không phải là sổ Excel" in test.error[0].value and count(office) == 0


def test_leaving_forgets_the_register(open_screen: Open, office: Office, officer: Actor) -> None:
    test = press(upload(open_screen(officer, "importing"), book({})), "Bỏ, chọn tệp khác")
    assert test.get("file_uploader") and "sẽ nhập" not in html(test) and count(office) == 0


@pytest.mark.parametrize("role_at", [(Role.POLICE, "Công an tỉnh"), (Role.LOCAL, "UBND Huyện Na Rì")])
def test_others_take_the_register_out_but_bring_none_in(
    open_screen: Open, office: Office, role_at: tuple[Role, str]
) -> None:
    test = open_screen(f.actor(office, *role_at), "importing")
    assert [button.label for button in test.button] == ["Xuất sổ Excel", "Xuất sổ PDF (A4 ngang)"]
    assert not test.get("file_uploader")


@pytest.mark.parametrize(
    "role_at", [(Role.LEADER, "Ủy ban nhân dân tỉnh"), (Role.ADMIN, f.LABOUR), (Role.SHELTER, f.SHELTER)]
)
def test_it_is_refused_to_the_rest(open_screen: Open, office: Office, role_at: tuple[Role, str]) -> None:
    test = open_screen(f.actor(office, *role_at), "importing")
    assert test.error[0].value.startswith("Không tìm thấy") and not test.button


def test_the_page_of_many_rows_is_chosen(open_screen: Open, office: Office, officer: Actor) -> None:
    many = [{"Họ và tên": "", "Số CMND/CCCD": None, "STT": n} for n in range(120)]
    test = upload(open_screen(officer, "importing"), book(*many))
    assert html(test).count("Thiếu họ tên") == 50
    field(test, "Trang (1–3)").set_value(3)
    assert html(test.run()).count("Thiếu họ tên") == 20


def test_a_refused_row_says_whose_it_is(open_screen: Open, office: Office, officer: Actor) -> None:
    rows = [{"STT": 12, "Họ và tên": "Lý Thị Sáy", "Số CMND/CCCD": None, "Ngày sinh": "31/02/1998"}]
    seen = html(upload(open_screen(officer, "importing"), book(*rows)))
    assert '<td data-head="STT">12</td><td data-head="Họ và tên">Lý Thị Sáy</td>' in seen
    assert importing_screen.NOTHING_NEW in seen


def test_the_row_of_the_old_register_is_not_read_when_it_comes_back(office: Office, officer: Actor) -> None:
    with Work(office, officer) as work:
        plan = importing.check(work, book(*TWO_GOOD_ONE_BAD))
        again = importing.check(work, importing.refused_rows_xlsx(plan))
    assert [line.raw.others for line in again.rows] == [{}]
