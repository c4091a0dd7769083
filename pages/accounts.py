"""Tài khoản: who may sign in, as what, where; a new account; one account with its roles."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.ui import form, links
from pages.ui.format import badge, day, link, read_id, text
from pages.ui.screen import Act, action, screen
from pages.ui.table import html_table
from services import account_choices as choices
from services import accounts
from services.access import Right, require
from services.account_choices import ROLES, UnitOption
from services.accounts import AccountLine, HoldingLine
from services.passwords import NEW_PASSWORD
from services.text import fold

TITLE, NEW, BACK = "Tài khoản", "Lập tài khoản", "← Danh sách tài khoản"
SEARCH, STATE = "Tìm theo tên", "Tình trạng"
STATES = {"on": "Đang hoạt động", "off": "Đã khóa", "": "Tất cả"}
ON, OFF = "Đang hoạt động", "Đã khóa"
NAME, LOGIN, PASSWORD, ROLE, UNIT = "Họ và tên", "Tên đăng nhập", "Mật khẩu", "Vai trò", "Tại đơn vị"
HEAD, HEAD_WORDS = "Thủ trưởng đơn vị", " (thủ trưởng)"
HEAD_HELP = "Xem được nhật ký của người trong đơn vị."
FROM, TO = "Từ ngày", "Đến hết ngày"
ROLES_HELD, ADD_ROLE, REVOKE, SET_PASSWORD = "Vai trò", "Giao thêm vai trò", "Thu hồi", "Đặt mật khẩu mới"
NO_ROLE = "Chưa có vai trò: đăng nhập được nhưng không thấy việc nào."
ENDS = "Các phiên đang mở của người này kết thúc ngay."
BY_HAND = "Trao mật khẩu trực tiếp hoặc gọi số đã biết; nhắc đổi ở trang Hôm nay sau lần đăng nhập đầu."
CHOOSE = "Chọn"
PASSWORDS_SET = "accounts:passwords"
PROBLEMS = "accounts:problems"


def render() -> None:
    form.flash()
    with screen() as work:
        require(work, Right.ACCOUNTS)
        today = work.today
        if "id" in st.query_params:
            account = choices.one_account(work, read_id(st.query_params["id"]))
        elif st.query_params.get("do") == "new":
            account = None
        else:
            _list(accounts.list_accounts(work), today)
            return
    if account is None:
        _new()
    else:
        _one(account, today)


def _list(found: Sequence[AccountLine], today: date) -> None:
    new = links.to_screen("accounts", NEW, kind="do main", do="new")
    st.html(f'<div class="page-title"><h1>{TITLE}</h1><span class="quiet">{len(found)}</span>{new}</div>')
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = fold(st.text_input(SEARCH, key="accounts:text", autocomplete="off", width=300))
        state = st.segmented_control(
            STATE, list(STATES), default="on", format_func=STATES.__getitem__, key="accounts:state", required=True
        )
    shown = [
        one
        for one in found
        if (not state or one.active == (state == "on")) and typed in fold(f"{one.full_name} {one.username}")
    ]
    lines = (
        [
            link(_address(one.id), one.full_name),
            text(one.username),
            "<br>".join(_words(held) for held in one.holdings if choices.is_held(held, today)),
            _state(one),
        ]
        for one in shown
    )
    st.html(html_table((NAME, LOGIN, f"{ROLE}, đơn vị", STATE), lines, kind="open"))


def _address(account_id: int) -> str:
    return links.href("accounts", id=format(account_id, "x"))


def _words(held: HoldingLine) -> str:
    return text(f"{held.role.label}{HEAD_WORDS if held.head else ''}, {held.unit_name}")


def _state(account: AccountLine) -> str:
    return badge(ON, "good") if account.active else badge(OFF, "bad")


def _title(words: str, beside: str = "") -> None:
    back = link("/accounts", BACK, kind="back")
    st.html(f'{back}<div class="page-title"><h1>{text(words)}</h1>{beside}</div>')


def _new() -> None:
    _title(NEW)
    number = st.session_state.setdefault("accounts:number", 0)
    problems = _problems()
    with st.container(border=True):
        grid = st.columns(3)
        with grid[0]:
            full_name = _text(NAME, f"new_name:{number}", problems.get("full_name"))
        with grid[1]:
            username = _text(LOGIN, f"new_login:{number}", problems.get("username"))
        with grid[2]:
            password = _text(NEW_PASSWORD, f"new_word:{number}", problems.get("password"), secret=True)
        role, unit_id, head = _role_and_unit(f"new:{number}", problems)
        pressed = st.button(NEW, type="primary", key=f"new_save:{number}")
        st.caption(BY_HAND)
    if not pressed:
        return
    with action() as act:
        made = choices.create(
            act.work,
            username=username,
            full_name=full_name,
            password=password,
            role=role,
            unit_id=unit_id,
            head=head,
        ).id
    if act.done:
        st.session_state["accounts:number"] = number + 1
        st.query_params.from_dict({"id": format(made, "x")})
    _after(act)


def _role_and_unit(key: str, problems: Mapping[str, str]) -> tuple[Any, int | None, bool]:
    """Role, then a unit of a kind that fits it, then whether the person heads it."""
    grid = st.columns([3, 3, 2])
    with grid[0]:
        role = st.selectbox(
            ROLE, ROLES, index=None, format_func=lambda one: one.label, key=f"{key}:role", placeholder=CHOOSE
        )
        _problem(problems.get("role"))
    options: list[UnitOption] = []
    if role is not None:
        with screen() as work:
            options = choices.units_for(work, role)
    names = {one.id: one.name + (f" (đến {day(one.ended)})" if one.ended else "") for one in options}
    with grid[1]:
        unit_id = st.selectbox(
            UNIT,
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=f"{key}:unit:{role}",
            placeholder=CHOOSE,
        )
        _problem(problems.get("unit_id"))
    with grid[2]:
        st.space("small")
        head = st.checkbox(HEAD, key=f"{key}:head", help=HEAD_HELP)
    return role, unit_id, head


def _one(account: AccountLine, today: date) -> None:
    _title(account.full_name, f'<span class="quiet">{text(account.username)}</span>{_state(account)}')
    problems = _problems()
    _holdings(account, today)
    with st.expander(ADD_ROLE, expanded=bool({"unit_id", "role", "valid_from", "valid_to"} & set(problems))):
        _grant(account, problems)
    with st.expander(SET_PASSWORD, expanded="password" in problems):
        _password(account, problems)
    label = "Khóa tài khoản" if account.active else "Mở khóa tài khoản"
    with st.expander(label):
        st.caption(ENDS if account.active else "Người này đăng nhập lại được bằng mật khẩu cũ.")
        if st.button(label, key="toggle_active", type="primary"):
            with action() as act:
                accounts.set_active(act.work, account_id=account.id, active=not account.active)
            _after(act)


def _holdings(account: AccountLine, today: date) -> None:
    if not account.holdings:
        st.html(f'<p class="quiet">{NO_ROLE}</p>')
        return
    lines = ([_words(held), day(held.valid_from), day(held.valid_to)] for held in account.holdings)
    st.html(html_table((f"{ROLES_HELD}, đơn vị", FROM, TO), lines))
    current = [held for held in account.holdings if choices.is_held(held, today)]
    with st.container(horizontal=True):
        for held in current:
            if st.button(f"{REVOKE}: {held.role.label}, {held.unit_name}", key=f"revoke:{held.id:x}"):
                with action() as act:
                    accounts.revoke(act.work, holding_id=held.id)
                _after(act)


def _grant(account: AccountLine, problems: Mapping[str, str]) -> None:
    role, unit_id, head = _role_and_unit(f"grant:{account.id:x}", problems)
    grid = st.columns([1, 1, 2])
    with grid[0]:
        since = _text(FROM, f"grant_from:{account.id:x}", problems.get("valid_from"), how="ngày/tháng/năm")
    with grid[1]:
        until = _text(TO, f"grant_to:{account.id:x}", problems.get("valid_to"), how="ngày/tháng/năm")
    st.caption(f"Để trống ngày: từ hôm nay, không thời hạn. {ENDS}")
    if not st.button(ADD_ROLE, key="grant_save", type="primary"):
        return
    with action() as act:
        choices.grant(act.work, account.id, role=role, unit_id=unit_id, head=head, since=since, until=until)
    _after(act)


def _password(account: AccountLine, problems: Mapping[str, str]) -> None:
    number = st.session_state.setdefault(PASSWORDS_SET, 0)  # a set password leaves no trace in its field
    key = f"password:{account.id:x}:{number}"
    password = _text(NEW_PASSWORD, key, problems.get("password"), secret=True)
    st.caption(f"{ENDS} {BY_HAND}")
    if not st.button(SET_PASSWORD, key="password_save", type="primary"):
        return
    with action() as act:
        accounts.set_password(act.work, account_id=account.id, password=password)
    if act.done:
        del st.session_state[key]
        st.session_state[PASSWORDS_SET] = number + 1
    _after(act)


def _problems() -> Mapping[str, str]:
    """What was refused last, on this very page."""
    where, found = st.session_state.get(PROBLEMS, ({}, {}))
    return found if where == st.query_params.to_dict() else {}


def _after(act: Act) -> None:
    """Once it is committed the page is drawn anew; what was refused stands beside its field."""
    st.session_state[PROBLEMS] = (st.query_params.to_dict(), act.problems)
    if act.done:
        st.session_state["flash"] = form.SAVED
    if act.done or act.problems:
        st.rerun()


def _text(label: str, key: str, problem: str | None, *, secret: bool = False, how: str = "") -> str:
    typed = st.text_input(
        label,
        key=key,
        type="password" if secret else "default",
        placeholder=how or None,
        autocomplete="new-password" if secret else "off",
    )
    _problem(problem)
    return typed or ""


def _problem(sentence: str | None) -> None:
    if sentence:
        st.html(f'<p class="problem" role="alert">{text(sentence)}</p>')
