"""Messages of the browser that overlap: one that left before an answer arrived takes nothing back."""

from typing import Any

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from db.accounts import Role
from pages.ui import drafting
from services.office import Office
from tests import factories as f
from tests.pages.screens import Open, field, has_field, html, press

UNIT, DAY, KIND, MARK = "Đơn vị tiếp nhận", "Ngày tiếp nhận", "Tư cách", "Đã nhận"
ENDED = "15/10/2020"  # a day on which the districts were at work


@pytest.fixture
def begun(open_screen: Open, office: Office) -> AppTest:
    """A district's officer begins an incident of some years ago, today, when the district is no more."""
    test = open_screen(f.actor(office, Role.LOCAL, "UBND Huyện Na Rì"), "incident")
    assert field(test, UNIT).value is None
    return test


def late(test: AppTest, *, without: tuple[str, ...] = (), **stale: Any) -> AppTest:
    """Sends what a browser sends that has not seen the last answer: what stood in the fields before it, and
    nothing of the fields that it does not have yet."""
    for label, value in stale.items():
        field(test, label).set_value(value)
    gone = {field(test, label).id for label in without}
    sent = WidgetStates()
    sent.widgets.extend(state for state in test._tree.get_widget_states().widgets if state.id not in gone)
    return test._run(sent)


def seen(test: AppTest) -> str:
    return str(field(test, MARK).value)


def test_a_late_message_does_not_empty_what_was_just_chosen(begun: AppTest) -> None:
    before = seen(begun)
    field(begun, DAY).set_value(ENDED).run()
    chosen = field(begun, UNIT).value
    assert chosen
    late(begun, **{UNIT: None, MARK: before, "Số người": "5"})
    assert field(begun, UNIT).value == chosen and field(begun, "Số người").value == "5"
    late(begun, **{UNIT: None, MARK: before})
    press(begun, "Lưu và ghi từng người")
    assert "Người thứ 1 / 5" in html(begun)


def test_what_somebody_empties_on_purpose_stays_empty(begun: AppTest) -> None:
    field(begun, DAY).set_value(ENDED).run()
    begun.run()  # the browser has it
    field(begun, UNIT).set_value(None).run()
    assert field(begun, UNIT).value is None
    assert field(begun.run(), UNIT).value is None


def test_another_choice_made_meanwhile_is_somebodys_own(begun: AppTest) -> None:
    before = seen(begun)
    field(begun, DAY).set_value(ENDED).run()
    other = next(label for label in field(begun, UNIT).options if "Ba Bể" in label)
    code = field(begun, UNIT).format_func(other)
    late(begun, **{UNIT: code, MARK: before})
    mine = field(begun, UNIT).value
    late(begun, **{UNIT: None, MARK: before})  # and a later one still does not know
    assert field(begun, UNIT).value == mine


def test_a_press_that_comes_together_with_the_day_saves(begun: AppTest) -> None:
    field(begun, DAY).set_value(ENDED)
    press(begun, "Lưu và ghi từng người")
    assert "Người thứ 1" in html(begun)


def test_a_field_the_browser_does_not_have_yet_is_told_again(begun: AppTest) -> None:
    """An answer may be dropped for the one of the next run before it is sent."""
    field(begun, DAY).set_value(ENDED).run()
    press(begun, "Lưu và ghi từng người")
    assert field(begun, KIND).value == "subject" and field(begun, KIND).proto.set_value
    late(begun, without=(MARK, KIND))
    assert field(begun, KIND).value == "subject" and field(begun, KIND).proto.set_value
    begun.run()  # now it has it: telling it again could disturb what is being typed
    assert field(begun, KIND).value == "subject" and not field(begun, KIND).proto.set_value


def test_a_press_is_answered_by_the_next_run_when_its_own_was_interrupted(
    begun: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening another page in the same moment, say: the run that brought the press never got to the form."""
    field(begun, DAY).set_value(ENDED).run()
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "collect", _interrupted)
        next(button for button in begun.button if button.label == "Lưu và ghi từng người").click().run()
    begun.run()
    assert "Người thứ 1" in html(begun)


def _interrupted(*args: Any) -> None:
    import streamlit as st

    st.stop()


def test_an_old_press_saves_nothing(begun: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    field(begun, DAY).set_value(ENDED).run()
    with monkeypatch.context() as broken:
        broken.setattr(drafting, "collect", _interrupted)
        next(button for button in begun.button if button.label == "Lưu và ghi từng người").click().run()
    monkeypatch.setattr(drafting, "WAITS", 0.0)
    begun.run()
    assert "Người thứ" not in html(begun) and has_field(begun, DAY)
