"""The tables and charts of the periodic report, from the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from db.support import SupportKind
from services import charts, figures
from services.figures import Line, Reason, View
from services.reports.document import Align, ChartBlock, Column, HeadCell, Row, RowKind, Table, Value, head_line
from services.reports.periodic_text import WAYS_NOTE, fraction, lower

TOTAL = "Tổng số"
VICTIMS = "Xác định là nạn nhân"
FILES, MONEY = "Đơn vị tính: hồ sơ", "Đơn vị tính: đồng"
TARGETS_NOTE = "Chỉ tiêu: đã thực hiện/phải thực hiện đến cuối năm; tổng số: đến ngày của số liệu."
UNKNOWN_BEFORE = "Dấu – : hệ thống chưa có số liệu của kỳ đó."
_ORDER, _MIDDLE = Column(Align.CENTRE, 10), Column(Align.CENTRE)
_COUNT, _CHANGE = Column(Align.RIGHT, 22), Column(Align.RIGHT, 16)
_AMOUNT = Column(Align.RIGHT, 32)

Rows = Sequence[int]


@dataclass(frozen=True)
class Seen:
    """A period as its column is headed, and its view; None: no figures of it are known here."""

    label: str
    view: View | None


def account(columns: Sequence[Seen]) -> Table:
    """The account that balances; the period of the report first, then those it is compared with."""
    titles = {
        "1": "Chưa kết luận từ kỳ trước chuyển sang",
        "2": "Tiếp nhận trong kỳ",
        "3": "Mở lại để xác minh trong kỳ",
        "4": "Kết luận trong kỳ",
        "4.1": "Là nạn nhân",
        "4.2": "Không phải nạn nhân",
        "4.3": "Chưa đủ căn cứ",
        "5": "Chưa kết luận, chuyển kỳ sau",
    }
    note = "(1) + (2) + (3) = (4) + (5). Mỗi hồ sơ là một người trong một lần tiếp nhận."
    return _compared("Tình hình tiếp nhận, xác minh", titles, _account_rows, columns, note)


def _account_rows(view: View) -> Rows:
    counts = figures.account.of(view)
    outcomes = counts.victim, counts.not_victim, counts.insufficient
    return counts.opening, counts.received, counts.reopened, counts.concluded, *outcomes, counts.closing


def _compared(
    caption: str,
    titles: Mapping[str, str],
    count: Callable[[View], Rows],
    columns: Sequence[Seen],
    note: str,
) -> Table:
    """A column a period, and after each one it is compared with how much more or less there is now."""
    now, *others = ([None] * len(titles) if seen.view is None else count(seen.view) for seen in columns)
    head = [HeadCell("TT"), HeadCell("Nội dung"), HeadCell(columns[0].label if others else "Số lượng")]
    shapes = [_ORDER, Column(), _COUNT]
    for seen in columns[1:]:
        head += [HeadCell(seen.label), HeadCell("Tăng, giảm")]
        shapes += [_COUNT, _CHANGE]
    rows = []
    for line, (number, title) in enumerate(titles.items()):
        cells: list[Value] = [number, title, now[line]]
        for other in others:
            cells += [other[line], _difference(now[line], other[line])]
        rows.append(Row(tuple(cells)))
    if any(seen.view is None for seen in columns):
        note = f"{note} {UNKNOWN_BEFORE}"
    return Table(tuple(shapes), (tuple(head),), tuple(rows), caption, FILES, note)


def _difference(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before


def lines(columns: Sequence[Seen]) -> Table:
    """The five lines of the plan: the received, the victims now and in the periods compared."""
    now = columns[0].view
    assert now is not None
    received = figures.received_lines.of(now)
    counted = [figures.lines.of(seen.view) if seen.view else None for seen in columns]
    shown = [line for line in Line if line is not Line.UNKNOWN or received[line] or figures.lines.of(now)[line]]
    rows = [
        Row((str(n), line.label, received[line], *(found[line] if found else None for found in counted)))
        for n, line in enumerate(shown, 1)
    ]
    sums = (sum(found.values()) if found else None for found in counted)
    total = Row(("", TOTAL, sum(received.values()), *sums), RowKind.TOTAL)
    names = ("TT", "Hình thức", "Tiếp nhận trong kỳ")
    head = head_line(*names, VICTIMS)
    if len(columns) > 1:
        top = (*(HeadCell(name, rowspan=2) for name in names), HeadCell(VICTIMS, colspan=len(columns)))
        head = (top, tuple(HeadCell(seen.label) for seen in columns))
    shapes = (_ORDER, Column(), _COUNT, *(_COUNT for _ in columns))
    return Table(shapes, head, (*rows, total), "Nạn nhân bị mua bán theo hình thức tiếp nhận", FILES, WAYS_NOTE)


def targets(view: View) -> Table:
    """The four targets, each 100 %, and why the rest was not reached."""
    rows = []
    for number, found in enumerate(figures.targets.of(view).values(), 1):
        share = found.met / found.of if found.of else None
        reasons = (found.reasons[reason] for reason in Reason)
        rows.append(Row((str(number), found.key.label, found.of, found.met, share, *reasons)))
    head = (
        (
            HeadCell("TT", rowspan=2),
            HeadCell("Chỉ tiêu (Kế hoạch: 100%)", rowspan=2),
            HeadCell("Phải thực hiện", rowspan=2),
            HeadCell("Đã thực hiện", rowspan=2),
            HeadCell("Tỷ lệ", rowspan=2),
            HeadCell("Chưa đạt, chia theo lý do", colspan=len(Reason)),
        ),
        tuple(HeadCell(reason.label[:1].upper() + reason.label[1:]) for reason in Reason),
    )
    narrow = Column(width=17)
    shapes = (_ORDER, Column(), narrow, narrow, Column(width=19, percent=True), narrow, narrow, narrow)
    return Table(shapes, head, tuple(rows), "Thực hiện các chỉ tiêu của Kế hoạch")


def composition(view: View) -> Table:
    """Every breakdown but the receiving unit, one under the other. Each sums to its total."""
    found = [part for part in figures.breakdowns.of(view) if part.key != "unit"]
    rows: list[Row] = []
    for part in found:
        rows.append(Row((part.title,), RowKind.GROUP))
        rows += [Row((s.label, s.received, s.victims)) for s in part.shares if s.received or s.victims]
        rows.append(Row((TOTAL, part.received, part.victims), RowKind.TOTAL))
    head = head_line("Tiêu chí", "Tiếp nhận trong kỳ", VICTIMS)
    note = "Mỗi tiêu chí cộng bằng tổng số; dòng không có số liệu được lược bớt."
    shapes = (Column(), Column(width=32), Column(width=32))
    return Table(shapes, head, tuple(rows), "Cơ cấu người được tiếp nhận và nạn nhân", FILES, note)


def units(view: View) -> Table:
    """What each receiving unit received; the units sum to the province."""
    spent = {str(amount.key): amount.amount for amount in figures.money.of(view).by_unit}
    part = next(part for part in figures.breakdowns.of(view) if part.key == "unit")
    names = {share.key: share.label for share in part.shares}
    names |= {str(a.key): a.label for a in figures.money.of(view).by_unit}
    counted = {share.key: share for share in part.shares}
    rows = [
        Row((str(n), name, *_of_unit(counted.get(key)), spent.get(key, 0)))
        for n, (key, name) in enumerate(names.items(), 1)
    ]
    total = Row(("", TOTAL, part.received, part.victims, sum(spent.values())), RowKind.TOTAL)
    head = head_line("TT", part.title, "Tiếp nhận (hồ sơ)", "Nạn nhân (hồ sơ)", "Kinh phí hỗ trợ (đồng)")
    shapes = (_ORDER, Column(), _COUNT, _COUNT, _AMOUNT)
    note = "Kinh phí tính theo đơn vị tiếp nhận hồ sơ, không gồm vốn vay."
    return Table(shapes, head, (*rows, total), "Kết quả theo đơn vị tiếp nhận", note=note)


def _of_unit(share: figures.Share | None) -> tuple[int, int]:
    return (share.received, share.victims) if share else (0, 0)


def measures(view: View) -> Table:
    """Measures applied, and persons beside them."""
    rows = [
        Row((str(n), measure.label, measure.times, measure.persons))
        for n, measure in enumerate(figures.measures.of(view), 1)
    ]
    times = sum(measure.times for measure in figures.measures.of(view))
    total = Row(("", TOTAL, times, figures.persons_guarded.of(view)), RowKind.TOTAL)
    head = head_line("TT", "Biện pháp bảo vệ", "Số lượt áp dụng", "Số người")
    note = "Một người có thể được áp dụng nhiều biện pháp."
    return Table((_ORDER, Column(), _COUNT, _COUNT), head, (*rows, total), "Biện pháp bảo vệ đã áp dụng", "", note)


def support(view: View) -> Table:
    """Deliveries by kind; loans below the total, outside it."""
    kinds = figures.deliveries.of(view)
    rows = [
        Row((str(n), kind.kind.label, kind.times, kind.persons, kind.amount))
        for n, kind in enumerate((kind for kind in kinds if kind.kind is not SupportKind.LOAN), 1)
    ]
    lent = figures.loans.of(view)
    times = sum(kind.times for kind in kinds) - lent.times
    sums = times, figures.persons_served.of(view), figures.money.of(view).total
    total = Row(("", "Cộng (không gồm vốn vay)", *sums), RowKind.TOTAL)
    loan = Row(("", f"Ngoài ra: {SupportKind.LOAN.label.lower()}", lent.times, lent.persons, lent.total))
    head = head_line("TT", "Loại hỗ trợ", "Số lượt", "Số người", "Số tiền")
    note = "Một người có thể nhận nhiều loại; số tiền đã trừ các khoản điều chỉnh."
    shapes = (_ORDER, Column(), _COUNT, _COUNT, _AMOUNT)
    return Table(shapes, head, (*rows, total, loan), "Hỗ trợ nạn nhân theo loại", MONEY, note)


def funds(view: View) -> Table:
    """đồng by source; sums to the money of the period."""
    spent = figures.money.of(view)
    rows = [Row((str(n), amount.label, amount.amount)) for n, amount in enumerate(spent.by_fund, 1)]
    total = Row(("", TOTAL, spent.total), RowKind.TOTAL)
    head = head_line("TT", "Nguồn kinh phí", "Số tiền")
    return Table((_ORDER, Column(), _AMOUNT), head, (*rows, total), "Kinh phí hỗ trợ theo nguồn", MONEY)


def trend(view: View, parts: Sequence[Seen], title: str, *, with_targets: bool) -> Table:
    """The parts of the period one under the other (years of a plan, quarters of a year, months), then all of it.

    A target of the whole period is looked at on its last day, so it is no sum of its parts."""
    heads = [title, "Tiếp nhận", "Kết luận", "Nạn nhân", "Kinh phí hỗ trợ (đồng)"]
    shapes = [Column(), _COUNT, _COUNT, _COUNT, _AMOUNT]
    if with_targets:
        heads[4:4] = ["Xác minh", "Hỗ trợ ban đầu", "Bảo vệ", "Hỗ trợ chế độ"]
        shapes = [Column(width=19), *([Column()] * 3), *([_MIDDLE] * 4), Column()]
    note = TARGETS_NOTE if with_targets else ""
    rows = tuple(_part(seen.label, seen.view, with_targets) for seen in parts if seen.view)
    total = replace(_part(TOTAL, view, with_targets), kind=RowKind.TOTAL)
    return Table(tuple(shapes), head_line(*heads), (*rows, total), f"Diễn biến theo {lower(title)}", note=note)


def _part(label: str, view: View, with_targets: bool) -> Row:
    counts = figures.account.of(view)
    reached = [fraction(t) for t in figures.targets.of(view).values()] if with_targets else []
    return Row((label, counts.received, counts.concluded, counts.victim, *reached, figures.money.of(view).total))


def chart(parts: Sequence[Seen], title: str) -> ChartBlock:
    """Received, concluded and victims over the parts of the period."""
    counted = [(part.label, figures.account.of(part.view)) for part in parts if part.view]
    names = ("Tiếp nhận", "Kết luận", "Nạn nhân")
    values = [(label, (a.received, a.concluded, a.victim)) for label, a in counted]
    points = [(label, name, n) for label, ns in values for name, n in zip(names, ns, strict=True)]
    drawn = charts.months(points, y_label="Hồ sơ")
    rows = tuple((label, *numbers) for label, numbers in values)
    return ChartBlock.of("Tiếp nhận, kết luận và nạn nhân được xác định", drawn, (title, *names), rows)
