"""Tables and facts as plain HTML: small on the line, read by keyboard and screen readers, cards on a phone."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from services.registers.sheet import EMPTY, Fact


def html_table(
    heads: Sequence[str],
    lines: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
    kind: str = "",
    caption: str = "",
    sorts: Mapping[int, "Sort"] | None = None,
) -> str:
    """`lines` are cells of ready HTML (escape with `format.text`); the first cell names the row on a phone.
    `sorts`: the columns whose head sorts the list when it is clicked."""
    right = dict.fromkeys(numbers, ' class="number"')
    head = "".join(_head(label, right.get(i, ""), (sorts or {}).get(i)) for i, label in enumerate(heads))
    opened = [f'<td{right.get(i, "")} data-head="{escape(label)}">' for i, label in enumerate(heads)]
    body = "".join(
        f"<tr>{''.join(tag + cell + '</td>' for tag, cell in zip(opened, cells, strict=True))}</tr>"
        for cells in lines
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<table class="rows {kind}">{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _head(label: str, kind: str, sort: "Sort | None") -> str:
    if sort is None:
        return f"<th{kind}>{escape(label)}</th>"
    return f"<th{kind}{sort.said}>{sort.link(label)}</th>"


@dataclass(frozen=True)
class Sort:
    """A head that sorts: where it leads, and how the list is sorted by it now (up, down, or not: None)."""

    address: str
    up: bool | None = None

    @property
    def said(self) -> str:
        words = {True: "ascending", False: "descending"}
        return f' aria-sort="{words[self.up]}"' if self.up is not None else ' aria-sort="none"'

    def link(self, label: str) -> str:
        mark = {True: " ▲", False: " ▼"}.get(self.up, "") if self.up is not None else ""
        return f'<a href="{escape(self.address)}">{escape(label)}{mark}</a>'


def html_facts(facts: Iterable[Fact]) -> str:
    """Label and value in pairs; what is not known yet in one quiet line below them (a note need not be)."""
    facts = list(facts)
    pairs = "".join(
        f'<div class="{"wide" if fact.wide else ""}"><dt>{escape(fact.label)}</dt>'
        f"<dd>{escape(fact.value)}</dd></div>"
        for fact in facts
        if fact.value
    )
    unknown = ", ".join(_small(fact.label) for fact in facts if not fact.value and not fact.wide)
    known = f'<dl class="facts">{pairs}</dl>' if pairs else ""
    return known + (f'<p class="unknown">{EMPTY}: {escape(unknown)}.</p>' if unknown else "")


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]


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
