"""One file: where it stands, what comes next, everything known, what happened."""

import streamlit as st

from pages.ui import form
from pages.ui.format import case_address, day, due_words, joined, link, read_id, state_badge, text
from pages.ui.screen import screen
from pages.ui.table import html_facts, html_table
from pages.ui.timeline import html_history, html_stages
from services import cases, history, next_steps
from services.cases import CaseView
from services.errors import Refused
from services.next_steps import Next, Steps
from services.registers import case_forms, case_sheet
from services.registers.case_forms import FORMS
from services.registers.core import NEVER_HERE
from services.registers.sheet import Action, Block, Table
from services.work import Work

BACK = "← Danh sách"
WIDE = 4  # columns of a table that takes the whole width
NEXT, ALSO, HISTORY = "Việc tiếp theo", "Việc khác", "Diễn biến hồ sơ"
NOTHING = "Hồ sơ không chờ việc nào."


def render() -> None:
    form.flash()
    with screen() as work:
        case_id = read_id(st.query_params.get("id"))
        if case_id is None:
            raise Refused
        view = cases.view(work, case_id)
        forms = next_steps.forms(work, view)
        top = _head(work, view) + html_stages(next_steps.stages(view)) + _next(view, next_steps.of(work, view))
        sheet = "".join(_block(block, case_id) for block in case_sheet.sheet(work, view, forms))
        moments = html_history(history.of(work, case_id))
    st.html(top)
    _open_form(case_id)
    st.html(f'<div class="sheet">{sheet}</div><p class="quiet note">{text(NEVER_HERE)}</p>')
    st.html(f'<section class="block"><h2>{HISTORY}</h2>{moments}</section>')


def _open_form(case_id: int) -> None:
    """The form named in the address, if it is one of this person's to fill in (its service decides)."""
    name, row_id = st.query_params.get("do", ""), read_id(st.query_params.get("row"))
    chosen = FORMS.get(name)
    if chosen is None:
        return
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(chosen.title)}</h2>")
        form.draw(
            chosen,
            ask=lambda work: case_forms.asked(work, chosen, case_id, row_id),
            key=f"{name}:{case_id:x}:{row_id or 0:x}",
            done=lambda saved: _close_form(case_id),
            leave=case_address(case_id),
        )


def _close_form(case_id: int) -> None:
    st.query_params.from_dict({"id": f"{case_id:x}"})
    st.rerun()


def _head(work: Work, view: CaseView) -> str:
    case, known = view.case, case_sheet.headline(work, view)
    back = link(st.session_state.get("list_address", "/cases"), BACK, kind="back")
    said = joined(
        (
            f"Hồ sơ <b>{text(case.code)}</b>",
            text(known.person),
            f"tiếp nhận {day(case.received_on)}, {text(view.unit)}",
            text(known.found),
        )
    )
    title = f"<h1>{text(known.name or f'Hồ sơ {case.code}')}</h1>{state_badge(case.state, case.state.label)}"
    return f'{back}<header class="case">{title}<p>{said}</p></header>'


def _next(view: CaseView, steps: Steps) -> str:
    items = "".join(f"<li>{_step(view.case.id, item)}</li>" for item in steps.waiting)
    also = " ".join(link(case_address(view.case.id, name), FORMS[name].title, kind="do") for name in steps.others)
    more = f'<p class="also"><span>{ALSO}:</span> {also}</p>' if also else ""
    waiting = f"<ul>{items}</ul>" if items else f'<p class="quiet">{NOTHING}</p>'
    return f'<section class="next"><h2>{NEXT}</h2>{waiting}{more}</section>'


def _step(case_id: int, item: Next) -> str:
    said = joined((text(item.words), due_words(item.due)), " ")
    if item.why_not:
        said += f' <span class="quiet">{text(item.why_not)}</span>'
    if item.form:
        button = link(case_address(case_id, item.form), FORMS[item.form].title, kind="do main")
    else:
        button = f'<span class="quiet">{text(item.who)}</span>'
    return f"<div><b>{text(item.title)}</b><p>{said}</p></div>{button}"


def _block(block: Block, case_id: int) -> str:
    inside = html_facts(block.facts) if block.facts else ""
    if block.tables:
        inside += f'<div class="tables-in">{"".join(_table(table, case_id) for table in block.tables)}</div>'
    if not inside and not block.empty:
        return ""
    inside = inside or f'<p class="quiet">{text(block.empty)}</p>'
    inside += f'<p class="sum">{text(block.summary)}</p>' if block.summary else ""
    kind = "block" if block.facts else "block tables"
    return f'<section class="{kind}"><h2>{text(block.title)}</h2>{inside}</section>'


def _table(table: Table, case_id: int) -> str:
    acting = any(line.action for line in table.lines)
    heads = (*table.heads, *([""] if acting else []))
    lines = (
        [*(text(cell) for cell in line.cells), *([_action(line.action, case_id)] if acting else [])]
        for line in table.lines
    )
    drawn = html_table(heads, lines, numbers=table.numbers, caption=table.title)
    return f'<div class="{"full" if len(heads) > WIDE else ""}">{drawn}</div>'


def _action(action: Action | None, case_id: int) -> str:
    if action is None:
        return ""
    return link(case_address(case_id, action.form, action.row_id), action.label, kind="do")
