"""A Document as PDF: an official Vietnamese document on A4, with real text and embedded fonts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from math import inf
from typing import assert_never

from services.reports import charts_svg
from services.reports.document import Align, Block, ChartBlock, Document, Heading, PageBreak, Paragraph, Table
from services.reports.letterhead import (
    closing_height,
    draw_closing,
    draw_form,
    draw_letterhead,
    draw_title,
    under_number,
)
from services.reports.paper import Paper, nfc
from services.reports.tables import TableLayout

_TEXT = 14  # points
_STEP = 6.3  # mm a line of text: between single and 1.5 lines
_GAP = 2.2  # mm between paragraphs, at least 6 points
_INDENT = 12.7
_ALONE = 2  # a paragraph leaves or takes at least this many lines


def render(document: Document) -> bytes:
    """The PDF's bytes. The same document with a date gives the same bytes."""
    paper = Paper(document.page, _note(document))
    _describe(paper, document)
    paper.new_page()
    draw_form(paper, document.form)
    if document.letterhead:
        draw_letterhead(paper, document.letterhead, document.confidentiality, under_number(document))
    draw_title(paper, document)
    _Flow(paper, document.blocks, closing_height(paper, document)).draw()
    draw_closing(paper, document)
    if document.annexes:
        if not isinstance(document.annexes[0], PageBreak):
            paper.new_page()
        _Flow(paper, document.annexes).draw()
    return bytes(paper.output())


def _note(document: Document) -> str:
    return " · ".join(part for part in (document.confidentiality, document.footer_note) if part)


def _describe(paper: Paper, document: Document) -> None:
    """Title, language and date for the reader's window and screen readers; nothing about the machine."""
    paper.set_title(nfc(f"{document.title} {document.subject}"))
    paper.set_lang(document.language)
    paper.set_producer("Đường Về")
    if document.letterhead:
        paper.set_author(nfc(document.letterhead.agency).replace("\n", " "))
    if document.dated:  # so that printing a frozen document again gives the same file
        paper.set_creation_date(datetime.combine(document.dated, time(), UTC))


