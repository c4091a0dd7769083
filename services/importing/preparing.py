"""From a file to a plan: read, every row checked, compared with what is there. Nothing is written."""

from collections.abc import Callable
from pathlib import Path

from services.access import Right, require
from services.importing.checking import check_row
from services.importing.directory import directory
from services.importing.plan import Plan, match
from services.importing.reading import FILE_LIMIT, Unreadable, read
from services.work import Work


def check(
    work: Work, source: bytes | Path, *, name: str = "", progress: Callable[[int, int], None] | None = None
) -> Plan:
    """What importing this register would do. `name`: the file's name as people know it.

    Raises Refused, or Unreadable when the file as a whole is no register.
    """
    require(work, Right.IMPORT)
    register = read(_content(source))
    known = directory(work)
    checked = []
    for done, raw in enumerate(register.rows, 1):
        checked.append(check_row(raw, register, known, work.today))
        if progress is not None and done % 500 == 0:
            progress(done, len(register.rows))
    title = name or (source.name if isinstance(source, Path) else "")
    return Plan(title, register.digest, register.given, match(work, checked, register.given, known))


def _content(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as file:
            return file.read(FILE_LIMIT + 1)
    except OSError:
        raise Unreadable("Không mở được tệp.") from None
