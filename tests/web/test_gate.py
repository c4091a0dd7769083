"""The gate: what an address answers to somebody without a session, and to somebody with one."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus

from pages.menu import MENU
from services import sessions
from services.server.gate import Way, way_of
from services.server.wire import RELOAD, fields_of, may_pass
from tests.web.conftest import Server, seed, serve

ADDRESSES = [f"/{screen.address}" for screen in MENU]
SESSION = "11111111-2222-3333-4444-555555555555"
REFUSED = [
    ("GET", "/media/0123456789abcdef.png"),
    ("HEAD", "/media/0123456789abcdef.png"),
    ("GET", "/_stcore/metrics"),
    ("GET", "/_stcore/script-health-check"),
    ("GET", "/_stcore/agent/openapi.json"),
    ("POST", "/_stcore/agent/interact"),
    ("POST", "/_stcore/agent/mcp"),
    ("GET", "/_stcore/bidi-components/x/index.js"),
    ("GET", "/_stcore/stream"),
    ("PUT", f"/_stcore/upload_file/{SESSION}/{SESSION}"),
    ("DELETE", f"/_stcore/upload_file/{SESSION}/{SESSION}"),
    ("OPTIONS", f"/_stcore/upload_file/{SESSION}/{SESSION}"),
    ("GET", "/component/another.component/index.html"),
    ("GET", "/component/extra_streamlit_components.CookieManager.cookie_manager/index.html"),
    ("GET", "/app/static/register.xlsx"),
    ("GET", "/auth/login"),
    ("GET", "/auth/logout"),
    ("GET", "/oauth2callback"),
    ("GET", "/tai/0123456789abcdef0123456789abcdef"),
    ("GET", "/cases/1/print"),
    ("GET", "/cases/_stcore/health"),
    ("GET", "/index.html"),
    ("GET", "/static/index.html"),
    ("GET", "/.streamlit/config.toml"),
    ("GET", "//cases"),
    ("GET", "/%2e%2e/app.py"),
    ("POST", "/cases"),
    ("DELETE", "/"),
]


def test_each_address_as_the_very_first_request_shows_the_sign_in_page_only(tmp_path: Path) -> None:
    code = seed(tmp_path / "office")

    def first(address: str) -> tuple[str, list[str], str]:
        with serve(tmp_path / "office", code) as fresh, fresh.tab() as tab:
            tab.open(address)
            return tab.text(), tab.menu(), fresh.base

    with ThreadPoolExecutor(2) as pool:
        for address, (text, menu, _) in zip(ADDRESSES, pool.map(first, ADDRESSES), strict=True):
            assert "Mật khẩu" in text, address
            assert not menu, address
            assert not [screen.title for screen in MENU if screen.title in text], address


@pytest.mark.parametrize(("method", "address"), REFUSED)
def test_what_is_not_named_is_not_found(server: Server, method: str, address: str) -> None:
    with server.client() as nobody, server.client("made-up") as liar:
        for client in (nobody, liar):
            answer = client.request(method, server.base + address, follow_redirects=False)
            assert answer.status_code == 404, address
            assert answer.text in ("Không tìm thấy.\n", ""), address


def test_media_and_metrics_stay_closed_with_a_session(server: Server) -> None:
    with server.client(server.sign_in("labour_dept")) as client:
        assert client.get("/media/0123456789abcdef.png").status_code == 404
        assert client.get("/_stcore/metrics").status_code == 404


def test_uploads_need_a_session_with_a_right_to_send_something_in(server: Server) -> None:
    address = f"/_stcore/upload_file/{SESSION}/{SESSION}"
    for role in ("labour_dept", "police", "local", "shelter"):
        with server.client(server.sign_in(role)) as client:
            assert client.put(address).status_code in (400, 403)  # let through; Streamlit knows no such page
    for role in ("partner", "leader", "admin"):
        with server.client(server.sign_in(role)) as client:
            assert client.put(address).status_code == 404


def test_the_page_is_the_same_empty_one_for_every_address_and_person(server: Server) -> None:
    with server.client() as nobody, server.client(server.sign_in("labour_dept")) as officer:
        asked = [*ADDRESSES, "/khong-co"]
        pages = {client.get(address).text for client in (nobody, officer) for address in asked}
    assert len(pages) == 1
    (page,) = pages
    assert 'lang="vi"' in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "http" not in page


@pytest.mark.parametrize("address", ["/", "/cases", "/media/x", "/_stcore/health", "/_assets/words.js"])
def test_every_answer_has_the_headers(server: Server, address: str) -> None:
    with server.client() as client:
        headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers
    assert not [name for name in headers if name.startswith("access-control-")]
    if "assets" not in address:
        assert headers["cache-control"] == "no-store"


def test_static_files_may_be_kept(server: Server) -> None:
    with server.client() as client:
        page = client.get("/").text
        script = re.search(r'src="(/static/js/index[^"]+)"', page)
        assert script
        answer = client.get(script[1])
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.content == client.get(script[1], headers={"accept-encoding": "identity"}).content
        assert client.get("/static/js/none.js").text == "Không tìm thấy.\n"
        assert client.get("/static/js/..").status_code == 404


def test_a_websocket_from_another_site_is_refused(server: Server) -> None:
    tab = server.tab(headers={"Origin": "https://example.org"})
    with pytest.raises(InvalidStatus), tab:
        pass


def test_a_websocket_elsewhere_is_refused(server: Server) -> None:
    tab = server.tab()
    tab.base += "/other"
    with pytest.raises(InvalidStatus), tab:
        pass


def test_nobodys_websocket_runs_nothing_but_sign_in(server: Server) -> None:
    with server.tab(server.sign_in("labour_dept")) as officer:
        officer.open("/")
        assert "" in officer.menu()
        with server.tab() as nobody:
            nobody.open("/cases")
            nobody.send(BackMsg(rerun_script=ClientState(fragment_id="0" * 32)))
            nobody.send(BackMsg(clear_cache=True))
            nobody.send(BackMsg(load_git_info=True))
            nobody.open("/")
            assert not nobody.menu()
            assert "Mật khẩu" in nobody.text()
            assert not [m for m in nobody.messages if m.WhichOneof("type") == "git_info_changed"]


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_page_that_comes_back_without_its_session_is_emptied(server: Server, token: str) -> None:
    with server.tab(server.sign_in("labour_dept")) as officer:
        officer.open("/")
        with server.tab(token, resume=officer.session_id()) as nobody:
            assert nobody.receive() == ForwardMsg.FromString(RELOAD)
            assert nobody.closed_within(2)


def test_a_clients_own_identity_header_is_dropped(server: Server) -> None:
    token, other = server.sign_in("labour_dept"), server.sign_in("admin")
    with server.tab(token) as officer:
        officer.open("/")
        forged = {"X-Duongve-Session": sessions.digest(token)}
        with server.tab(other, resume=officer.session_id(), headers=forged) as liar:
            liar.open("/")
            assert liar.session_id() != officer.session_id()
            assert "Người thử labour_dept" not in liar.text()


def test_a_cut_page_is_told_to_load_again() -> None:
    message = ForwardMsg.FromString(RELOAD)
    assert message.WhichOneof("type") == "auth_redirect"
    assert message.auth_redirect.url == ""


def test_messages_by_their_wire_fields() -> None:
    rerun = BackMsg()
    rerun.rerun_script.query_string = "x"
    install = BackMsg()
    install.backend_operation_request.install_skills.SetInParent()
    upload = BackMsg()
    upload.file_urls_request.request_id = "1"
    assert may_pass(rerun.SerializeToString(), False)
    assert may_pass(BackMsg(app_heartbeat=True).SerializeToString(), False)
    assert not may_pass(upload.SerializeToString(), False)
    assert may_pass(upload.SerializeToString(), True)
    others = BackMsg(clear_cache=True), BackMsg(set_run_on_save=True), BackMsg(load_git_info=True)
    for refused in (install, *others):
        assert not may_pass(refused.SerializeToString(), True)
    assert not may_pass(b"", True)
    assert not may_pass(b"\xff\xff\xff", True)
    assert not may_pass(rerun.SerializeToString() + install.SerializeToString(), True)
    assert fields_of(b"\x0a\x7f") == set()


def test_every_screen_has_an_address_the_gate_lets_through() -> None:
    for address in ADDRESSES:
        assert way_of("GET", address) is Way.PAGE
