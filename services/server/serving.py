"""Starting the server, and what it holds while it runs. Used by `duongve serve` and `duongve demo`."""

import gc
import os
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import uvicorn

from services import logs, office, passwords
from services.errors import AppError, NotReady
from services.reports import charts_svg

ROOT = Path(__file__).resolve().parents[2]
HOST, PORT = "127.0.0.1", 8501
LARGEST_MESSAGE = 8 * 1024 * 1024  # bytes from a browser; files go another way


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """Opens the office and warms what every page needs, before the first request."""
    opened = office.open_office(office.default_home())
    office.set_current(opened)
    logs.start(opened.home.logs)
    passwords.nobody()
    _settle_imports()
    # The chart engine takes half a second to start; the first report should not wait for it.
    threading.Thread(target=charts_svg.warm, name="duongve-warm", daemon=True).start()
    try:
        yield
    finally:
        office.set_current(None)
        opened.close()


def start(host: str = HOST, port: int = PORT) -> None:
    """Serves until stopped. Raises NotReady when the address is taken or the folder holds no office.

    Works from any folder: the settings and the script are found beside `app.py`.
    """
    home = office.default_home().resolve()
    if office.card_of(home) is None:
        raise NotReady(office.NO_OFFICE)
    os.environ["DUONGVE_DATA"] = str(home)
    os.chdir(ROOT)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    server = uvicorn.Server(settings())
    with listen(host, port) as listening, suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
        server.run(sockets=[listening])
    if not server.started:
        raise NotReady("Máy chủ không khởi động được. Xem thông báo phía trên và tệp logs/server.log.")


def main() -> int:
    """`python app.py`: serves on loopback. The exit code; a sentence when it cannot."""
    try:
        start()
    except AppError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    return 0


def settings() -> uvicorn.Config:
    """The server's own settings. The application is imported by name once we stand in its folder."""
    return uvicorn.Config(
        "app:app",
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        access_log=False,  # addresses carry tickets and case ids
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


def listen(host: str, port: int) -> socket.socket:
    """The listening socket. TCP_NODELAY takes reruns in a row from 44 ms to 6; naming the protocol
    lets asyncio set it on every accepted connection too."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # on Windows it would let two servers share the port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind((host, port))
        sock.listen(512)
        sock.setblocking(False)
    except OSError as error:
        sock.close()
        raise NotReady(f"Không mở được cổng {port} trên {host}: đang được dùng hoặc không được phép.") from error
    return sock


def _settle_imports() -> None:
    """Streamlit puts the script's folder first on the path while a script runs, where our
    `statistics` page would stand before Python's own module; last on the path, it stays there.
    What is imported now is never looked at again by the collector."""
    folder = str(ROOT / "pages")
    if folder not in sys.path:
        sys.path.append(folder)
    import altair  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    gc.collect()
    gc.freeze()
