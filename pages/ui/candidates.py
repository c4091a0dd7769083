"""Who may already have a file: candidates side by side with what is being typed, or with a file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st

from pages.ui import form
from pages.ui.format import badge, case_address, day, joined, link, state_badge, text
from pages.ui.screen import screen
from pages.ui.table import html_table
from services.access import Right, has
from services.identity import comparisons, matching
from services.identity.comparing import NAME, Agreement, Compared
from services.identity.comparisons import About, Decided, Two
from services.identity.matching import Candidate
from services.registers.matching_forms import FORMS, MATCH, UNMERGE, asked
from services.work import Work

TITLE = "Có thể đã có hồ sơ"
HOW = "Gõ họ tên: các hồ sơ của người có tên giống sẽ hiện ở đây."
NONE = "Chưa có hồ sơ nào của người có tên này."
SAME = "Cùng lần này: mở hồ sơ"
HOW_AGAIN = "Cùng người nhưng lần tiếp nhận khác: lưu hồ sơ mới, rồi liên kết hai hồ sơ ở trang vừa lưu."
ELSEWHERE = "Đã có hồ sơ của người có tên này. Liên hệ {contact}."
MERGED_INTO, UNDO_MERGE = "Đã ghép vào hồ sơ", "Tách lại"
LIKELY = "Có thể là cùng một người với"
SIGNS = {
    Agreement.AGREES: ("✓", "good"),
    Agreement.DIFFERS: ("≠", "bad"),
    Agreement.UNKNOWN: ("?", "calm"),
}


def html(work: Work, typed: Mapping[str, Any]) -> str:
    """The box beside a form in which a person is typed: who may be the same, with what agrees and differs.

    `typed`: field → text as typed (`full_name`, `birth`, `identity_number`, `sex`, `home_district_id`)."""
    if not has(work.actor, Right.INTAKE):
        return ""
    if not matching.enough_typed(typed):
        return f'<aside class="similar none"><b>{TITLE}</b><p class="quiet">{HOW}</p></aside>'
    return box(matching.while_typing(work, typed))


def box(found: Iterable[Candidate]) -> str:
    """The candidates as a box; those of files elsewhere say only whom to ask."""
    found = list(found)
    items = "".join(f"<li>{_elsewhere(one) if one.hidden else _item(one)}</li>" for one in found)
    if not items:
        return f'<aside class="similar none" role="status"><b>{TITLE}</b><p class="quiet">{NONE}</p></aside>'
    again = f"<p>{HOW_AGAIN}</p>" if any(not one.hidden for one in found) else ""
    return f'<aside class="similar" role="status"><b>{TITLE}</b><ul class="candidates">{items}</ul>{again}</aside>'


def html_merged(about: About, case_id: int) -> str:
    """What must be read before anything else: that the file goes on in another one."""
    if about.kept is None:
        return ""
    undo = link(case_address(case_id, UNMERGE.name, about.merge_id), UNDO_MERGE, kind="do")
    into = link(case_address(about.kept.case_id), about.kept.code)
    said = f"<p><b>{MERGED_INTO} {into}.</b> {undo if about.may_undo else ''}</p>"
    return f'<aside class="similar" role="status">{said}</aside>'


def html_others(about: About, case_id: int) -> str:
    """Which other files may be of the same person, and what was decided of others: one quiet line each."""
    lines = [*(_likely(one, case_id) for one in about.likely), *(_decided(one, case_id) for one in about.decided)]
    items = "".join(f"<li>{line}</li>" for line in lines)
    return f'<ul class="others">{items}</ul>' if items else ""


def draw(name: str, case_id: int, row_id: int | None, *, done: Callable[[], None], leave: str) -> bool:
    """Draws what the address asks for about comparisons (`do=…`); whether it was one of ours."""
    chosen = FORMS.get(name)
    if chosen is None:
        return False
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(chosen.title)}</h2>")
        if chosen is MATCH:
            with screen() as work:
                st.html(_side_by_side(comparisons.two(work, case_id, row_id)))
        form.draw(
            chosen,
            ask=lambda work: asked(work, chosen, case_id, row_id),
            key=f"{name}:{case_id:x}:{row_id or 0:x}",
            done=lambda saved: done(),
            leave=leave,
        )
    return True


def _side_by_side(two: Two) -> str:
    """Both files' facts, with how each stands."""
    lines = (
        [text(one.label), text(one.mine) or "–", text(one.theirs) or "–", f"{_sign(one)} {text(one.words)}"]
        for one in two.facts
    )
    heads = ("", *(f"Hồ sơ {code}" for code in two.codes), "So sánh")
    return html_table(heads, lines)


def _likely(one: Candidate, case_id: int) -> str:
    compare = link(case_address(case_id, MATCH.name, one.case_id), MATCH.title, kind="do small")
    agrees = ", ".join(text(_agrees(fact)) for fact in one.facts if fact.agreement is Agreement.AGREES)
    name = link(case_address(one.case_id), one.name)
    known = joined((text(one.code), text(one.kind), agrees), ", ")
    return f'<span class="ask">{LIKELY}</span> {name} <span class="quiet">({known})</span> {compare}'


def _agrees(fact: Compared) -> str:
    """`họ và tên`, `ngày sinh (cùng năm)`: what agrees, no more than it does."""
    plain = fact.words == Agreement.AGREES.label
    if fact.label == NAME and not plain:
        return fact.words.lower()
    return fact.label.lower() if plain else f"{fact.label.lower()} ({fact.words.lower()})"


def _decided(one: Decided, case_id: int) -> str:
    to = link(case_address(one.case_id), one.code) if one.case_id else text(one.code)
    acts = [link(case_address(case_id, do, row_id), label, kind="do small") for do, row_id, label in one.acts]
    return f"{text(one.words)} {to} {' '.join(acts)}"


def _sign(one: Compared) -> str:
    sign, tone = SIGNS[one.agreement]
    return f'<span class="sign {tone}" title="{text(one.agreement.label)}">{sign}</span>'


def facts(compared: Iterable[Compared]) -> str:
    """Fact by fact: a sign, the label, what the other file holds and how it stands (the name is above)."""
    rows = "".join(
        f"<div><dt>{_sign(one)} {text(one.label)}:</dt> <dd>{joined((_theirs(one), _said(one)), ', ')}</dd></div>"
        for one in compared
    )
    return f'<dl class="compared">{rows}</dl>'


def _theirs(one: Compared) -> str:
    return "" if one.label == NAME else text(one.theirs)


def _item(one: Candidate) -> str:
    name = link(case_address(one.case_id), one.name)
    where = joined((f"tiếp nhận {day(one.received_on)}", text(one.unit), text(one.kind)), ", ")
    state = state_badge(one.state.value, one.state.label) if one.state else ""
    likely = f" {badge('Rất giống', 'wait')}" if one.strong else ""
    open_it = link(case_address(one.case_id), SAME, kind="do")
    known = facts(fact for fact in one.facts if fact.mine and fact.agreement is not Agreement.UNKNOWN)
    return f'{name} <span>{text(one.code)}</span>{likely}<p>{where}</p>{state}{known}<p class="also">{open_it}</p>'


def _elsewhere(one: Candidate) -> str:
    return f"<p>{text(ELSEWHERE.format(contact=one.contact) if one.contact else one.kind)}</p>"


def _said(one: Compared) -> str:
    plain = one.words in {member.label for member in Agreement} and one.label != NAME
    return "" if plain else text(one.words.lower())
