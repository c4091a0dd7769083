"""Scans over the wire: an address for each look, good once, for one session, for those who may see the person."""

import re

import pytest
from sqlmodel import select

from db.accounts import Role
from db.attachments import ScanKind
from db.base import table_of
from db.places import Unit
from db.trail import Action, TrailEntry
from services.cases import hand_to
from services.scans import attachments
from services.work import Work, command_line
from tests import factories as make
from tests.services import papers
from tests.web.conftest import AT, Server

TITLE = "Bản chụp Bàn Thị Hoàng Yến Chim"
READS = {Role.LABOUR_DEPT, Role.POLICE, Role.LOCAL, Role.SHELTER, Role.PARTNER}
HANDED = (Role.LOCAL, Role.SHELTER, Role.PARTNER)


@pytest.fixture(scope="module")
def scans(server: Server) -> dict[str, str]:
    """The addresses at which a scan, an identity paper and a PDF of one file are opened."""
    with Work(server.office, command_line(), write=True) as work:
        case = make.case(work, home_district_id=None, home_province="Cao Bằng")
        for role in HANDED:
            unit = work.session.exec(select(Unit).where(Unit.kind == AT[role])).first()
            assert unit is not None
            hand_to(work, case, unit_id=unit.id, since=case.received_on)
        papers_of = {
            "plain": (ScanKind.PROOF, papers.picture()),
            "identity": (ScanKind.IDENTITY, papers.picture()),
            "pdf": (ScanKind.MINUTES, papers.active_pdf()),
        }
        found = {}
        for name, (kind, data) in papers_of.items():
            scan = attachments.add(work, case, kind=kind, title=TITLE, data=data)
            found[name] = f"/case?id={case.id:x}&do=open_scan&row={scan.id:x}"
        return found


@pytest.fixture(scope="module")
def tokens(server: Server) -> dict[Role, str]:
    return {role: server.sign_in(role.value) for role in Role}


def picture_in(server: Server, token: str, address: str) -> str | None:
    """The address of the picture on a page, as a browser gets it."""
    with server.tab(token) as tab:
        tab.open(address)
        found = re.search(r'img src="(/tai/[\w-]+)"', tab.text())
        return found.group(1) if found else None


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_the_bytes_or_no_address(
    server: Server, tokens: dict[Role, str], scans: dict[str, str], role: Role
) -> None:
    for name, reads in (("plain", role in READS), ("identity", role in READS - {Role.PARTNER})):
        address = picture_in(server, tokens[role], scans[name])
        assert (address is not None) is reads, name
        if address is not None:
            with server.client(tokens[role]) as client:
                assert client.get(address).content.startswith(b"\xff\xd8\xff")


def test_the_address_is_good_once_and_for_its_session_only(
    server: Server, tokens: dict[Role, str], scans: dict[str, str]
) -> None:
    address = picture_in(server, tokens[Role.POLICE], scans["plain"])
    assert address is not None
    for stranger in (*(role for role in Role if role is not Role.POLICE), None):
        with server.client(tokens[stranger] if stranger else "") as client:
            assert client.get(address).status_code == 404
    with server.client(tokens[Role.POLICE]) as client:
        assert client.get(address, headers={"sec-fetch-site": "none"}).status_code == 404
        assert client.get(address, headers={"sec-fetch-site": "cross-site"}).status_code == 404
        assert client.get(address).status_code == 200
        assert client.get(address).status_code == 404


def test_it_is_shown_alone_and_kept_nowhere(
    server: Server, tokens: dict[Role, str], scans: dict[str, str]
) -> None:
    address = picture_in(server, tokens[Role.POLICE], scans["plain"])
    with server.client(tokens[Role.POLICE]) as client:
        headers = client.get(str(address)).headers
    assert headers["content-type"] == "image/jpeg"
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-disposition"].startswith("inline; ")
    assert headers["content-disposition"].isascii()
    assert "Chim" not in str(headers) and "chim" not in str(headers)


def test_a_pdf_is_saved_never_shown(server: Server, tokens: dict[Role, str], scans: dict[str, str]) -> None:
    with server.tab(tokens[Role.POLICE]) as tab:
        tab.open(scans["pdf"])
        assert "img src" not in tab.text()
        tab.click("Tải về máy")
        address = tab.redirect()
    with server.client(tokens[Role.POLICE]) as client:
        answer = client.get(address)
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.content.startswith(b"%PDF-")
    assert papers.SECRET not in answer.content and b"/JavaScript" not in answer.content


def test_who_looked_stands_in_the_trail_before_the_bytes_leave(
    server: Server, tokens: dict[Role, str], scans: dict[str, str]
) -> None:
    def looks() -> int:
        entry = table_of(TrailEntry).c
        with Work(server.office, command_line()) as work:
            asked = select(TrailEntry).where(entry.object == "attachment", entry.action == Action.READ)
            return len(work.session.exec(asked).all())

    before = looks()
    address = picture_in(server, tokens[Role.POLICE], scans["plain"])
    assert looks() == before
    with server.client(tokens[Role.POLICE]) as client:
        client.get(str(address))
    assert looks() == before + 1


def test_the_right_is_asked_again_when_it_is_fetched(server: Server, scans: dict[str, str]) -> None:
    """Signing out between the page and the picture."""
    token = server.sign_in("police")
    address = picture_in(server, token, scans["plain"])
    with server.client(token) as client:
        client.get("/_signout")
        assert client.get(str(address)).status_code == 404


def test_nothing_of_a_scan_is_in_the_log(server: Server) -> None:
    assert "Chim" not in server.log()
