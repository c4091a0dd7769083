"""The list of what waits for one person, on paper: what is late first, each line with its limit and its basis."""

from collections.abc import Iterable, Iterator

from db.people import Person
from services import today, worklists
from services.access import shows
from services.reports.document import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    PageRules,
    Paragraph,
    Row,
    Table,
    head_line,
)
from services.text import vn_date
from services.waiting import LISTS, WAITING, WorkList
from services.work import Work
from services.worklists import Line, Where

TITLE = "DANH SÁCH VIỆC"
MOST = 100  # lines of one list: more is work for a screen, not for paper
KEEP = "Có thông tin về nạn nhân; chỉ dùng trong đơn vị, không sao chụp, hủy khi dùng xong."
NOTHING = "Không có việc nào đang chờ."
MARGIN = 15
NAME, DETAIL = "Họ và tên", "Nội dung"
WIDTHS = (13, 26, 52, 48, 42, 26, 60)
HEADS = ("STT", "Số hồ sơ", NAME, DETAIL, "Cư trú", "Từ ngày", "Thời hạn")


def compose(work: Work) -> Document:
    """What *today* says, with the files behind it as far as this person sees them (their names in the trail)."""
    blocks = tuple(_blocks(work))
    return Document(
        title=TITLE,
        subject=f"Ngày {vn_date(work.today)}",
        blocks=blocks or (Paragraph(NOTHING),),
        as_of=_whose(work),
        footer_note=KEEP,
        page=PageRules(landscape=True, left=MARGIN, right=MARGIN),
    )


def _whose(work: Work) -> str:
    at = ", ".join(dict.fromkeys(held.unit_name for held in work.actor.holdings))
    return f"{work.actor.name} – {at}" if at else work.actor.name


def _blocks(work: Work) -> Iterator[Block]:
    for group in today.groups(work):
        yield Heading(group.title, 2)
        for item in group.items:
            yield from _item(work, group.name, item)
    if reports := _reports(work):
        yield Heading("Báo cáo đến hạn", 2)
        yield from reports


def _item(work: Work, group: str, item: today.Item) -> Iterator[Block]:
    found = LISTS.get(item.listed)
    if found is None:
        said = f"{item.label}: {item.count}" if item.count is not None else item.label
        yield Paragraph(f"{said} {item.detail}".strip(), indent=False)
        return
    lines = _table(work, found, Where(late=group == today.LATE, soon=group == today.SOON, rest=group == WAITING))
    if lines.rows:
        yield lines


def _table(work: Work, found: WorkList, where: Where) -> Table:
    lines = worklists.page(work, found, where, size=MOST)
    left = lines.total - len(lines.rows)
    kept = [
        number
        for number, head in enumerate(HEADS)
        if (head != NAME or shows(work.actor, Person.full_name))
        and (head != DETAIL or any(line.detail for line in lines.rows))
    ]
    return Table(
        columns=tuple(Column(Align.CENTRE if number == 0 else Align.LEFT, WIDTHS[number]) for number in kept),
        head=head_line(*(HEADS[number] for number in kept)),
        rows=tuple(_row(number, line, kept) for number, line in enumerate(lines.rows, 1)),
        caption=f"{found.label} ({lines.total})",
        note=" ".join(part for part in (_basis(lines.rows), _left(left)) if part),
    )


def _row(number: int, line: Line, kept: list[int]) -> Row:
    due, case = line.due, line.case
    limit = None if due is None else f"{vn_date(due.on)}: {due.lateness.words.lower()}" if due.on else due.short
    cells = (str(number), case.code, case.name, line.detail or None, case.home or None, vn_date(line.since), limit)
    return Row(tuple(cells[at] for at in kept))


def _basis(lines: Iterable[Line]) -> str:
    """The articles behind the limits of a table, each once."""
    sources = dict.fromkeys(line.due.source for line in lines if line.due and line.due.source)
    return f"Căn cứ: {'; '.join(sources)}." if sources else ""


def _left(number: int) -> str:
    return f"Còn {number} việc nữa: xem trên màn hình." if number else ""


def _reports(work: Work) -> list[Block]:
    found = today.reports_due(work) if today.follows_reports(work) else ()
    said = (f"{one.words}: hạn {vn_date(one.due)} ({one.lateness.words})." for one in found)
    return [Paragraph(words, indent=False) for words in said]
