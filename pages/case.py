"""One file: where it stands, what comes next, everything known, what happened."""

from collections.abc import Iterable

import streamlit as st

from pages.ui import attachments, candidates, form, letters, removals, values
from pages.ui.format import case_address, day, due_words, joined, link, read_id, state_badge, text
from pages.ui.reception import html_contact, html_reception
from pages.ui.screen import screen
from pages.ui.table import html_facts, html_table
from pages.ui.timeline import html_history, html_stages
from services import cases, history, lifecycle, next_steps, people, stages
from services.access import Right, has
from services.cases import CaseView
from services.conclusions import identified_on
from services.errors import Refused
from services.identity import comparisons
from services.next_steps import Next, Steps
from services.registers import case_forms, case_sheet
from services.registers.case_forms import FORMS
from services.registers.core import NEVER_HERE
from services.registers.sheet import Action, Block, Line, Table
from services.work import Work

BACK = "← Danh sách"
WIDE = 4  # columns of a table that takes the whole width
LONG = 4  # lines of a part that is folded on a phone
NEXT, ALSO, HISTORY = "Việc tiếp theo", "Việc khác", "Diễn biến hồ sơ"
LAW_STEPS = "Trình tự và thời hạn theo văn bản"
NOTHING = "Hồ sơ không chờ việc nào."


def render() -> None:
    form.flash()
    with screen() as work:
        case_id = read_id(st.query_params.get("id"))
        if case_id is None:
            raise Refused
        view = cases.view(work, case_id)
        forms = next_steps.forms(work, view)
        others = comparisons.of(work, case_id)
        top = _head(work, view) + candidates.html_merged(others, case_id) + _notices(work, view)
        top += html_contact(people.safe_contact(work, view.person))
        where = html_reception(work, view, forms) + candidates.html_others(others, case_id)
        where += html_stages(stages.stages(view))
        steps, enters_law = next_steps.of(work, view), has(work.actor, Right.LAW)
        doing = st.query_params.get("do", "")
        about = _about(case_id, [step for step in steps.waiting if doing and step.form == doing], enters_law)
        where += _next(view, steps, doing if about else "", enters_law)
        sheet = "".join(_block(block, case_id) for block in case_sheet.sheet(work, view, forms))
        removed = removals.html_of_file(work, view)
        moments = html_history(history.of(work, case_id))
    top = removals.html_undo(case_id) + top
    if "do" in st.query_params:  # what was asked for comes right under the person's name, the rest below it
        st.html(top)
        _open_form(case_id, about)
        st.html(where)
    else:
        st.html(top + where)
    st.html(f'<div class="sheet">{sheet}</div><p class="quiet note">{text(NEVER_HERE)}</p>')
    st.html(f'<section class="block"><h2>{HISTORY}</h2>{moments}</section>{removed}')


def _about(case_id: int, steps: Iterable[Next], enters_law: bool) -> str:
    """What the file waits for that the open form is about: said above its fields."""
    return "".join(f'<div class="about">{_words(case_id, step, enters_law)}</div>' for step in steps)


def _open_form(case_id: int, about: str) -> None:
    """The form named in the address, if it is one of this person's to fill in (its service decides)."""
    name, row_id = st.query_params.get("do", ""), read_id(st.query_params.get("row"))
    if name == values.DO:
        with st.container(border=True, key="open_form"):
            values.draw(done=lambda saved: _close_form(case_id), leave=case_address(case_id))
        return
    if attachments.draw(name, case_id, row_id, done=lambda: _close_form(case_id), leave=case_address(case_id)):
        return
    if candidates.draw(name, case_id, row_id, done=lambda: _close_form(case_id), leave=case_address(case_id)):
        return
    if letters.draw(name, case_id, row_id, leave=case_address(case_id)):
        return
    chosen = FORMS.get(name)
    if chosen is None:
        return
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(chosen.title)}</h2>{about}")
        form.draw(
            chosen,
            ask=lambda work: case_forms.asked(work, chosen, case_id, row_id),
            key=f"{name}:{case_id:x}:{row_id or 0:x}",
            done=lambda saved: _saved(name, saved, case_id),
            leave=case_address(case_id),
        )


def _saved(name: str, saved: int | None, case_id: int) -> None:
    removals.done(name, saved)
    _close_form(case_id)


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
            text(_law(work, view)),
        )
    )
    title = f"<h1>{text(known.name or f'Hồ sơ {case.code}')}</h1>{state_badge(case.state, case.state.label)}"
    return f'{back}<header class="case">{title}<p>{said}</p></header>'


