"""Scans kept in a file."""

from pathlib import Path

from db import files
from db.attachments import ScanKind
from services.office import Office
from services.scans.attachments import add
from services.work import Work, command_line
from tests import factories as make
from tests.services.papers import picture

TITLE = "Giấy xác nhận của Nông Thị Mẩy"


def writing(office: Office) -> Work:
    return Work(office, command_line(), write=True)


def new_scan(office: Office, *, kind: ScanKind = ScanKind.PROOF, data: bytes | None = None) -> tuple[int, int]:
    """A committed scan on a file of its own: (case id, scan id)."""
    with writing(office) as work:
        case = make.case(work)
        return case.id, add(work, case, kind=kind, title=TITLE, data=data or picture()).id


def stored(office: Office) -> list[Path]:
    return list(files.all_in(office.home.files))
