"""Signing in and out: tickets, cookies, sessions, and pages that are cut when a session ends."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from db.accounts import Account, Holding, ServerSession, Ticket
from db.base import table_of, utc_now
from db.trail import Action, TrailEntry
from services import accounts, sessions
from services.work import Work, command_line
from tests.web.conftest import PASSWORD, Server, seed, serve

CUT = 2.5  # seconds: two as promised, and the test's own


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose accounts this module may change."""
    home: Path = tmp_path_factory.mktemp("own")
    with serve(home, seed(home)) as running:
        yield running


def test_the_cookie(server: Server) -> None:
    with server.client() as client:
        answer = client.get(server.ticket("labour_dept"))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert "domain" not in cookie
    assert "max-age" not in cookie  # it goes with the browser
    assert "secure" not in cookie  # plain loopback; with TLS in front it is __Host- and Secure


def test_the_cookie_behind_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.responses import Response

    from services.server import routes
    from services.server.empty_page import headers

    monkeypatch.setenv("DUONGVE_TLS", "1")
    answer = Response()
    routes._set_cookie(answer, "x", None)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-duongve=")
    assert "Secure" in cookie
    assert "strict-transport-security" in dict(headers())


def test_only_digests_are_stored(server: Server) -> None:
    token = server.sign_in("labour_dept")
    with server.office.engine.connect() as connection:
        stored = set(connection.scalars(sa.select(table_of(ServerSession).c.token_hash)))
    assert sessions.digest(token) in stored
    assert token not in stored


def test_a_ticket_works_once(server: Server) -> None:
    ticket = server.ticket("labour_dept")
    with server.client() as first, server.client() as second:
        assert "set-cookie" in first.get(ticket).headers
        answer = second.get(ticket)
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers


def test_a_ticket_dies_after_half_a_minute(server: Server) -> None:
    ticket = server.ticket("labour_dept")
    with server.office.engine.begin() as connection:
        tickets = table_of(Ticket)
        connection.execute(sa.update(tickets).values(expires_at=tickets.c.expires_at))
        expires = max(connection.scalars(sa.select(tickets.c.expires_at)))
        assert timedelta(seconds=20) < expires - utc_now() <= sessions.TICKET_LIFE
        connection.execute(sa.update(tickets).values(expires_at=utc_now() - timedelta(seconds=1)))
    with server.client() as client:
        assert "set-cookie" not in client.get(ticket).headers


def test_a_ticket_is_taken_from_our_own_page_only(server: Server) -> None:
    ticket = server.ticket("labour_dept")
    with server.client() as client:
        elsewhere = client.get(ticket, headers={"Sec-Fetch-Site": "cross-site"})
        assert "set-cookie" not in elsewhere.headers
        assert "set-cookie" in client.get(ticket, headers={"Sec-Fetch-Site": "same-origin"}).headers


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/cases?state=received", "/cases?state=received"),
        ("//example.org", "/"),
        ("https://example.org", "/"),
        ("/\\example.org", "/"),
        ("/cases?q=Nguyễn", "/"),
        ("/_signout", "/"),
    ],
)
def test_the_address_first_asked_for(server: Server, asked: str, given: str) -> None:
    ticket = server.ticket("labour_dept").split("?")[0]
    with server.client() as client:
        assert client.get(ticket, params={"next": asked}).headers["location"] == given


def test_the_form_brings_back_to_the_page_asked_for(server: Server) -> None:
    ticket = server.ticket("labour_dept", at="/cases?state=received&page=2")
    with server.client() as client:
        assert client.get(ticket).headers["location"] == "/cases?state=received&page=2"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("labour_dept", "sai mật khẩu rồi"),
        ("labour_dept", ""),
        ("khong_co_ai", PASSWORD),
        ("labour_dept", "dài " * 50),
        ("' or 1=1 --", PASSWORD),
    ],
)
def test_a_wrong_password_and_an_unknown_name_look_the_same(server: Server, username: str, password: str) -> None:
    with server.tab() as tab:
        tab.open("/")
        tab.fill("Tên đăng nhập", username).fill("Mật khẩu", password).click("Đăng nhập")
        assert not tab.redirect()
        if password:
            assert "Tên đăng nhập hoặc mật khẩu không đúng." in tab.text()


