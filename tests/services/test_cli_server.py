"""Commands that start or check the server; the server itself is replaced here."""

from pathlib import Path

import pytest

from db.cases import Case
from services.server import serving
from tests.services.commands import Said, count

pytestmark = pytest.mark.usefixtures("own_environment")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    calls: list[tuple[str, int]] = []
    monkeypatch.setattr(serving, "start", lambda host=serving.HOST, port=serving.PORT: calls.append((host, port)))
    return calls


def test_serve_starts_on_this_machine_and_makes_the_days_backup(
    capsys: pytest.CaptureFixture[str], home: str, started: list[tuple[str, int]]
) -> None:
    said = Said(capsys, "serve", "--port", "8660", "--data", home)
    assert (said.code, started) == (0, [("127.0.0.1", 8660)])
    assert list((Path(home) / "backups").glob("data-*/manifest.json"))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.vn"])
def test_serve_refuses_to_listen_beyond_this_machine_without_tls(
    capsys: pytest.CaptureFixture[str], home: str, started: list[tuple[str, int]], host: str
) -> None:
    said = Said(capsys, "serve", "--host", host, "--data", home)
    assert (said.code, started) == (1, [])
    assert "TLS" in said.out


def test_serve_beyond_this_machine_with_tls_declared(
    capsys: pytest.CaptureFixture[str], home: str, started: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUONGVE_TLS", "0")
    said = Said(capsys, "serve", "--host", "0.0.0.0", "--tls-in-front", "--data", home)
    assert (said.code, started) == (0, [("0.0.0.0", 8501)])


def test_serve_refuses_an_unsafe_setting(
    capsys: pytest.CaptureFixture[str], home: str, started: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")
    said = Said(capsys, "serve", "--data", home)
    assert (said.code, started) == (1, [])


def test_the_demo_refuses_a_folder_with_real_data(
    capsys: pytest.CaptureFixture[str], home: str, started: list[tuple[str, int]]
) -> None:
    said = Said(capsys, "demo", "--data", home)
    assert (said.code, started) == (1, [])
    assert count(home, Case) == 0


def test_check_lists_and_fails_only_on_what_is_grave(
    capsys: pytest.CaptureFixture[str], home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Said(capsys, "check", "--data", home).code == 0
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION", "false")
    said = Said(capsys, "check", "--data", home)
    assert said.code == 1
    assert "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION" in said.out