class _Flow:
    """The blocks one after another; looks ahead so that nothing is left alone on a page."""

    def __init__(self, paper: Paper, blocks: tuple[Block, ...], closing: float = 0) -> None:
        self.paper = paper
        self.blocks = [part for block in blocks for part in _parts(block)]
        self.closing = closing
        self.waiting: Table | None = None

    def draw(self) -> None:
        for number, block in enumerate(self.blocks):
            if self.waiting and not self._goes_before(number):
                self._draw_waiting()
            if self._should_wait(number):
                self.waiting = block  # type: ignore[assignment]
                continue
            # What closes the document must not stand on a page without any text.
            self._draw(number, block, self.closing if number + 1 == len(self.blocks) else 0)
        if self.waiting:
            self._draw_waiting(self.closing)

    # A short table is not broken. Where it finds no room, the text that follows it fills the page and the
    # table begins the next one; it never passes another table, nor the beginning of a part (I, II, …).

    def _should_wait(self, number: int) -> bool:
        block = self.blocks[number]
        if not isinstance(block, Table) or number + 1 == len(self.blocks):
            return False
        layout = self._table(block)
        return layout.short and layout.whole > self.paper.room and self._goes_before(number + 1)

    def _goes_before(self, number: int) -> bool:
        """Whether this text, whole, has room on the page that a waiting table leaves."""
        return self._whole(number) <= self.paper.room + 0.01

    def _whole(self, number: int) -> float:
        """Height of a paragraph, with its heading; more than any page for what must not go first."""
        block = self.blocks[number] if number + 1 < len(self.blocks) else None
        if isinstance(block, Heading) and block.level > 1:
            return self._heading_height(block) + self._whole(number + 1)
        if isinstance(block, Paragraph):
            return len(self._lines(block)) * _STEP + _GAP
        return inf

    def _draw_waiting(self, tail: float = 0) -> None:
        assert self.waiting
        self.paper.new_page()
        self._table(self.waiting).draw(tail)
        self.waiting = None

    def _draw(self, number: int, block: Block, tail: float) -> None:
        match block:
            case Heading():
                self._heading(number, block)
            case Paragraph():
                self._paragraph(block, tail)
            case Table():
                self._table(block).draw(tail)
            case ChartBlock():
                self.paper.need(self._lead(number) + tail)
                self._chart(block)
            case PageBreak():
                self.paper.turned = block.landscape
                self.paper.new_page()
            case _:
                assert_never(block)

    def _lead(self, number: int) -> float:
        """Height at the beginning of block `number` that must not be torn from the heading above it."""
        if number >= len(self.blocks):
            return 0
        block = self.blocks[number]
        match block:
            case Heading():
                return self._heading_height(block) + self._lead(number + 1)
            case Paragraph():
                return min(len(self._lines(block)), _ALONE) * _STEP
            case Table():
                return self._table(block).lead
            case ChartBlock():
                return charts_svg.height(self.paper, block.spec) + 11
            case _:
                return 0

    # headings and text

    def _heading_lines(self, block: Heading) -> list[str]:
        text = block.text.upper() if block.level == 1 else block.text
        return self.paper.wrap(text, _heading_style(block), _TEXT, self.paper.breadth, _INDENT)

    def _heading_height(self, block: Heading) -> float:
        return 1 + len(self._heading_lines(block)) * _STEP + _GAP

    def _heading(self, number: int, block: Heading) -> None:
        self.paper.need(min(self._lead(number), self.paper.body_height))
        self.paper.y += 1
        self._put_lines(self._heading_lines(block), _heading_style(block), Align.LEFT, _INDENT, 0, _STEP)
        self.paper.y += _GAP

    def _lines(self, block: Paragraph) -> list[str]:
        return self.paper.wrap(
            block.text, _text_style(block), _TEXT, self.paper.breadth, _INDENT if block.indent else 0
        )

    def _paragraph(self, block: Paragraph, tail: float) -> None:
        lines, style = self._lines(block), _text_style(block)
        indent = _INDENT if block.indent else 0
        done = 0
        while done < len(lines):
            fitting = self._fitting(len(lines) - done, tail)
            if fitting:
                self._put_lines(lines, style, block.align, indent, done, _STEP, fitting)
            done += fitting
            if done < len(lines):
                self.paper.new_page()
        self.paper.y += _GAP

    def _fitting(self, lines: int, tail: float) -> int:
        """How many of `lines` to put on this page, leaving none alone here or on the next one."""
        fits = int((self.paper.room + 0.01) / _STEP)
        if lines <= fits and lines * _STEP + _GAP + tail <= self.paper.room + 0.01:
            return lines
        fits = min(fits, lines - _ALONE)
        if self.paper.y <= self.paper.rules.top:
            return max(fits, 1)
        return fits if fits >= _ALONE else 0

    def _put_lines(
        self,
        lines: list[str],
        style: str,
        align: Align,
        indent: float,
        start: int,
        step: float,
        count: int | None = None,
    ) -> None:
        """Lines `start` to `start + count` of a paragraph; the last line of it is never stretched."""
        paper = self.paper
        for number in range(start, len(lines) if count is None else start + count):
            first = indent if number == 0 else 0
            last = number + 1 == len(lines)
            how = Align.LEFT if align is Align.JUSTIFY and last else align
            box = (paper.left + first, paper.y, paper.breadth - first)
            paper.put(lines[number], *box, style=style, size=_TEXT, height=step, align=how)
            paper.y += step

    # tables and charts

    def _table(self, block: Table) -> TableLayout:
        return TableLayout(self.paper, block)

    def _chart(self, block: ChartBlock) -> None:
        paper = self.paper
        paper.y += 1
        charts_svg.draw(paper, block.spec)
        paper.y += 1
        for line in paper.balanced(block.caption, "BI", 13, paper.breadth):
            paper.put(line, paper.left, paper.y, paper.breadth, style="BI", size=13, align=Align.CENTRE)
            paper.y += 6
        paper.y += 3


def _parts(block: Block) -> list[Block]:
    """A text of several lines (typed by a person) is as many paragraphs."""
    if not isinstance(block, Paragraph):
        return [block]
    return [replace(block, text=line) for line in block.text.splitlines() if line.strip()]


def _heading_style(block: Heading) -> str:
    return "B" if block.level < 3 else ""


def _text_style(block: Paragraph) -> str:
    return ("B" if block.bold else "") + ("I" if block.italic else "")