def _law(work: Work, view: CaseView) -> str:
    """Which law holds for the file for good, once the person is identified as a victim."""
    since = identified_on(work, view.case)
    return f"áp dụng {lifecycle.law_words(lifecycle.regime(work, view.case, since))}" if since else ""


def _notices(work: Work, view: CaseView) -> str:
    return "".join(
        f'<div class="alert" role="alert"><b>{text(notice.title)}</b><p>{text(notice.words)}</p></div>'
        for notice in stages.notices(work, view)
    )


def _next(view: CaseView, steps: Steps, doing: str, enters_law: bool) -> str:
    """What the file waits for, and what else may be done. `doing`: the step whose form is open says so there."""
    left = [step for step in steps.waiting if not doing or step.form != doing]
    items = "".join(f"<li>{_step(view.case.id, step, enters_law)}</li>" for step in left)
    also = " ".join(link(case_address(view.case.id, name), FORMS[name].title, kind="do") for name in steps.others)
    more = _unfolding(ALSO, f"<p>{also}</p>", "also") if also else ""
    nothing = "" if doing else f'<p class="quiet">{NOTHING}</p>'
    waiting = f"<ul>{items}</ul>" if items else nothing
    return f'<section class="next"><h2>{NEXT}</h2>{waiting}{more}</section>'


def _words(case_id: int, item: Next, enters_law: bool) -> str:
    """What is said of a step: the facts, its limit, why not yet, what the law lays down."""
    missing = values.missing_link(item.due, case_address(case_id), enters_law)
    said = joined((text(item.words), due_words(item.due), missing), " ")
    if item.why_not:
        said += f' <span class="quiet">{text(item.why_not)}</span>'
    if item.lines:
        lines = "".join(f"<li>{text(line)}</li>" for line in item.lines)
        said += f'<details class="law"><summary>{LAW_STEPS}</summary><ul>{lines}</ul></details>'
    return said


def _step(case_id: int, item: Next, enters_law: bool) -> str:
    said = _words(case_id, item, enters_law)
    if item.letter:
        button = letters.html_make(case_id, item.letter)
    elif item.form:
        button = link(case_address(case_id, item.form), FORMS[item.form].title, kind="do main")
    else:
        button = f'<span class="quiet">{text(item.who)}</span>'
    return f'<div><b>{text(item.title)}</b><div class="said">{said}</div></div>{button}'


def _block(block: Block, case_id: int) -> str:
    inside = html_facts(block.facts) if block.facts else ""
    if block.tables:
        inside += f'<div class="tables-in">{"".join(_table(table, case_id) for table in block.tables)}</div>'
    if not inside and not block.empty:
        return ""
    inside = inside or f'<p class="quiet">{text(block.empty)}</p>'
    inside += f'<p class="sum">{text(block.summary)}</p>' if block.summary else ""
    inside += f'<p class="quiet">{text(block.note)}</p>' if block.note else ""
    kind, lines = "block" if block.facts else "block tables", sum(len(table.lines) for table in block.tables)
    head = f"{text(block.title)} {_action(block.add, case_id)}"
    if lines < LONG:
        return f'<section class="{kind}"><h2>{head}</h2>{inside}</section>'
    head = f'{text(block.title)} <span class="quiet">({lines})</span> {_action(block.add, case_id)}'
    return f'<section class="{kind}">{_unfolding(f"<h2>{head}</h2>", inside)}</section>'


def _unfolding(head: str, inside: str, kind: str = "") -> str:
    """Folded on a phone; where there is room it opens as it is drawn (pages/assets/links.js)."""
    return f'<details class="unfold {kind}"><summary>{head}</summary>{inside}</details>'


def _table(table: Table, case_id: int) -> str:
    acting = any(line.action or line.remove for line in table.lines)
    heads = (*table.heads, *([""] if acting else []))
    lines = (
        [*(text(cell) for cell in line.cells), *([_actions(line, case_id)] if acting else [])]
        for line in table.lines
    )
    drawn = html_table(heads, lines, numbers=table.numbers, caption=table.title)
    return f'<div class="{"full" if len(table.heads) >= WIDE else ""}">{drawn}</div>'


def _actions(line: Line, case_id: int) -> str:
    remove = line.remove
    gone = link(case_address(case_id, remove.form, remove.row_id), remove.label, kind="do small") if remove else ""
    return joined((_action(line.action, case_id), gone), " ")


def _action(action: Action | None, case_id: int) -> str:
    if action is None:
        return ""
    return link(case_address(case_id, action.form, action.row_id), action.label, kind="do")
