"""The periodic report, composed from an office with a register in it."""

from datetime import date
from pathlib import Path

from services import periods
from services.office import Office
from services.reports import periodic
from services.reports.document import Document, Heading, Paragraph
from services.work import Actor, Work, command_line

TODAY = date(2026, 11, 1)
REGISTER = Path(__file__).parents[1] / "data" / "so_tiep_nhan_sach.xlsx"
Q3 = periods.parse("2018Q3")


def writing(office: Office, who: Actor | None = None) -> Work:
    return Work(office, who or command_line(), write=True, today=TODAY)


def reading(office: Office, who: Actor | None = None) -> Work:
    return Work(office, who or command_line(), today=TODAY)


def composed(
    office: Office, key: str = "2018Q3", *, unit_id: int | None = None, as_of: date | None = None
) -> Document:
    with reading(office) as work:
        return periodic.compose(work, periods.parse(key), unit_id=unit_id, as_of=as_of)


def texts(document: Document) -> str:
    blocks = (*document.blocks, *document.annexes)
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Heading))
