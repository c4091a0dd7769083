"""What the server's settings must stay, each with the harm it keeps away."""

import asyncio
import gc
import logging
import socket
import sys
from pathlib import Path

import pytest
from streamlit import config

from services import logs
from services.errors import NotReady
from services.server import serving

ROOT = serving.ROOT


@pytest.fixture(scope="module", autouse=True)
def _settings() -> None:
    config._main_script_path = str(ROOT / "app.py")
    config.get_config_options(force_reparse=True)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("runner.postScriptGC", False),  # on, it costs 60 to 90 ms after every rerun
        ("runner.magicEnabled", False),
        ("client.showErrorDetails", "none"),
        ("client.disableDataExport", True),
        ("client.toolbarMode", "minimal"),
        ("client.allowedOrigins", []),
        ("browser.gatherUsageStats", False),
        ("logger.enableRich", False),
        ("logger.hideWelcomeMessage", True),
        ("server.address", "127.0.0.1"),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.enableStaticServing", False),
        ("server.enableAgentApi", False),
        ("server.fileWatcherType", "none"),
        ("server.maxUploadSize", 10),
        ("server.trustedUserHeaders", {"X-Duongve-Session": "session"}),
    ],
)
def test_a_setting(option: str, value: object) -> None:
    assert config.get_option(option) == value


def test_no_folder_named_pages_stands_beside_the_script() -> None:
    assert not (ROOT / "pages" / "pages").exists()  # Streamlit would serve it without asking


def test_the_collector_is_settled_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    serving._settle_imports()
    assert gc.get_freeze_count() > 50_000
    assert sys.path[-1] == str(ROOT / "pages")  # so that our statistics page never hides Python's module
    gc.unfreeze()


def test_the_listening_socket_sends_at_once() -> None:
    with serving.listen("127.0.0.1", 0) as sock:
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert sock.proto == socket.IPPROTO_TCP
        with pytest.raises(NotReady):
            serving.listen("127.0.0.1", sock.getsockname()[1])


def test_serving_an_empty_folder_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUONGVE_DATA", str(tmp_path))
    with pytest.raises(NotReady, match="duongve init"):
        serving.start(port=0)
    with pytest.raises(NotReady):
        asyncio.run(_enter())


def test_logs_never_hold_a_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("streamlit.error_util")
    handlers, filters = logs.LOGGER.handlers[:], logger.filters[:]
    logs.LOGGER.handlers.clear()
    logs.start(tmp_path)
    try:
        _break("Nông Thị Mẩy")
    except RuntimeError as error:
        reference = logs.unforeseen(error)
        logger.error("Uncaught app execution", exc_info=error)
        logging.getLogger("uvicorn.error").error("Exception in ASGI application", exc_info=error)
    finally:
        logging.setLogRecordFactory(logging.LogRecord)
        logs.LOGGER.handlers[:], logger.filters[:] = handlers, filters
    written = (tmp_path / "server.log").read_text("utf-8") + capsys.readouterr().err
    assert reference in written
    assert "ValueError" in written
    assert "_break" in written
    assert "Mẩy" not in written


def _break(name: str) -> None:
    try:
        int(name)
    except ValueError as error:
        raise RuntimeError(f"cannot read {name}") from error


async def _enter() -> None:
    async with serving.lifespan(None):
        pass
