"""The server's own log: what broke and where, never a value. A victim's name must not stand in it.

An exception's text may carry what somebody typed or what a row holds, so only its type and the
places in the code are written; the person gets a reference number to give to the administrator.
"""

import logging
import secrets
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

LOGGER = logging.getLogger("duongve")
MEGABYTE = 1_000_000
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O or 1/I/L: people read the number aloud


class NoValues(logging.LogRecord):
    """A record of any library, whose traceback is replaced by one without texts or values."""

    def __init__(
        self, name: str, level: int, pathname: str, lineno: int, msg: object, args: Any, exc_info: Any, *rest: Any
    ) -> None:
        if exc_info and exc_info[1] is not None:
            msg, args = "%s\n%s", (name, places(exc_info[1]))
        super().__init__(name, level, pathname, lineno, msg, args, None, *rest)


class Unheard(logging.Filter):
    """Drops everything: what this logger has to say is written by `unforeseen` instead."""

    def filter(self, record: logging.LogRecord) -> bool:
        return False


def start(folder: Path) -> None:
    """Sends the log to `folder/server.log` (5 files of 1 MB) and takes values out of the console."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(isinstance(handler, RotatingFileHandler) for handler in LOGGER.handlers):
        handler = RotatingFileHandler(folder / "server.log", maxBytes=MEGABYTE, backupCount=5, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOGGER.addHandler(handler)
        LOGGER.setLevel(logging.INFO)
        LOGGER.propagate = False
    logging.getLogger("streamlit.error_util").addFilter(Unheard())  # it prints a script's exception whole
    logging.setLogRecordFactory(NoValues)


def unforeseen(error: BaseException) -> str:
    """Writes down an error nobody foresaw; returns the reference shown to the person."""
    reference = "".join(secrets.choice(LETTERS) for _ in range(8))
    LOGGER.error("%s\n%s", reference, places(error))
    if not LOGGER.handlers:
        print(reference, places(error), file=sys.stderr)
    return reference


def places(error: BaseException) -> str:
    """The exception's types and the lines it went through, causes first; no message, no value."""
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        frames = traceback.extract_tb(link.__traceback__)
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines)
