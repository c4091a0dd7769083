"""A server of our own, in its own process, over a fresh office with an account of every role."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from db.accounts import Role
from db.places import Unit
from services import accounts, passwords
from services import office as offices
from services.founding import found
from services.office import Office, make_office, open_office
from services.work import Work, command_line
from tests.web.ws import Tab

PASSWORD = "con đường về nhà rất xa"
START = "from services.server import serving; serving.start(port=int(__import__('sys').argv[1]))"
AT = {
    Role.LABOUR_DEPT: "labour_dept",
    Role.POLICE: "police_province",
    Role.LOCAL: "people_committee_district",
    Role.SHELTER: "shelter",
    Role.PARTNER: "justice",
    Role.LEADER: "people_committee_province",
    Role.ADMIN: "labour_dept",
}


@dataclass
class Server:
    """A running server: its address, and its office opened beside it."""

    base: str
    office: Office
    code: str
    process: subprocess.Popen[bytes]

    def client(self, token: str = "") -> httpx.Client:
        cookies = {"duongve": token} if token else None
        return httpx.Client(base_url=self.base, cookies=cookies, trust_env=False, timeout=20)

    def tab(self, token: str = "", **more: object) -> Tab:
        return Tab(self.base, token, **more)  # type: ignore[arg-type]

    def ticket(self, username: str, password: str = PASSWORD, at: str = "/") -> str:
        """Signs in through the form; the address the page is sent to ("" when refused)."""
        with self.tab() as tab:
            tab.open(at)
            tab.fill("Tên đăng nhập", username).fill("Mật khẩu", password).click("Đăng nhập")
            return tab.redirect()

    def sign_in(self, username: str) -> str:
        """The token of a fresh session."""
        with self.client() as client:
            client.get(self.ticket(username))
            return client.cookies["duongve"]

    def log(self) -> str:
        return (self.office.home.logs / "server.log").read_text("utf-8")


def seed(home: Path) -> str:
    """A founded office with one account a role, named like the role; the bootstrap code."""
    quick, passwords.ROUNDS = passwords.ROUNDS, 4
    office = make_office(home, kind="demo", url=f"sqlite:///{home}/data/duongve.db")
    offices.set_current(office)
    try:
        found(office)
        with Work(office, command_line(), write=True) as work:
            for role, kind in AT.items():
                unit = work.session.exec(select(Unit).where(Unit.kind == kind)).first()
                assert unit is not None, kind
                account = accounts.create_account(
                    work, username=role.value, full_name=f"Người thử {role.value}", password=PASSWORD
                )
                accounts.grant(work, account_id=account.id, role=role, unit_id=unit.id)
            return accounts.make_bootstrap_code(work)
    finally:
        passwords.ROUNDS = quick
        offices.set_current(None)
        office.close()


@contextmanager
def serve(home: Path, code: str = "") -> Iterator[Server]:
    """A fresh server process over the office in `home`. Nothing is asked of it before it is handed over."""
    port = _free_port()
    environment = os.environ | {"DUONGVE_DATA": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("DUONGVE_TLS", None)
    environment.pop("DUONGVE_DATABASE_URL", None)
    process = subprocess.Popen([sys.executable, "-c", START, str(port)], cwd=home, env=environment)
    office = open_office(home, f"sqlite:///{home}/data/duongve.db")
    try:
        _until_listening(port, process)
        offices.set_current(office)
        yield Server(f"http://127.0.0.1:{port}", office, code, process)
    finally:
        process.terminate()
        process.wait(15)
        offices.set_current(None)
        office.close()


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("served")
    return home, seed(home)


@pytest.fixture(scope="module")
def server(seeded: tuple[Path, str]) -> Iterator[Server]:
    with serve(*seeded) as running:
        yield running


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _until_listening(port: int, process: subprocess.Popen[bytes]) -> None:
    """Waits for the socket only; requests queue on it until the server is up, so none is made here."""
    for _ in range(300):
        assert process.poll() is None, "the server did not start"
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not listen")
