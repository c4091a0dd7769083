"""The formal parts around the text: letterhead, title, addressees, recipients and signature.

Sizes and rules: Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II (Thông tư 01/2011/TT-BNV before 05/3/2020
asked for the same parts; its sizes are not known here, so these are used for both).
"""

from __future__ import annotations

from datetime import date

from services.reports.document import Align, Document, Letterhead, Recipients, SignatureBlock, SubjectAt
from services.reports.paper import Paper

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_DOTS = "……"
_LEFT_SHARE = 0.40  # of the width; the country's name needs the rest to stand in one line
_SIGNING_ROOM = 28  # mm for signature and seal
_LIST, _WORD = 11, 12  # points, Nơi nhận
_CORNER, _ABOUT = 11, 12  # points: the corner of a prescribed form; "V/v …" under the number


def number_line(letterhead: Letterhead) -> str:
    """As in "Số: 07/BC-SLĐTBXH": dots while there is no number, a zero before numbers below 10."""
    number = letterhead.number or _DOTS + "…"
    sign = f"/{letterhead.symbol}" if letterhead.symbol else ""
    return f"Số: {number.zfill(2)}{sign}"


def place_and_date(letterhead: Letterhead) -> str:
    """As in "Bắc Kạn, ngày 05 tháng 02 năm 2018": a zero before days below 10 and before months 1 and 2."""
    dated: date | None = letterhead.dated
    if dated is None:
        return f"{letterhead.place}, ngày {_DOTS} tháng {_DOTS} năm {letterhead.year or '20' + _DOTS}"
    month = f"{dated.month:02}" if dated.month < 3 else str(dated.month)
    return f"{letterhead.place}, ngày {dated.day:02} tháng {month} năm {dated.year}"


def under_number(document: Document) -> str:
    """The subject of a letter, as it stands under its number; empty for other documents."""
    return f"V/v {document.subject}" if document.subject_at is SubjectAt.UNDER_NUMBER else ""


def draw_form(paper: Paper, lines: tuple[str, ...]) -> None:
    """The upper right corner of a prescribed form: its number, and the text it belongs to."""
    for number, text in enumerate(lines):
        for line in paper.balanced(text, "I" if number else "BI", _CORNER, paper.breadth * 0.8):
            box = (paper.left, paper.y, paper.breadth)
            paper.put(line, *box, style="I" if number else "BI", size=_CORNER, height=4.8, align=Align.RIGHT)
            paper.y += 4.8
    paper.y += 3 if lines else 0


def draw_letterhead(paper: Paper, letterhead: Letterhead, confidentiality: str | None, about: str = "") -> None:
    """Agency on the left, country and motto on the right, with their rules; then number, place and date,
    and what a letter is `about` under its number."""
    left = (paper.left, paper.breadth * _LEFT_SHARE)
    right = (paper.left + left[1], paper.breadth - left[1])
    size = 13 if paper.width_of(COUNTRY, "B", 13) <= right[1] else 12
    top = paper.y
    below_left = _draw_agency(paper, letterhead, left, size)
    paper.y = top
    below_right = _draw_country(paper, right, size)
    paper.y = max(below_left, below_right) + 2.5
    paper.put(number_line(letterhead), left[0], paper.y, left[1], size=13, align=Align.CENTRE)
    box = (right[0], paper.y, right[1])
    paper.put(place_and_date(letterhead), *box, style="I", size=size + 1, align=Align.CENTRE)
    paper.y += 7
    for line in paper.balanced(about, "", _ABOUT, left[1]) if about else []:
        paper.put(line, left[0], paper.y, left[1], size=_ABOUT, height=5.2, align=Align.CENTRE)
        paper.y += 5.2
    if confidentiality:
        _draw_framed(paper, confidentiality.upper(), left)
    paper.y += 5


def _draw_agency(paper: Paper, letterhead: Letterhead, box: tuple[float, float], size: float) -> float:
    x, width = box
    length = 0.0
    for text, style in ((letterhead.parent_agency, ""), (letterhead.agency, "B")):
        for line in paper.balanced(text.upper(), style, size, width) if text else []:
            paper.put(line, x, paper.y, width, style=style, size=size, height=5.6, align=Align.CENTRE)
            paper.y += 5.6
            length = paper.width_of(line, style, size) * 0.4  # a third to a half of the line
    paper.rule(x + width / 2, paper.y + 0.6, length)
    return paper.y + 0.6


def _draw_country(paper: Paper, box: tuple[float, float], size: float) -> float:
    x, width = box
    paper.put(COUNTRY, x, paper.y, width, style="B", size=size, height=5.6, align=Align.CENTRE)
    paper.y += 5.6
    paper.put(MOTTO, x, paper.y, width, style="B", size=size + 1, height=5.8, align=Align.CENTRE)
    paper.y += 5.8
    paper.rule(x + width / 2, paper.y + 0.6, paper.width_of(MOTTO, "B", size + 1))
    return paper.y + 0.6


def _draw_framed(paper: Paper, text: str, box: tuple[float, float]) -> None:
    lines = paper.balanced(text, "B", 13, box[1] - 8)
    width = max(paper.width_of(line, "B", 13) for line in lines) + 6
    x = box[0] + (box[1] - width) / 2
    paper.y += 1
    paper.set_line_width(0.3)
    paper.rect(x, paper.y, width, 5.8 * len(lines) + 2)
    for number, line in enumerate(lines):
        top = paper.y + 1 + 5.8 * number
        paper.put(line, x, top, width, style="B", size=13, height=5.8, align=Align.CENTRE)
    paper.y += 5.8 * len(lines) + 3


