"""Kế hoạch: clause by clause, who leads, when it is due, what was done, where it is done."""

from collections.abc import Iterator
from typing import NamedTuple

import streamlit as st

from pages.ui import form, links
from pages.ui.choosing import Chooser
from pages.ui.format import badge, day, text
from pages.ui.links import to_screen
from pages.ui.screen import screen
from pages.ui.table import html_table
from services import office_values, periods, plan
from services.access import Right, has
from services.law import Clause, MissingValue, Plan
from services.periods import Period
from services.plan import Done, Heading, Served
from services.registers.core import Asked
from services.registers.value_form import VALUE
from services.text import vn_number
from services.work import Actor, Work

TITLE, PART, PERIOD = "Kế hoạch", "Phần", "Số liệu đã thực hiện của"
LEAD, PARTNERS, DUE, BY_HAND = "Chủ trì", "Phối hợp", "Thời hạn", "Còn làm trên giấy"
HERE = "Nêu tại trang này."
VALUES, VALUES_TITLE = "values", "Mức, thời hạn đơn vị nhập"
MISSING, ENTERED = "Chưa có số liệu trong văn bản đã đọc", "Đơn vị đã nhập"
AREA_ONLY = "Số liệu bên dưới chỉ gồm hồ sơ bạn được xem."
TONES = {Served.SCREEN: "good", Served.PART: "wait", Served.LATER: "calm"}

CHOOSER = Chooser("plan")


class Values(NamedTuple):
    """The legal values that are the office's to fill in."""

    missing: list[MissingValue]
    entered: list[office_values.Entered]
    may_enter: bool


def render() -> None:
    form.flash()
    with screen() as work:
        actor, current = work.actor, plan.current(work)
        st.html(_head(current))
        parts = plan.parts(current)
        period = _period(current) if has(actor, Right.STATISTICS) else None
        done = plan.done(work, period) if period else None
        values = _values(work)
    offered = {key: _label(headings) for key, headings in parts.items()} | {VALUES: VALUES_TITLE}
    with st.container(key="plan_parts"):
        chosen = CHOOSER.one_of("part", PART, offered)
    if chosen == VALUES:
        _show_values(values)
        return
    st.html(f'<div class="plan">{"".join(_part(parts[chosen], done, actor))}</div>')


def _head(current: Plan) -> str:
    counted = plan.tally(current)
    total = sum(counted.values())
    ways = " ".join(badge(f"{way.label}: {counted[way]}/{total} nội dung", TONES[way]) for way in Served)
    return (
        f'<header class="plan-head"><h1>{TITLE}</h1><p><b>{text(current.title)}</b></p>'
        f'<p class="quiet">Quyết định số {text(current.number)} ngày {day(current.signed)} '
        f"của {text(current.issuer)}; căn cứ {text(current.basis)}.</p><p>{ways}</p></header>"
    )


def _period(current: Plan) -> Period:
    """The whole plan, or one of its years."""
    first, last = current.first_year, current.last_year
    offered = [periods.years(first, last), *(periods.years(year, year) for year in range(first, last + 1))]
    names = {one.key: one for one in offered}
    key = st.selectbox(PERIOD, list(names), format_func=lambda key: names[key].label, key="plan_period", width=260)
    return names[key]


def _label(headings: tuple[Heading, ...]) -> str:
    """II. Nội dung: the plan prints the names of its parts in capitals."""
    return f"{headings[0].id}. {headings[0].text.capitalize()}"


def _values(work: Work) -> Values:
    missing, entered = office_values.missing(work), office_values.entered(work)
    return Values(missing, entered, has(work.actor, Right.LAW))


def _show_values(values: Values) -> None:
    """The legal values that are empty, those the office entered, and the form for one more."""
    empty = html_table(("Nội dung", "Vì sao"), ([text(one.label), text(one.why)] for one in values.missing))
    st.html(f'<section class="block"><h2>{MISSING} ({len(values.missing)})</h2>{empty}</section>')
    if values.entered:
        heads = ("Nội dung", "Mức", "Áp dụng từ ngày", "Văn bản")
        lines = html_table(heads, map(_entered, values.entered), numbers={1})
        st.html(f'<section class="block"><h2>{ENTERED}</h2>{lines}</section>')
    if values.may_enter:
        with st.container(border=True):
            st.html(f"<h2>{text(VALUE.title)}</h2>")
            form.draw(VALUE, ask=Asked, key="office_value", done=lambda saved: st.rerun())


def _entered(one: office_values.Entered) -> list[str]:
    document = f"{text(one.document)} ngày {day(one.document_date)}"
    return [text(one.label), f"{vn_number(one.value)} {text(one.unit)}", day(one.effective_from), document]


def _part(headings: tuple[Heading, ...], done: Done | None, actor: Actor) -> Iterator[str]:
    """The headings of a part. Who leads and helps is said where it changes, not at each clause."""
    said: tuple[str, tuple[str, ...]] = ("", ())
    for heading in headings:
        if heading.level > 1:
            yield f"<h{heading.level}>{_number(heading)} {text(heading.text)}</h{heading.level}>"
        for clause in heading.clauses:
            if (clause.lead, clause.partners) != said:
                yield _agencies(clause)
            said = (clause.lead, clause.partners)
            yield _clause(clause, done, actor)


def _number(heading: Heading) -> str:
    last = heading.id.split(".")[-1]
    return f"{last})" if last.isalpha() else f"{last}."


def _agencies(clause: Clause) -> str:
    lead = f"<b>{LEAD}:</b> {text(clause.lead)}" if clause.lead else ""
    partners = f"<b>{PARTNERS}:</b> {text(', '.join(clause.partners))}" if clause.partners else ""
    said = ". ".join(part for part in (lead, partners) if part)
    return f'<p class="agencies">{said}</p>' if said else ""


def _clause(clause: Clause, done: Done | None, actor: Actor) -> str:
    due = f'<p class="quiet"><b>{DUE}:</b> {text(clause.due)}</p>' if clause.due else ""
    depth = " inner" if clause.id.count(".") > clause.part.count(".") + 1 and clause.text[0].isupper() else ""
    return (
        f'<section class="clause{depth}"><div><p>{text(clause.text)}</p>{due}</div>'
        f"<div>{_service(clause, done, actor)}</div></section>"
    )


def _service(clause: Clause, done: Done | None, actor: Actor) -> str:
    way = plan.served(clause)
    if clause.screen is None:
        return f'<p class="quiet">{text(clause.later)}</p>'
    figures = "".join(f'<p class="figure">{text(said)}</p>' for said in (done.of(clause) if done else ()))
    hand = f'<p class="quiet"><b>{BY_HAND}:</b> {text(clause.by_hand)}</p>' if way is Served.PART else ""
    open_to = clause.screen != "plan" and links.may_open(actor, clause.screen)
    where = f"<p>{to_screen(clause.screen)}</p>" if open_to else ""
    if clause.screen == "plan":
        where = f'<p class="quiet">{HERE}</p>'
    elif not (figures or hand or where):
        where = f'<p class="quiet">{Served.SCREEN.label}: {text(links.screen_at(clause.screen).title)}</p>'
    return figures + hand + where
