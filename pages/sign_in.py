"""Signing in: the form and the check by streamlit-authenticator, then our own ticket and cookie."""

from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

from pages.ui.screen import go_to
from services import accounts, sessions
from services.accounts import NewPerson
from services.errors import AppError, Invalid
from services.passwords import NEW_PASSWORD

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
FIELDS = {"Form name": "Đăng nhập", "Username": "Tên đăng nhập", "Password": "Mật khẩu", "Login": "Đăng nhập"}


def render() -> None:
    _, middle, _ = st.columns([1, 1.4, 1])
    with middle:
        st.title("Đường Về")
        st.caption("Tiếp nhận, xác minh, bảo vệ và hỗ trợ nạn nhân bị mua bán trở về")
        if accounts.bootstrap_waits():
            _first_administrators()
        _form()


def _form() -> None:
    # Imported here, so that no other page carries the library.
    from pages.ui.authenticator import Form

    form = Form()
    form.login(fields=FIELDS, key="sign_in")
    if form.passed:
        _enter(form.passed)
    elif form.refused:
        st.error(WRONG)


def _enter(username: str) -> None:
    """Between a right password and the ticket. A second factor is asked for here."""
    known = accounts.credential(username)
    if known is None:
        st.error(WRONG)
        return
    st.info("Đang mở phiên làm việc…")
    go_to(f"/_signin/{sessions.issue_ticket(known.account_id)}?next={quote(_asked(), safe='')}")


def _asked() -> str:
    """The address first asked for, as path and coded filters; the sign-in route checks it."""
    path = urlsplit(st.context.url or "/").path or "/"
    filters = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    return f"{path}?{urlencode(filters)}" if filters else path


def _first_administrators() -> None:
    """The form for whoever holds the code that `duongve init` printed."""
    with st.expander("Lập tài khoản quản trị đầu tiên"), st.form("first_administrators", clear_on_submit=False):
        st.write("Nhập mã in ra khi khởi tạo (dùng một lần) để lập một hoặc hai tài khoản quản trị.")
        code = st.text_input("Mã khởi tạo", autocomplete="off")
        people = [_administrator(place) for place in range(accounts.MAY_BOOTSTRAP)]
        if not st.form_submit_button("Lập tài khoản"):
            return
    given = [person for person in people if person.username or person.full_name or person.password]
    try:
        accounts.first_administrators(code, given)
    except Invalid as error:
        for field, sentence in error.problems.items():
            st.error(f"Người quản trị thứ {int(field[-1]) + 1}: {sentence}")
    except AppError as error:
        st.error(error.sentence)
    else:
        st.success("Đã lập tài khoản. Mời đăng nhập.")


def _administrator(place: int) -> NewPerson:
    st.markdown(f"**Người quản trị thứ {place + 1}**" + ("" if place == 0 else " (có thể để trống)"))
    full_name = st.text_input("Họ và tên", key=f"first_name_{place}")
    login = st.text_input("Tên đăng nhập mới", key=f"first_login_{place}", autocomplete="off")
    password = st.text_input(NEW_PASSWORD, key=f"first_word_{place}", type="password", autocomplete="new-password")
    return NewPerson(login, full_name, password)
