"""Servers to measure: ours over a scratch office, and one that draws nothing, under the same settings."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.errors import NotReady
from services.server.serving import ROOT

START = """import sys
from pathlib import Path
from services.server import serving
{where}serving.start(port=int(sys.argv[1]))
"""
ELSEWHERE = "serving.ROOT = Path(sys.argv[2])\n"
EMPTY_APP = """import streamlit as st
from services.server import serving
app = st.App("blank.py", lifespan=serving.lifespan)
"""
PATIENCE = 60.0  # seconds for a server to come up


@contextmanager
def ours(home: Path) -> Iterator[str]:
    """The real server over the office in `home`; its address."""
    with _running(START.format(where=""), home) as base:
        yield base


@contextmanager
def empty(home: Path, folder: Path) -> Iterator[str]:
    """A server whose only page draws nothing, with our settings; its address."""
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit", dirs_exist_ok=True)
    (folder / "app.py").write_text(EMPTY_APP, "utf-8")
    (folder / "blank.py").write_text("", "utf-8")
    (folder / "pages").mkdir(exist_ok=True)
    with _running(START.format(where=ELSEWHERE), home, str(folder)) as base:
        yield base


@contextmanager
def _running(code: str, home: Path, *more: str) -> Iterator[str]:
    port = _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("STREAMLIT_", "DUONGVE_"))}
    environment = kept | {"DUONGVE_DATA": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, str(port), *more]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE and process.poll() is None:
        with socket.socket() as sock:
            if sock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotReady("Máy chủ để đo không khởi động được.")