def test_an_unknown_name_costs_one_hash_check_too(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from services import credentials, passwords

    monkeypatch.setattr(passwords, "ROUNDS", 4)
    known, unknown = credentials.Lookup(), credentials.Lookup()
    assert "bất kỳ" in unknown
    for lookup, name in ((known, "labour_dept"), (unknown, "khong_co_ai")):
        assert lookup[name]["password"].startswith("$2b$")


def test_a_right_password_is_right_in_either_normal_form(server: Server) -> None:
    import unicodedata

    assert server.ticket("labour_dept", unicodedata.normalize("NFD", PASSWORD))
    assert server.ticket("LABOUR_DEPT ")


def test_sign_out_ends_the_session_everywhere(server: Server) -> None:
    token = server.sign_in("labour_dept")
    with server.tab(token) as tab, server.client(token) as client:
        tab.open("/")
        assert tab.menu()
        tab.click("Đăng xuất")
        assert tab.redirect() == "/_signout"
        answer = client.get("/_signout")
        assert answer.headers["location"] == "/"
        assert 'duongve=""' in answer.headers["set-cookie"]
        assert "Max-Age=0" in answer.headers["set-cookie"]
        assert tab.closed_within(CUT)
    with server.tab(token) as again:
        again.open("/")
        assert not again.menu()
        assert "Mật khẩu" in again.text()


def test_another_site_cannot_sign_somebody_out(server: Server) -> None:
    token = server.sign_in("labour_dept")
    with server.client(token) as client:
        client.get("/_signout", headers={"Sec-Fetch-Site": "cross-site"})
    assert sessions.current(token)


def test_a_new_sign_in_ends_the_browsers_session_before(server: Server) -> None:
    with server.client() as client:
        client.get(server.ticket("labour_dept"))
        before = client.cookies["duongve"]
        client.get(server.ticket("police"))
        after = client.cookies["duongve"]
    assert before != after
    assert sessions.current(before) is None
    actor = sessions.current(after)
    assert actor is not None
    assert [held.role for held in actor.holdings] == ["police"]


def test_another_sign_in_in_the_same_tab_starts_afresh(server: Server) -> None:
    first, second = server.sign_in("labour_dept"), server.sign_in("admin")
    with server.tab(first) as tab:
        tab.open("/")
        resumed, menu = tab.session_id(), tab.menu()
    with server.tab(first, resume=resumed) as same:
        same.open("/")
        assert same.session_id() == resumed  # a lost line goes on where it was
    with server.tab(second, resume=resumed) as other:
        other.open("/")
        assert other.session_id() != resumed
        assert other.menu() != menu
        assert "Người thử labour_dept" not in other.text()


def test_each_role_gets_its_menu(server: Server) -> None:
    from pages.menu import MENU
    from services.access import GRANTS

    for role, grant in GRANTS.items():
        with server.tab(server.sign_in(role.value)) as tab:
            tab.open("/")
            allowed = {screen.address for screen in MENU if screen.right is None or screen.right in grant.rights}
            assert set(tab.menu()) <= allowed, role
            assert "" in tab.menu(), role


def test_idle_and_old_sessions_are_over(server: Server) -> None:
    table = table_of(ServerSession)
    this = table.c.token_hash
    for change in (
        {"seen_at": utc_now() - sessions.IDLE - timedelta(seconds=1)},
        {"started_at": utc_now() - sessions.ABSOLUTE - timedelta(seconds=1)},
    ):
        token = server.sign_in("labour_dept")
        with server.tab(token) as tab:
            tab.open("/")
            with server.office.engine.begin() as connection:
                connection.execute(sa.update(table).where(this == sessions.digest(token)).values(**change))
            assert tab.closed_within(CUT)
        assert sessions.current(token) is None


def test_looking_at_pages_keeps_a_session_and_is_written_once_a_minute(server: Server) -> None:
    table = table_of(ServerSession)
    token = server.sign_in("labour_dept")
    this = table.c.token_hash == sessions.digest(token)

    def seen() -> object:
        with server.office.engine.connect() as connection:
            return connection.scalar(sa.select(table.c.seen_at).where(this))

    before = seen()
    assert sessions.current(token)
    assert seen() == before
    with server.office.engine.begin() as connection:
        connection.execute(sa.update(table).where(this).values(seen_at=utc_now() - timedelta(minutes=20)))
    assert sessions.current(token)
    assert utc_now() - seen() < timedelta(seconds=20)  # type: ignore[operator]


def test_disabling_role_change_and_password_change_cut_live_pages(own: Server) -> None:
    with Work(own.office, command_line()) as work:
        person = work.session.exec(select(Account.id).where(Account.username == "police")).one()
        holding = work.session.exec(select(Holding.id).where(Holding.account_id == person)).one()

    def disable(work: Work) -> None:
        accounts.set_active(work, account_id=person, active=False)

    def admit(work: Work) -> None:
        accounts.set_active(work, account_id=person, active=True)

    def revoke(work: Work) -> None:
        accounts.revoke(work, holding_id=holding)

    def password(work: Work) -> None:
        accounts.set_password(work, account_id=person, password="một mật khẩu khác hẳn")

    for change in (disable, revoke, password):
        with Work(own.office, command_line(), write=True) as work:
            admit(work)
        token = own.sign_in("police")
        with own.tab(token) as tab:
            tab.open("/")
            assert tab.menu()
            with Work(own.office, command_line(), write=True) as work:
                change(work)
            assert tab.closed_within(CUT), change
        assert sessions.current(token) is None
        if change is disable:
            assert not own.ticket("police")


def test_signing_in_and_out_and_failing_are_in_the_trail(server: Server) -> None:
    token = server.sign_in("leader")
    with server.client(token) as client:
        client.get("/_signout")
    server.ticket("leader", "sai mật khẩu rồi")
    with Work(server.office, command_line()) as work:
        newest = select(TrailEntry).order_by(table_of(TrailEntry).c.seq.desc()).limit(3)
        entries = work.session.exec(newest).all()
        assert [entry.action for entry in entries] == [Action.REFUSED, Action.SIGN_OUT, Action.SIGN_IN]
        assert entries[1].actor == "Người thử leader"
        assert "sai" not in "".join(f"{entry.fields}{entry.reason}" for entry in entries)


def test_the_bootstrap_code_makes_administrators_once(own: Server) -> None:
    assert accounts.bootstrap_waits()
    people = [accounts.NewPerson("quan.tri", "Quản Trị Một", "ngày mai trời lại sáng")]
    with pytest.raises(accounts.Refused):
        accounts.first_administrators("000000-000000-000000-000000", people)
    with pytest.raises(accounts.Invalid) as caught:
        accounts.first_administrators(own.code, [accounts.NewPerson("quan.tri", "Quản Trị", "ngắn")])
    assert set(caught.value.problems) == {"password.0"}
    accounts.first_administrators(own.code.upper() + " ", people)
    assert own.ticket("quan.tri", "ngày mai trời lại sáng")
    second = [accounts.NewPerson("hai", "Quản Trị Hai", "ngày mai trời lại sáng")]
    with pytest.raises(accounts.Refused):
        accounts.first_administrators(own.code, second)
    assert not accounts.bootstrap_waits()
    with own.tab() as tab:
        tab.open("/")
        assert "Mã khởi tạo" not in tab.text()
