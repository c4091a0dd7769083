"""Tables and facts as plain HTML: small on the line, read by keyboard and screen readers, cards on a phone."""

from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape

from services.registers.sheet import EMPTY, Fact


def html_table(
    heads: Sequence[str],
    lines: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    kind: str = "",
    caption: str = "",
) -> str:
    """`lines` are cells of ready HTML (escape with `format.text`); the first cell names the row on a phone."""
    right = dict.fromkeys(numbers, ' class="number"')
    head = "".join(f"<th{right.get(i, '')}>{escape(label)}</th>" for i, label in enumerate(heads))
    opened = [f'<td{right.get(i, "")} data-head="{escape(label)}">' for i, label in enumerate(heads)]
    body = "".join(
        f"<tr>{''.join(tag + cell + '</td>' for tag, cell in zip(opened, cells, strict=True))}</tr>"
        for cells in lines
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<table class="rows {kind}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def html_facts(facts: Iterable[Fact]) -> str:
    """Label and value in pairs; what is not known yet says so quietly."""
    pairs = "".join(
        f'<div class="{"wide" if fact.wide else ""}"><dt>{escape(fact.label)}</dt>'
        f"<dd{'' if fact.value else ' class=quiet'}>{escape(fact.value) or EMPTY}</dd></div>"
        for fact in facts
    )
    return f'<dl class="facts">{pairs}</dl>'


def html_pager(number: int, pages: int, address: Callable[[int], str]) -> str:
    """Previous and next page as links; nothing when there is one page."""
    if pages <= 1:
        return ""
    before = (
        f'<a class="do" rel="prev" href="{escape(address(number - 1))}">← Trang trước</a>' if number > 1 else ""
    )
    after = (
        f'<a class="do" rel="next" href="{escape(address(number + 1))}">Trang sau →</a>' if number < pages else ""
    )
    return f'<nav class="pager" aria-label="Trang">{before}<span>Trang {number}/{pages}</span>{after}</nav>'
