"""The documents of a file on its page: making one, and one of them with its paper, its files and what may
be done with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.ui import attachments as scans
from pages.ui import form, paper
from pages.ui.format import badge, case_address, joined, link, text
from pages.ui.screen import action, download_button, screen
from services.access import Right
from services.errors import AppError, Refused
from services.identity import names
from services.letters import issuing, opening, templates
from services.letters.opening import Opened
from services.registers import case_forms, letter_forms
from services.registers.attachment_sheet import OPEN as OPEN_SCAN
from services.registers.core import Form
from services.registers.letter_forms import FORMS, ISSUE_LETTER, MAKE_LETTER
from services.registers.letter_sheet import MAKE, OPEN
from services.registers.typed import look
from services.scans import attachments
from services.text import vn_date
from services.work import Work

TONES = {"draft": "wait", "issued": "good", "cancelled": "bad"}
DOWNLOAD, CLOSE = "Tải PDF", "Đóng"
MISSING = "Chưa có trong hồ sơ, in thành dòng chấm"
COMPLETE = "Hồ sơ có đủ nội dung cho văn bản này."
SIGN = "Tải PDF, in và trình ký. Bản đã ký về: chọn «Ghi số, ngày văn bản», gửi bản chụp ngay ở đó."
NOT_KEPT = "Bản chụp chưa lưu được: mời chọn lại tệp."
WANTED = "letter"  # which document the form begins with, in the address
SCAN, SCANS, KEEP = "Bản chụp văn bản đã ký (PDF, JPEG, PNG)", "Bản chụp", "Lưu bản chụp"
CANCELLED, NO_NUMBER = "Lý do hủy", "Chưa có số, ngày"
ACTIONS = ("issue_letter", "remake_letter", "cancel_letter")


def draw(name: str, case_id: int, row_id: int | None, *, leave: str) -> bool:
    """Draws what the address asks for about documents (`do=…`); whether it was one of ours."""
    if name not in (MAKE, OPEN, *ACTIONS):
        return False
    with st.container(border=True, key="open_form"):
        if name == MAKE:
            st.html(f"<h2>{text(MAKE_LETTER.title)}</h2>")
            _form(MAKE_LETTER, case_id, None, leave, _beside, wanted=st.query_params.get(WANTED, ""))
        elif name == OPEN:
            _look(case_id, row_id, leave)
        else:
            _act(FORMS[name], case_id, row_id)
    return True


def html_make(case_id: int, template: str) -> str:
    """The link that begins a document of a kind."""
    return link(f"{case_address(case_id, MAKE)}&{WANTED}={template}", MAKE_LETTER.title, kind="do main")


def _form(
    chosen: Form,
    case_id: int,
    row_id: int | None,
    leave: str,
    beside: Callable[[int], form.Beside] | None = None,
    *,
    wanted: str = "",
    kept: Callable[[int], None] = lambda letter_id: None,
) -> None:
    """`wanted`: the document the form begins with; `kept` runs once the form is saved."""
    begun = wanted if wanted in templates.shipped() else ""

    def done(saved: int | None) -> None:
        kept(saved or row_id or 0)
        _open(case_id, saved or row_id)

    form.draw(
        chosen,
        ask=lambda work: replace(case_forms.asked(work, chosen, case_id, row_id), known={"template": begun}),
        key=f"{chosen.name}:{case_id:x}:{begun or format(row_id or 0, 'x')}",
        done=done,
        leave=leave,
        beside=beside(case_id) if beside else None,
    )


def _open(case_id: int, letter_id: int | None) -> None:
    st.query_params.from_dict({"id": f"{case_id:x}", "do": OPEN, "row": f"{letter_id or 0:x}"})
    st.rerun()


def _act(chosen: Form, case_id: int, row_id: int | None) -> None:
    with screen() as work:
        opened = _opened(work, case_id, row_id)
        if not opened.mine:
            raise Refused
        title = opened.letter.title
        adds = attachments.adding_right(work, opened.case) if chosen is ISSUE_LETTER else None
    st.html(f"<h2>{text(chosen.title)}: {text(title)}</h2>")
    sent = _sent(row_id or 0) if adds is not None else None

    def keep(letter_id: int) -> None:
        if sent is not None and adds is not None:
            _keep(letter_id, sent, adds)

    _form(chosen, case_id, row_id, case_address(case_id, OPEN, row_id), kept=keep)


def _beside(case_id: int) -> form.Beside:
    """What the file lacks for the document that is being chosen."""

    def drawn(work: Work, typed: Mapping[str, Any]) -> str:
        asked = case_forms.asked(work, MAKE_LETTER, case_id)
        values = look(MAKE_LETTER, typed, asked).values
        if not values.get("template") or not values.get("day") or not values.get("unit_id"):
            return ""
        template = templates.effective(work, values["template"])
        try:
            made = issuing.compose(work, asked.file, template, letter_forms.wishes(values))
        except AppError:
            return ""  # said beside its field when it is saved
        return _missing(made.missing)

    return drawn


def _missing(missing: tuple[str, ...]) -> str:
    if not missing:
        return f'<p class="quiet">{COMPLETE}</p>'
    items = "".join(f"<li>{text(one)}</li>" for one in missing)
    return f'<div class="lacking"><b>{MISSING}:</b><ul>{items}</ul></div>'


def _opened(work: Work, case_id: int, row_id: int | None) -> Opened:
    opened = opening.look(work, row_id)
    if opened.case.id != case_id:
        raise Refused
    return opened


def _look(case_id: int, row_id: int | None, leave: str) -> None:
    with screen() as work:
        opened = _opened(work, case_id, row_id)
        letter = opened.letter
        state = badge(letter.state.label, TONES[letter.state.value])
        head = f"<h2>{text(letter.title)} {state}</h2><p>{_said(work, opened)}</p>"
        links = _links(opened, case_id)
        kept = [one for one in attachments.find(work, opened.case) if one.letter_id == letter.id]
        listed = joined((link(case_address(case_id, OPEN_SCAN, one.id), one.title) for one in kept), " · ")
        adds = attachments.adding_right(work, opened.case) if not opened.draft else None
        file_name, letter_id = opening.file_name(opened), letter.id
    st.html(head)
    with st.container(horizontal=True, vertical_alignment="center"):
        download_button(
            DOWNLOAD,
            name=file_name,
            media_type="application/pdf",
            right=Right.READ_CASES,
            produce=lambda work: opening.pdf(work, letter_id),
            what=None,
            key=f"letter:{letter_id:x}:pdf",
            type="primary",
        )
        st.html(f'<p class="letter-actions">{links}{link(leave, CLOSE, kind="leave")}</p>', width="content")
    if opened.draft:
        st.html(_missing(opened.content.missing) + f'<p class="quiet">{SIGN}</p>')
    if listed:
        st.html(f"<p>{SCANS}: {listed}</p>")
    if adds is not None and not opened.cancelled:
        _scan(opened, adds)
    paper.draw(opened.content.document)


def _said(work: Work, opened: Opened) -> str:
    """Number, date, who issues it and who made it, in a line; why it was cancelled."""
    letter = opened.letter
    number = f"Số <b>{text(letter.number)}</b>, ngày {vn_date(letter.dated)}" if letter.number else NO_NUMBER
    unit = text(names.units(work).get(letter.unit_id or 0, ""))
    why = f"{CANCELLED}: {text(opened.content.cancelled)}" if opened.cancelled else ""
    return joined((number, unit, f"người lập: {text(letter.by_name)}", why))


def _links(opened: Opened, case_id: int) -> str:
    """What this person may do with the document as it stands."""
    if not opened.mine or opened.cancelled:
        return ""
    offered = ACTIONS if opened.draft else ("cancel_letter",)
    made = (link(case_address(case_id, one, opened.letter.id), FORMS[one].title, kind="do") for one in offered)
    return " ".join(made)


def _scan(opened: Opened, right: Right) -> None:
    """The signed paper, as a scan kept with its document."""
    letter_id = opened.letter.id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        file = _sent(letter_id)
        pressed = st.button(KEEP, key=f"{_key(letter_id)}:save", disabled=file is None)
    if pressed and file is not None and _keep(letter_id, file, right):
        st.session_state["flash"] = form.SAVED
        st.rerun()
    problem = st.session_state.pop(f"{_key(letter_id)}:problem", "")
    if problem:
        st.html(f'<p class="problem" role="alert">{text(problem)}</p>')


def _key(letter_id: int) -> str:
    return f"letter:{letter_id:x}:scan"


def _sent(letter_id: int) -> Any:
    """The file chosen for a document, if there is one."""
    number = st.session_state.setdefault(_key(letter_id), 0)
    return st.file_uploader(SCAN, type=scans.TYPES, key=f"{_key(letter_id)}:{number}")


def _keep(letter_id: int, file: Any, right: Right) -> bool:
    """Keeps the scan of an issued document, once however often the button is pressed. What is refused is said
    on the document's page, where another file can be chosen."""
    known: set[str] = st.session_state.setdefault("scan:kept", set())  # a plain set: adding is never interrupted
    if file.file_id in known:
        return True
    with st.spinner(scans.SAVING), action() as act:
        found = opening.look(act.work, letter_id)
        attachments.add(
            act.work,
            found.case,
            kind=found.scan_kind,
            title=f"{found.letter.title}, số {found.letter.number}",
            data=file.getvalue(),
            letter_id=letter_id,
            right=right,
        )
    if act.done:
        known.add(file.file_id)
        scans.forget(file.file_id)
        st.session_state[_key(letter_id)] = st.session_state.get(_key(letter_id), 0) + 1
    else:
        st.session_state[f"{_key(letter_id)}:problem"] = " ".join((*act.problems.values(), NOT_KEPT))
    return act.done
