"""The sheet: fonts, measuring and breaking text, page numbers. All lengths in mm, font sizes in points.

Lines are broken here and not by fpdf2, because the rules of an official document need to know them
before they are drawn: first-line indents, no single line left alone, headings kept with their text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fpdf import FPDF

from services.reports.document import Align, NumberAt, PageRules

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Liberation Serif"
_FILES = {"": "Regular", "B": "Bold", "I": "Italic", "BI": "BoldItalic"}
_ASCENT, _DESCENT = 0.891, 0.216  # of Liberation Serif, in em
_POINT = 25.4 / 72
_NUMBER_SIZE, _NOTE_SIZE = 13, 9
_EDGE = 10  # mm between the sheet's edge and a page number or note
_BLANKS = re.compile(r"[ \t\r\f\v]+")  # not the no-break space: it holds a date or a number together


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class Paper(FPDF):
    """A PDF under construction; `y` is the cursor, `room` what is left on this page."""

    def __init__(self, rules: PageRules, note: str = "") -> None:
        super().__init__(unit="mm", format="A4")
        self.rules = rules
        self.note = nfc(note)
        self.turned = rules.landscape
        self._widths: dict[tuple[str, str], float] = {}
        self.set_margins(rules.left, rules.top, rules.right)
        self.set_auto_page_break(False, rules.bottom)
        for style, file in _FILES.items():
            self.add_font(FAMILY, style, FONTS / f"LiberationSerif-{file}.ttf")
        self.set_font(FAMILY, "", 14)

    # the page

    @property
    def left(self) -> float:
        return float(self.rules.left)

    @property
    def breadth(self) -> float:
        """Width between the margins."""
        return float(self.w - self.rules.left - self.rules.right)

    @property
    def room(self) -> float:
        return float(self.h - self.rules.bottom - self.y)

    @property
    def body_height(self) -> float:
        return float(self.h - self.rules.bottom - self.rules.top)

    def new_page(self) -> None:
        self.add_page(orientation="landscape" if self.turned else "portrait")
        self.y = self.rules.top

    def need(self, height: float) -> None:
        """Go to a new page unless `height` still fits (or the page is empty anyway)."""
        if height > self.room + 0.01 and self.y > self.rules.top:
            self.new_page()

    def header(self) -> None:
        if self.page > 1 and self.rules.number_at is NumberAt.TOP_CENTRE:
            self.put(str(self.page), self.left, _EDGE, self.breadth, size=_NUMBER_SIZE, align=Align.CENTRE)

    def footer(self) -> None:
        below = self.h - _EDGE - 5
        if self.page > 1 and self.rules.number_at is NumberAt.FOOT_RIGHT:
            self.put(str(self.page), self.left, below, self.breadth, size=_NUMBER_SIZE, align=Align.RIGHT)
        for number, line in enumerate(self.wrap(self.note, "I", _NOTE_SIZE, self.breadth - 15)[:2]):
            self.put(line, self.left, below + number * 4, self.breadth, style="I", size=_NOTE_SIZE, height=4)

    # text

    def width_of(self, text: str, style: str, size: float) -> float:
        """Width of `text` in mm."""
        if (style, text) not in self._widths:
            font = self.fonts[FAMILY.lower() + style]
            self._widths[style, text] = font.get_text_width(text, 1, None)[1]
        return self._widths[style, text] * size * _POINT

    def wrap(self, text: str, style: str, size: float, width: float, first: float = 0) -> list[str]:
        """`text` as lines no wider than `width`; `first`: indent of the first line of each paragraph."""
        lines: list[str] = []
        for paragraph in nfc(text).split("\n"):
            words = (
                part
                for word in _BLANKS.split(paragraph)
                for part in self._pieces(word, style, size, width - first)
            )
            lines += self._filled(words, style, size, width, first)
        return lines

    def _filled(self, words: Iterable[str], style: str, size: float, width: float, first: float) -> list[str]:
        blank = self.width_of(" ", style, size)
        lines: list[str] = []
        line: list[str] = []
        used = first
        for word in words:
            length = self.width_of(word, style, size)
            if line and used + blank + length > width + 0.01:
                lines.append(" ".join(line))
                line, used = [], 0
            used += length + (blank if line else 0)
            line.append(word)
        return [*lines, " ".join(line)]

    def _pieces(self, word: str, style: str, size: float, width: float) -> list[str]:
        """`word` whole if it fits, else cut where it must be."""
        pieces = [""]
        if self.width_of(word, style, size) <= width:
            return [word]
        for letter in word:
            if pieces[-1] and self.width_of(pieces[-1] + letter, style, size) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def balanced(self, text: str, style: str, size: float, width: float) -> list[str]:
        """Lines of about the same length (titles, names of agencies), as few as `width` allows."""
        lines = self.wrap(text, style, size, width)
        narrow = width
        while len(lines) > 1 and narrow > width / 3:
            narrow -= 2
            tried = self.wrap(text, style, size, narrow)
            if len(tried) > len(lines):
                break
            lines = tried
        return lines

    def put(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        *,
        style: str = "",
        size: float = 14,
        height: float = 6,
        align: Align = Align.LEFT,
    ) -> None:
        """One line of text in the box (x, y, width, height), vertically centred in it."""
        em = size * _POINT
        baseline = y + (height - (_ASCENT + _DESCENT) * em) / 2 + _ASCENT * em
        if (self.font_style, self.font_size_pt) != (style, size):
            self.set_font(FAMILY, style, size)
        text = nfc(text)
        if align is Align.JUSTIFY:
            self._spread(text, x, baseline, width, style, size)
            return
        spare = width - self.width_of(text, style, size)
        shift = {Align.RIGHT: spare, Align.CENTRE: spare / 2}.get(align, 0)
        self.text(x + shift, baseline, text)

    def _spread(self, text: str, x: float, baseline: float, width: float, style: str, size: float) -> None:
        """Words at equal distances over the whole width; each carries its blank, so it can be copied."""
        words = text.split(" ")
        gap = (width - sum(self.width_of(word, style, size) for word in words)) / max(len(words) - 1, 1)
        for word in words[:-1]:
            self.text(x, baseline, word + " ")
            x += self.width_of(word, style, size) + gap
        self.text(x, baseline, words[-1])

    def rule(self, centre: float, y: float, length: float) -> None:
        """A thin horizontal line around `centre`."""
        self.set_line_width(0.25)
        self.line(centre - length / 2, y, centre + length / 2, y)
