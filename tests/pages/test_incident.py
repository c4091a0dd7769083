"""Several people of one incident: the shared facts once, then each person, then one request for all."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState, Incident
from db.people import Person, PersonKind
from pages.ui import drafting
from services.office import Office
from services.work import Work, command_line
from tests import factories as make
from tests.pages.screens import Open, field, has_field, html, press

SHARED, NEXT, ASK = "Lưu và ghi từng người", "Lưu người này", "Gửi đề nghị cho các hồ sơ trên"


@pytest.fixture
def at(open_screen: Open, office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The screen at an address, as a police officer of the province; presses count as single ones."""
    monkeypatch.setattr(drafting, "TWICE", -1.0)
    police = make.actor(office, Role.POLICE, "Công an tỉnh")
    return lambda **address: open_screen(police, "incident", **address)


@pytest.fixture
def begun(at: Callable[..., Any]) -> Any:
    """An incident of three, just written down: the form of the first person is open."""
    test = at()
    field(test, "Ngày tiếp nhận").set_value("15/10/2020").run()
    field(test, "Số người").set_value("3")
    field(test, "Hình thức tiếp nhận").set_value("rescued")
    field(test, "Nơi bị mua bán").set_value("abroad").run()
    field(test, "Nước").set_value("Trung Quốc")
    return press(test, SHARED)


def enter(test: Any, name: str) -> Any:
    field(test, "Họ và tên").set_value(name)
    return press(test, NEXT)


def found(office: Office, model: Any) -> list[Any]:
    with Work(office, command_line()) as work:
        return list(work.session.exec(select(model)).all())


def test_the_first_person_is_asked_for_at_once(begun: Any, office: Office) -> None:
    seen = html(begun)
    assert "Vụ việc VV-2020-0001" in seen and "Người thứ 1 / 3" in seen and "<b>còn 3 người</b>" in seen
    assert found(office, Incident)[0].expected == 3


def test_each_person_appears_in_the_list_and_the_form_is_empty_again(begun: Any, office: Office) -> None:
    test = enter(begun, "Vàng Thị Mỷ")
    seen = html(test)
    assert "Đã lưu Vàng Thị Mỷ" in seen and "Người thứ 2 / 3" in seen and "<b>còn 2 người</b>" in seen
    assert field(test, "Họ và tên").value == ""
    case = found(office, Case)[0]
    assert f'href="/case?id={case.id:x}"' in seen and case.country == "Trung Quốc"
    assert "cách liên hệ an toàn" in seen  # what is still missing


def test_a_child_goes_into_the_file_of_whom_it_came_with(begun: Any, office: Office) -> None:
    assert not has_field(begun, "Đi cùng ai")
    test = enter(begun, "Vàng Thị Mỷ")
    field(test, "Tư cách").set_value("accompanying_minor").run()
    field(test, "Họ và tên").set_value("Vàng A Páo")
    press(test, NEXT)
    assert "Cần chọn đi cùng ai." in html(test) and field(test, "Họ và tên").value == "Vàng A Páo"
    mother = found(office, Case)[0]
    field(test, "Đi cùng ai").set_value(format(mother.id, "x")).run()
    field(test, "Quan hệ với người được tiếp nhận").set_value("Con").run()
    press(test, NEXT)
    assert len(found(office, Case)) == 1
    child = next(p for p in found(office, Person) if p.kind is PersonKind.ACCOMPANYING_MINOR)
    assert (child.case_id, child.guardian_name) == (mother.id, "Vàng Thị Mỷ")


def test_when_everybody_is_in_the_list_stands_alone(begun: Any, office: Office) -> None:
    for name in ("Vàng Thị Mỷ", "Giàng Thị Dua", "Hoàng Thị Liễu"):
        test = enter(begun, name)
    seen = html(test)
    assert "đã ghi đủ" in seen and "Đề nghị xác minh cho cả 3 hồ sơ" in seen and "Ghi thêm người" in seen
    assert not has_field(test, "Họ và tên")


