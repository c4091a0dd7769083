"""The periodic report: quarter, half-year, year, three years, five years, from one declaration.

`compose` gives the Document that the screen shows and the PDF and the spreadsheet print. It carries
exact figures for the authorised receiver and no name of a person received.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from services import figures, law, periods
from services.access import Right
from services.figures import TargetKey, View
from services.periods import Period
from services.reports import comparing
from services.reports import periodic_frame as frame
from services.reports import periodic_tables as tables
from services.reports import periodic_text as words
from services.reports.document import (
    Align,
    Block,
    ChartBlock,
    Document,
    Heading,
    Paragraph,
    Recipients,
    SignatureBlock,
    Table,
)
from services.reports.issuer import DOTS, Issuer, issuer_of
from services.reports.periodic_tables import Seen
from services.reports.writing import Texts, day_of_figures, load
from services.text import vn_date
from services.work import Work

RECIPIENTS = ("Như trên", "Lưu: VT")
YEAR = "Năm"
TABLE, CHART = "Bảng", "Biểu đồ"


@dataclass(frozen=True)
class _Report:
    """All that one report is made from."""

    period: Period
    plan: law.Plan | None
    issuer: Issuer
    scope: str
    texts: Texts
    view: View
    others: tuple[Seen, ...]  # the period before; the same period a year earlier
    parts: tuple[Seen, ...]
    whole_province: bool

    @property
    def columns(self) -> tuple[Seen, ...]:
        return (Seen(self.period.label, self.view), *self.others)


def compose(work: Work, period: Period, *, unit_id: int | None = None, as_of: date | None = None) -> Document:
    """The report of a period: of a unit, or with None of the whole province. Raises Refused.

    `as_of`: up to which day facts count; None: as typed into the report, or as its date says."""
    texts = load(work, period, unit_id)  # refuses who may not report
    units = None if unit_id is None else {unit_id}
    view = figures.look(
        work, period, as_of=as_of or day_of_figures(texts, period), units=units, right=Right.REPORT
    )
    plan = _plan_of(period)
    dated = texts.dated or period.end
    issuer = issuer_of(work, unit_id, dated, plan or law.plan())
    report = _Report(
        period,
        plan,
        issuer,
        scope="toàn tỉnh" if unit_id is None else issuer.name,
        texts=texts,
        view=view,
        others=comparing.others(view, period),
        parts=_parts(view, period),
        whole_province=unit_id is None,
    )
    return _document(report, dated)


def _plan_of(period: Period) -> law.Plan | None:
    years = range(period.start.year, period.end.year + 1)
    return next((p for p in law.plans() if p.first_year <= years[-1] and years[0] <= p.last_year), None)


def _parts(view: View, period: Period) -> tuple[Seen, ...]:
    begun = (part for part in periods.parts(period) if part.start <= view.as_of)
    return tuple(Seen(_short(part), view.over(part.start, part.end)) for part in begun)


def _short(part: Period) -> str:
    """As a chart and a narrow column need it: "Quý I", "03/2018", "2018"."""
    if "Q" in part.key:
        return part.label.split(" năm ")[0]
    return part.key if len(part.key) == 4 else f"{part.end.month:02d}/{part.end.year}"


def _document(report: _Report, dated: date) -> Document:
    texts, issuer = report.texts, report.issuer
    subject = frame.subject(report.period, report.plan)
    letterhead = frame.letterhead(texts, issuer, dated)
    annex = _annex(report)
    body = tuple(_blocks(report))
    numbered = _numbered((*body, *annex), len(body))
    return Document(
        title=frame.KIND,
        subject=subject,
        as_of=f"(Số liệu tính đến ngày {vn_date(report.view.as_of)})",
        letterhead=letterhead,
        addressees=issuer.addressees,
        blocks=numbered[: len(body)],
        recipients=Recipients(tuple((texts.recipients or "").splitlines()) or RECIPIENTS),
        signature=SignatureBlock(tuple((texts.signer_title or DOTS * 3).splitlines()), texts.signer_name),
        annexes=(*frame.annex_head(letterhead, subject, issuer), *numbered[len(body) :]) if annex else (),
        page=frame.page_rules(dated),
    )


def _blocks(report: _Report) -> Iterator[Block]:
    yield Paragraph(words.opening(report.issuer, report.period, report.plan, report.view.as_of))
    if said := comparing.unfinished(report.view, report.period, report.others):
        yield Paragraph(said)
    yield from (Paragraph(text) for text in words.about_period(report.period, report.plan))
    yield Heading("I. Kết quả thực hiện")
    yield from _reception(report)
    yield from _targets(report)
    yield from _composition(report)
    yield from _protection(report)
    yield from _support(report)
    if _part_title(report.period) == YEAR:
        yield Heading("7. Diễn biến qua các năm", 2)
        yield from _trend(report)
    yield from _typed("II. Đánh giá chung", report.texts.assessment)
    yield from _typed("III. Khó khăn, vướng mắc", report.texts.difficulties)
    yield from _typed("IV. Đề xuất, kiến nghị", report.texts.proposals)
    subject = words.lower(frame.subject(report.period, report.plan))
    yield Paragraph(f"Trên đây là báo cáo {subject} của {report.issuer.name}./.")


def _reception(report: _Report) -> Iterator[Block]:
    known = [(seen.label, seen.view) for seen in report.others if seen.view]
    yield Heading("1. Tiếp nhận, xác minh", 2)
    yield Paragraph(" ".join(words.reception(report.view, report.scope, known)))
    yield tables.account(report.columns)
    yield Heading("2. Nạn nhân theo hình thức tiếp nhận", 2)
    yield Paragraph(words.by_line(report.view))
    yield tables.lines(report.columns)


def _targets(report: _Report) -> Iterator[Block]:
    found = figures.targets.of(report.view)
    yield Heading("3. Thực hiện các chỉ tiêu", 2)
    for target in found.values():
        yield Paragraph(words.target(target))
    if waiting := words.waiting(found[TargetKey.SUPPORT]):
        yield Paragraph(waiting)
    yield tables.targets(report.view)


def _composition(report: _Report) -> Iterator[Block]:
    yield Heading("4. Cơ cấu người được tiếp nhận và nạn nhân", 2)
    detail = f" (Chi tiết tại {frame.ANNEX}.)" if _annex(report) else ""
    yield Paragraph(words.who(report.view) + detail)


def _annex(report: _Report) -> tuple[Block, ...]:
    """Breakdowns and course of the period, behind the signature; nothing when nobody came or was concluded."""
    counts = figures.account.of(report.view)
    if not (counts.received or counts.victim):
        return ()
    found: list[Block] = [] if _part_title(report.period) == YEAR else [*_trend(report)]
    found.append(tables.composition(report.view))
    if report.whole_province:
        found.append(tables.units(report.view))
    return tuple(found)


def _protection(report: _Report) -> Iterator[Block]:
    yield Heading("5. Bảo vệ nạn nhân và người thân", 2)
    yield Paragraph(words.protection(report.view))
    if figures.measures.of(report.view):
        yield tables.measures(report.view)


def _support(report: _Report) -> Iterator[Block]:
    yield Heading("6. Hỗ trợ nạn nhân", 2)
    yield Paragraph(" ".join(words.support(report.view)))
    if any(kind.times for kind in figures.deliveries.of(report.view)):
        yield tables.support(report.view)
    if figures.money.of(report.view).by_fund:
        yield tables.funds(report.view)


def _trend(report: _Report) -> Iterator[Block]:
    """Of several years in the text, year by year; of a shorter period behind the signature."""
    if len(report.parts) < 2:
        return
    title = _part_title(report.period)
    yield tables.trend(report.view, report.parts, title, with_targets=title == YEAR)
    yield tables.chart(report.parts, title)


def _part_title(period: Period) -> str:
    if period.key.count("-") == 1 and len(period.key) == 9:
        return YEAR
    return "Quý" if len(period.key) == 4 or "H" in period.key else "Tháng"


def _typed(heading: str, text: str | None) -> Iterator[Block]:
    """What people wrote, or dotted lines to write on."""
    yield Heading(heading)
    if text:
        yield Paragraph(text)
        return
    for _ in range(frame.EMPTY_LINES):
        yield Paragraph(frame.DOTTED, indent=False, align=Align.LEFT)


def _numbered(blocks: Sequence[Block], body: int) -> tuple[Block, ...]:
    """Captions get the number of their table or chart; among the first `body` blocks the sentence before a
    table says where to look."""
    tables_so_far, charts_so_far = itertools.count(1), itertools.count(1)
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            name = f"{TABLE} {next(tables_so_far)}"
            if len(found) < body:
                _refer(found, name)
            block = replace(block, caption=f"{name}. {block.caption}")
        elif isinstance(block, ChartBlock):
            block = replace(block, caption=f"{CHART} {next(charts_so_far)}. {block.caption}")
        found.append(block)
    return tuple(found)


def _refer(found: list[Block], name: str) -> None:
    """A table may stand on the next page, so the sentence just before it names it; the targets are a list."""
    last = found[-1] if found else None
    if isinstance(last, Paragraph) and last.align is Align.JUSTIFY and not last.text.startswith("- "):
        found[-1] = replace(last, text=f"{last.text} ({name}.)")
