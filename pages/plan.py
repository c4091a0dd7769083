"""Kế hoạch: clause by clause, who leads, when it is due, what was done, where it is done."""

from collections.abc import Iterator

import streamlit as st

from pages.ui import links
from pages.ui.choosing import Chooser
from pages.ui.format import badge, day, text
from pages.ui.links import to_screen
from pages.ui.screen import screen
from services import periods, plan
from services.access import Right, has
from services.law import Clause, Plan
from services.periods import Period
from services.plan import Done, Heading, Served
from services.work import Actor

TITLE, PART, PERIOD = "Kế hoạch", "Phần", "Số liệu đã thực hiện của"
LEAD, PARTNERS, DUE, BY_HAND = "Chủ trì", "Phối hợp", "Thời hạn", "Còn làm trên giấy"
HERE = "Nêu tại trang này."
TONES = {Served.SCREEN: "good", Served.PART: "wait", Served.LATER: "calm"}

CHOOSER = Chooser("plan")


def render() -> None:
    with screen() as work:
        actor, current = work.actor, plan.current(work)
        st.html(_head(current))
        parts = plan.parts(current)
        period = _period(current) if has(actor, Right.STATISTICS) else None
        done = plan.done(work, period) if period else None
    offered = {key: _label(headings) for key, headings in parts.items()}
    with st.container(key="plan_parts"):
        chosen = CHOOSER.one_of("part", PART, offered)
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
