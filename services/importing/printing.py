"""The register on paper: A4 landscape, the columns of the form gathered under nine heads."""

from services.case_search import CaseFilter
from services.importing.directory import Directory, directory
from services.importing.form import BY_KEY, SUPPORTS, Reads
from services.importing.form import Column as FormColumn
from services.importing.out import beyond, columns_for, files, record, subtitle
from services.importing.rows import NO, Written, spoken, written
from services.importing.sheets import TITLE
from services.importing.stored import Stored
from services.reports.document import Align, Column, Document, PageRules, Row, Table, head_line
from services.work import Work

GROUPS: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("Tiếp nhận", 34, ("received_on", "unit", "way")),
    ("Người được tiếp nhận", 38, ("full_name", "sex", "birth", "ethnic", "identity_number")),
    ("Nơi cư trú", 26, ("commune", "district")),
    ("Nơi, mục đích bị mua bán", 28, ("place", "purpose")),
    ("Xác minh, kết luận", 38, ("requested_on", "verifier", "concluded_on", "outcome", "paper_number")),
    ("Bảo vệ", 32, ("needs_protection", "measured_on", "measures")),
    ("Hỗ trợ (đồng)", 40, (*(column.key for column in SUPPORTS.values()), "delivered_on", "fund")),
    ("Ghi chú", 24, ("note",)),
)
NAMED = frozenset({"requested_on", "concluded_on", "measured_on", "delivered_on", "paper_number"})
NUMBER_WIDTH = 10
MARGIN = 15


def register_pdf_document(work: Work, wanted: CaseFilter | None = None) -> Document:
    """The register as a plain list, as far as the actor sees. The export is in the trail."""
    found = files(work, wanted)
    columns, known = columns_for(work), directory(work)
    shown = {column.key for column in columns}
    groups = [(name, width, keys) for name, width, keys in GROUPS if shown & set(keys)]
    table = Table(
        columns=(
            Column(Align.CENTRE, NUMBER_WIDTH),
            *(Column(Align.LEFT, width) for _, width, _ in groups),
        ),
        head=head_line("STT", *(name for name, _, _ in groups)),
        rows=tuple(_row(number, stored, groups, shown, known, columns) for number, stored in enumerate(found, 1)),
    )
    record(work, len(found), "pdf")
    return Document(
        title=TITLE,
        subject="",
        blocks=(table,),
        as_of=subtitle(work, len(found)),
        page=PageRules(landscape=True, left=MARGIN, right=MARGIN),
    )


def _row(
    number: int,
    stored: Stored,
    groups: list[tuple[str, float, tuple[str, ...]]],
    shown: set[str],
    known: Directory,
    columns: list[FormColumn],
) -> Row:
    cells = written(stored.row, known)
    texts = ["\n".join(_lines(keys, shown, cells)) or None for _, _, keys in groups]
    more = beyond(stored, columns)
    if more and texts:
        texts[-1] = "\n".join(part for part in (texts[-1], more) if part)
    return Row((str(number), *texts))


def _lines(keys: tuple[str, ...], shown: set[str], cells: dict[str, Written]) -> list[str]:
    """The values of a group, one a line; a value that does not speak for itself carries its heading."""
    lines = []
    for key in keys:
        text = spoken(cells[key]) if key in shown else ""
        if text and cells[key] != NO:
            named = key in NAMED or BY_KEY[key].reads in (Reads.SUPPORT, Reads.YES_NO)
            lines.append(f"{BY_KEY[key].heading}: {text}" if named else text)
    return lines