def test_while_nobody_said_how_many_the_next_person_is_always_asked_for(at: Callable[..., Any]) -> None:
    test = at()
    field(test, "Ngày tiếp nhận").set_value("15/10/2020").run()
    test = enter(press(test, SHARED), "Vàng Thị Mỷ")
    assert "Người thứ 2" in html(test) and has_field(test, "Họ và tên")


def test_one_request_is_written_into_each_file(begun: Any, at: Callable[..., Any], office: Office) -> None:
    for name in ("Vàng Thị Mỷ", "Giàng Thị Dua"):
        enter(begun, name)
    incident = found(office, Incident)[0]
    test = at(id=f"{incident.id:x}", do="incident_request")
    assert "ghi vào 2 hồ sơ" in html(test)
    field(test, "Ngày đề nghị xác minh").set_value("15/10/2020").run()
    unit = next(option for option in field(test, "Cơ quan xác minh").options if option == "Công an tỉnh")
    field(test, "Cơ quan xác minh").select(unit)
    press(test, ASK)
    assert {case.state for case in found(office, Case)} == {CaseState.VERIFYING}


def test_a_correction_says_which_files_it_would_change(begun: Any, at: Callable[..., Any], office: Office) -> None:
    enter(begun, "Vàng Thị Mỷ")
    incident = found(office, Incident)[0]
    test = at(id=f"{incident.id:x}", do="correct_incident")
    assert not has_field(test, "Hồ sơ trong vụ việc")
    field(test, "Nước").set_value("Lào").run()
    assert "Còn ghi như cũ: 2020-0001 Vàng Thị Mỷ (Nước)." in html(test)
    press(test, "Lưu")
    assert found(office, Case)[0].country == "Lào"
    test = at(id=f"{incident.id:x}", do="correct_incident")
    field(test, "Nước").set_value("Myanmar").run()
    field(test, "Hồ sơ trong vụ việc").select("Chỉ sửa vụ việc").run()
    press(test, "Lưu")
    assert found(office, Case)[0].country == "Lào" and found(office, Incident)[0].country == "Myanmar"


def test_an_unfinished_incident_is_found_again(begun: Any, open_screen: Open, office: Office) -> None:
    test = open_screen(make.actor(office, Role.POLICE, "Công an tỉnh"), "intake")
    assert "Vụ việc chưa ghi đủ người" in html(test) and "VV-2020-0001" in html(test)
    elsewhere = make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể", account_id=8)
    assert "VV-2020-0001" not in html(open_screen(elsewhere, "intake"))


def test_it_is_not_there_for_others(begun: Any, open_screen: Open, office: Office) -> None:
    enter(begun, "Vàng Thị Mỷ")
    incident = found(office, Incident)[0]
    for role, unit in ((Role.LOCAL, "UBND Huyện Ba Bể"), (Role.SHELTER, make.SHELTER), (Role.LEADER, make.LABOUR)):
        test = open_screen(make.actor(office, role, unit, account_id=9), "incident", id=f"{incident.id:x}")
        assert test.error and not test.text_input and "Vàng" not in html(test)


def test_the_file_says_how_to_reach_and_what_is_missing(begun: Any, open_screen: Open, office: Office) -> None:
    field(begun, "Cách liên hệ an toàn").set_value("chị <Dế>")
    field(begun, "Không liên hệ khi").set_value("sau 20 giờ")
    enter(begun, "Vàng Thị Mỷ")
    case = found(office, Case)[0]
    seen = html(open_screen(make.actor(office, Role.POLICE, "Công an tỉnh"), "case", id=f"{case.id:x}"))
    assert "<b>Gọi:</b> chị &lt;Dế&gt;" in seen and "Không gọi:</b> sau 20 giờ" in seen
    assert "Còn thiếu:" in seen and f'href="/case?id={case.id:x}&amp;do=correct"' in seen
    assert "VV-2020-0001" in seen
