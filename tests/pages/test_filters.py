"""The filters above a list: coded facts go into the address, typed text never does."""

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextInput

from db.accounts import Role
from services.office import Office
from tests import factories as make
from tests.pages.screens import Open, html


def day_box(screen: AppTest) -> TextInput:
    return next(field for field in screen.text_input if field.placeholder == "ngày/tháng/năm")


def test_what_is_not_a_day_stays_out_of_the_address(open_screen: Open, office: Office) -> None:
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    screen = open_screen(officer, "cases", way="rescued")  # with a further filter the box is open
    day_box(screen).set_value("Nông Thị Mẩy").run()
    assert "Nông" not in str(screen.query_params)
    assert "Ghi ngày/tháng/năm, ví dụ 05/03/2018." in html(screen)
    day_box(screen).set_value("03/07/2018").run()
    assert "03/07/2018" in str(screen.query_params)
