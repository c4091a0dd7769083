"""An official document on the screen: the same `Document` that the PDF and the spreadsheet print."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import streamlit as st

from pages.ui.format import text
from services.reports.document import (
    Align,
    Block,
    ChartBlock,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    RowKind,
    SignatureBlock,
    Table,
)
from services.reports.letterhead import COUNTRY, MOTTO, number_line, place_and_date, under_number

MANY = 4  # columns: more scroll sideways on a phone


def draw(document: Document) -> None:
    """Draws the whole document: text and tables in a few pieces of HTML, charts between them."""
    pieces: list[str | ChartBlock] = [_top(document), *_blocks(document.blocks), _end(document)]
    pieces += _blocks(document.annexes)
    with st.container(key="paper"):
        for charts, run in groupby(pieces, key=lambda piece: isinstance(piece, ChartBlock)):
            if charts:
                for piece in run:
                    _chart(piece)  # type: ignore[arg-type]
            else:
                st.html(f'<div class="paper">{"".join(map(str, run))}</div>')


def table(block: Table, *, caption: bool = True) -> str:
    """A table as HTML, its head, spans, totals, unit and note as declared."""
    head = "".join(_head_line(block, line) for line in range(len(block.head)))
    body = "".join(_row(block, number) for number in range(len(block.rows)))
    title = f"<figcaption>{text(block.caption)}</figcaption>" if caption and block.caption else ""
    unit = f'<p class="unit">{text(block.unit)}</p>' if block.unit else ""
    note = f'<p class="note">{text(block.note)}</p>' if block.note else ""
    many = " many" if len(block.columns) > MANY else ""
    inside = f"<thead>{head}</thead><tbody>{body}</tbody>"
    grid = f'<div class="scroll"><table class="figures{many}">{inside}</table></div>'
    return f'<figure class="table">{title}{unit}{grid}{note}</figure>'


def spec_of(block: ChartBlock) -> dict[str, Any]:
    """The chart as Streamlit wants it; it takes the screen's width."""
    return dict(block.spec)


def _head_line(block: Table, line: int) -> str:
    cells = (
        f"<th{_span('colspan', cell.colspan)}{_span('rowspan', cell.rowspan)}>{text(cell.text)}</th>"
        for cell in block.head[line]
    )
    return f"<tr>{''.join(cells)}</tr>"


def _span(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def _row(block: Table, number: int) -> str:
    row = block.rows[number]
    if row.kind is RowKind.GROUP:
        return f'<tr class="group"><td colspan="{len(block.columns)}">{text(row.cells[0])}</td></tr>'
    cells = (
        f'<td class="{block.align_of(at).value}">{text(column.shown(value))}</td>'
        for at, (column, value) in enumerate(zip(block.columns, row.cells, strict=True))
    )
    return f'<tr class="{row.kind.value}">{"".join(cells)}</tr>'


def _blocks(blocks: Iterable[Block]) -> Iterator[str | ChartBlock]:
    for block in blocks:
        if isinstance(block, ChartBlock):
            yield block
        elif isinstance(block, Table):
            yield table(block)
        elif isinstance(block, Heading):
            yield f"<h{block.level + 2}>{text(block.text)}</h{block.level + 2}>"
        elif isinstance(block, Paragraph):
            yield _paragraph(block)
        elif isinstance(block, PageBreak):
            yield '<hr class="page">'


def _paragraph(block: Paragraph) -> str:
    if set(block.text) == {"."}:  # a dotted line to write on: its length is the paper's business
        return '<p class="dotted"></p>'
    kinds = [
        "" if block.align is Align.JUSTIFY else block.align.value,
        "indent" if block.indent else "",
        "bold" if block.bold else "",
        "italic" if block.italic else "",
    ]
    lines = "<br>".join(text(line) for line in block.text.split("\n"))
    return f'<p class="{" ".join(kind for kind in kinds if kind)}">{lines}</p>'


def _top(document: Document) -> str:
    title = f'<h2 class="title">{text(document.title)}<span>{_lines(document.subject)}</span></h2>'
    if under_number(document):
        title = ""
    form = "".join(f'<p class="form">{text(line)}</p>' for line in document.form)
    as_of = f'<p class="as-of">{text(document.as_of)}</p>' if document.as_of else ""
    to = "".join(f"<li>{text(name)}</li>" for name in document.addressees)
    addressees = f'<div class="to"><span>Kính gửi:</span><ul>{to}</ul></div>' if to else ""
    return f"{form}{_letterhead(document)}{title}{as_of}{addressees}"


def _letterhead(document: Document) -> str:
    head = document.letterhead
    if head is None:
        return ""
    secret = f'<p class="frame">{text(document.confidentiality)}</p>' if document.confidentiality else ""
    about = under_number(document)
    secret = (f"<p class='about'>{text(about)}</p>" if about else "") + secret
    left = (
        f"<p>{_lines(head.parent_agency)}</p><p class='agency'>{_lines(head.agency)}</p>"
        f"<p class='number'>{text(number_line(head))}</p>{secret}"
    )
    place = text(place_and_date(head))
    right = f"<p class='agency'>{COUNTRY}</p><p class='motto'>{MOTTO}</p><p class='place'>{place}</p>"
    return f'<div class="letterhead"><div>{left}</div><div>{right}</div></div>'


def _end(document: Document) -> str:
    if document.signatures:
        return _sides(document.signatures) + (_ended(document) if document.recipients else "")
    return _ended(document) if document.recipients or document.signature else ""


def _sides(signatures: Iterable[SignatureBlock]) -> str:
    """The signatures of minutes, side by side."""
    sides = (
        f'<div class="signature">{"".join(f"<p>{text(line)}</p>" for line in one.authority)}'
        f'<p class="note">({text(one.note)})</p><p class="name">{text(one.name or "")}</p></div>'
        for one in signatures
    )
    return f'<div class="ending sides">{"".join(sides)}</div>'


def _ended(document: Document) -> str:
    names = document.recipients.lines if document.recipients else ()
    to = "".join(f"<li>{text(line)}</li>" for line in names)
    signed = document.signature
    above = "".join(f"<p>{text(line)}</p>" for line in signed.authority) if signed else ""
    name = text(signed.name) if signed else ""
    return (
        f'<div class="ending"><div class="recipients"><b>Nơi nhận:</b><ul>{to}</ul></div>'
        f'<div class="signature">{above}<p class="name">{name}</p></div></div>'
    )


def _lines(words: str) -> str:
    return "<br>".join(text(line) for line in words.split("\n"))


def _chart(block: ChartBlock) -> None:
    st.html(f'<div class="paper"><p class="chart">{text(block.caption)}</p></div>')
    st.vega_lite_chart(spec=spec_of(block), theme=None, width="stretch", alt=block.caption)