def draw_title(paper: Paper, document: Document) -> None:
    """Kind of document, its subject with a short rule below, the day of the figures, Kính gửi. A letter
    (công văn) has no such head: its subject stands under the number."""
    last = ""
    if not under_number(document):
        _centred(paper, document.title.upper(), "B", 15 if not document.letterhead else 14, 7)
        for last in paper.balanced(document.subject, "B", 14, paper.breadth - 20) if document.subject else []:
            _centred(paper, last, "B", 14, 6.6)
    if document.letterhead and last:
        paper.rule(paper.left + paper.breadth / 2, paper.y + 0.8, paper.width_of(last, "B", 14) * 0.4)
        paper.y += 2.5
    for line in paper.wrap(document.as_of, "I", 13, paper.breadth) if document.as_of else []:
        _centred(paper, line, "I", 13, 6.4)
    paper.y += 3
    if document.addressees:
        _draw_addressees(paper, document.addressees)


def _centred(paper: Paper, text: str, style: str, size: float, height: float) -> None:
    box = (paper.left, paper.y, paper.breadth)
    paper.put(text, *box, style=style, size=size, height=height, align=Align.CENTRE)
    paper.y += height


def _draw_addressees(paper: Paper, addressees: tuple[str, ...]) -> None:
    """One: on the line of "Kính gửi:". Several: a line each, with dashes, under one another."""
    word = "Kính gửi:"
    if len(addressees) == 1:
        for line in paper.balanced(f"{word} {addressees[0]}", "", 14, paper.breadth - 20):
            _centred(paper, line, "", 14, 6.6)
    else:
        listed = dashed(addressees)
        lead = paper.width_of(word + " ", "", 14)
        widest = min(max(paper.width_of(line, "", 14) for line in listed) + lead, paper.breadth)
        x = paper.left + (paper.breadth - widest) / 2
        paper.put(word, x, paper.y, lead, size=14, height=6.6)
        paper.y += 6.6
        for text in listed:
            for line in paper.wrap(text, "", 14, widest - lead + 0.1):
                paper.put(line, x + lead, paper.y, widest, size=14, height=6.6)
                paper.y += 6.6
    paper.y += 3


def dashed(lines: tuple[str, ...]) -> list[str]:
    """Each line as "- …;", the last with a full stop, as the rule wants lists of receivers."""
    bare = [line.strip().removeprefix("- ").rstrip(";.") for line in lines]
    return [f"- {line}{'.' if number == len(bare) else ';'}" for number, line in enumerate(bare, 1)]


def closing_height(paper: Paper, document: Document) -> float:
    """Height of recipients and signature together; 0 if there are none."""
    to = _recipients_height(paper, document.recipients)
    if document.signatures:
        return max(_signature_height(paper, one, _side(paper, document)) for one in document.signatures) + to
    return max(to, _signature_height(paper, document.signature, paper.breadth / 2))


def draw_closing(paper: Paper, document: Document) -> None:
    """Recipients on the left, signature on the right, never torn apart. The signatures of minutes stand
    side by side over the whole width, the recipients below them."""
    height = closing_height(paper, document)
    if not height:
        return
    paper.need(height)
    top = paper.y + 4
    if document.signature:
        _draw_signature(paper, document.signature, top, (paper.left + paper.breadth / 2, paper.breadth / 2))
    width = _side(paper, document)
    for number, one in enumerate(document.signatures):
        _draw_signature(paper, one, top, (paper.left + number * width, width))
    if document.recipients:
        below = height - _recipients_height(paper, document.recipients) if document.signatures else 0
        _draw_recipients(paper, document.recipients, top + below)
    paper.y = top - 4 + height


def _side(paper: Paper, document: Document) -> float:
    """The width of one of the signatures that stand side by side."""
    return paper.breadth / max(len(document.signatures), 1)


def _listed(paper: Paper, recipients: Recipients) -> list[str]:
    width = paper.breadth * 0.46
    return [line for text in dashed(recipients.lines) for line in paper.wrap(text, "", _LIST, width)]


def _recipients_height(paper: Paper, recipients: Recipients | None) -> float:
    return 4 + 6 + 4.6 * len(_listed(paper, recipients)) if recipients else 0


def _draw_recipients(paper: Paper, recipients: Recipients, y: float) -> None:
    paper.put("Nơi nhận:", paper.left, y, 60, style="BI", size=_WORD)
    y += 6
    for line in _listed(paper, recipients):
        paper.put(line, paper.left, y, paper.breadth / 2, size=_LIST, height=4.6)
        y += 4.6


def _authority(paper: Paper, signature: SignatureBlock, width: float) -> list[str]:
    return [part for line in signature.authority for part in paper.balanced(line.upper(), "B", 14, width - 4)]


def _signature_height(paper: Paper, signature: SignatureBlock | None, width: float) -> float:
    if signature is None:
        return 0
    above = len(_authority(paper, signature, width)) + bool(signature.note)
    return 4 + 6 * above + _SIGNING_ROOM + 7


def _draw_signature(paper: Paper, signature: SignatureBlock, y: float, box: tuple[float, float]) -> None:
    for line in _authority(paper, signature, box[1]):
        paper.put(line, box[0], y, box[1], style="B", size=14, align=Align.CENTRE)
        y += 6
    if signature.note:
        paper.put(f"({signature.note})", box[0], y, box[1], style="I", size=13, align=Align.CENTRE)
        y += 6
    y += _SIGNING_ROOM
    paper.put(signature.name or "", box[0], y, box[1], style="B", size=14, align=Align.CENTRE)
