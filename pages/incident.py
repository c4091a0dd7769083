"""One incident: what its people share, who is entered so far, and the form of the next person."""

import streamlit as st

from pages.ui import candidates, form, reception
from pages.ui.format import case_address, day, joined, link, once, read_id, state_badge, text
from pages.ui.reception import incident_address
from pages.ui.screen import screen
from pages.ui.table import html_table
from services import incident_view
from services.errors import Refused
from services.incident_view import File, IncidentView, Line
from services.registers.core import Form
from services.registers.incident_forms import BEGIN, CORRECT, FORMS, NEXT_PERSON, REQUEST_ALL, asked

BACK = "← Tiếp nhận mới"
HEADS = ("Họ và tên", "Tư cách", "Giới tính, ngày sinh", "Liên hệ an toàn", "Tình trạng", "Còn thiếu")
NOBODY = "Chưa ghi người nào: ghi người đầu tiên vào biểu dưới đây."
ALL_IN, COMPLETE = "đã ghi đủ", "Đủ"
ONE_MORE, LISTED = "Ghi thêm người", "Xem trong danh sách hồ sơ"
SAVED = "incident:saved"


def render() -> None:
    """With an id, the incident; without one, the form of a new one."""
    just_saved = form.flash()
    if "id" in st.query_params:
        _incident(just_saved)
    else:
        _new()


def _new() -> None:
    with screen() as work:
        asked(work, BEGIN)
        top = reception.html_ways(many=True) + reception.html_waiting(incident_view.waiting(work))
    st.html(top)
    form.draw(BEGIN, ask=lambda work: asked(work, BEGIN), key=BEGIN.name, done=_begun)


def _begun(incident_id: int | None) -> None:
    st.session_state.pop(SAVED, None)
    st.query_params.from_dict({"id": f"{incident_id or 0:x}"})
    st.rerun()


def _incident(just_saved: bool) -> None:
    with screen() as work:
        incident_id = read_id(st.query_params.get("id"))
        if incident_id is None:
            raise Refused
        view = incident_view.view(work, incident_id)
        lines = incident_view.lines(work, view)
        saved = _saved(lines) if just_saved else ""
        do = st.query_params.get("do", "")
        chosen, one_more = FORMS.get(do), not view.all_in or do == NEXT_PERSON.name
        top = _head(view) + _table(view, lines)
    if chosen is not None:
        st.html(top)
        _other(view, chosen)
    elif one_more:
        st.html(top + _then(view))
        _next_person(view, saved)
    else:  # everybody is in: the list is what one came for
        st.html(top + saved + _then(view))


def _next_person(view: IncidentView, saved: str) -> None:
    """The short form of the next person; the keyboard is in it at once (`pages/assets/links.js`)."""
    incident_id = view.incident.id
    with st.container(border=True, key="next_person"):
        number = view.entered + 1
        of = f" / {view.incident.expected}" if view.left else ""
        st.html(f'<h2 class="focus-form" data-n="{number}">Người thứ {number}{of}</h2>{saved}')
        form.draw(
            NEXT_PERSON,
            ask=lambda work: asked(work, NEXT_PERSON, incident_id),
            key=f"{NEXT_PERSON.name}:{incident_id:x}",
            done=_done,
            beside=candidates.html,
            under="full_name",
        )


def _done(saved_id: int | None) -> None:
    st.session_state[SAVED] = saved_id
    st.query_params.pop("do", None)
    st.rerun()


def _other(view: IncidentView, chosen: Form) -> None:
    """The shared facts corrected, or verification asked for; then back to the people."""
    incident_id = view.incident.id
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(chosen.title)}</h2>{_preview(view) if chosen is REQUEST_ALL else ''}")
        form.draw(
            chosen,
            ask=lambda work: asked(work, chosen, incident_id),
            key=f"{chosen.name}:{incident_id:x}",
            done=lambda saved: _close(incident_id),
            leave=incident_address(incident_id),
        )


def _close(incident_id: int) -> None:
    st.session_state.pop(SAVED, None)
    st.query_params.from_dict({"id": f"{incident_id:x}"})
    st.rerun()


def _head(view: IncidentView) -> str:
    incident = view.incident
    where = (incident.place.label if incident.place else "", incident.country or incident.province or "")
    said = joined(
        (
            f"Tiếp nhận {day(incident.received_on)}, {text(view.unit)}",
            text(incident.way.label if incident.way else ""),
            text(", ".join(part for part in where if part)),
            text(incident.purpose.label if incident.purpose else ""),
        )
    )
    correct = link(incident_address(incident.id, CORRECT.name), CORRECT.title, kind="do") if view.mine else ""
    summary = f'<p class="quiet summary">{text(incident.summary)}</p>' if incident.summary else ""
    title = f"<h1>Vụ việc {text(incident.code)}</h1><span class='quiet'>{_counted(view)}</span>"
    back = link("/intake", BACK, kind="back")
    return f'{back}<header class="case">{title}<p>{said} {correct}</p></header>{summary}'


def _counted(view: IncidentView) -> str:
    if not view.incident.expected:
        return f"đã ghi {view.entered} người"
    left = f"còn {view.left} người" if view.left else ALL_IN
    return f"đã ghi {view.entered} / {view.incident.expected} người, <b>{left}</b>"


def _table(view: IncidentView, lines: list[Line]) -> str:
    if not lines:
        return f'<p class="quiet">{NOBODY}</p>'
    table = html_table(HEADS, (_cells(line) for line in lines), kind="open people")
    hidden = f"{view.hidden} hồ sơ khác của vụ việc thuộc đơn vị khác, không xem được ở đây."
    return table + (f'<p class="quiet">{hidden}</p>' if view.hidden else "")


def _cells(line: Line) -> tuple[str, ...]:
    name = link(case_address(line.case.id), line.name or line.case.code)
    missing = ", ".join(dict.fromkeys(one.words for one in line.missing))
    sex = line.person.sex.label if line.person.sex else ""
    return (
        name + (f' <span class="quiet once">{text(line.case.code)}</span>' if line.own_file else ""),
        text(line.kind),
        joined((text(sex), once(day(line.birth))), ", "),
        text(line.contact),
        state_badge(line.case.state, line.case.state.label) if line.own_file else "",
        text(missing) or f'<span class="quiet">{COMPLETE}</span>',
    )


def _then(view: IncidentView) -> str:
    """What may be done for everybody at once."""
    many = len(incident_view.to_request(view))
    said = f"Đề nghị xác minh cho cả {many} hồ sơ" if many > 1 else REQUEST_ALL.title
    kind = "do" if view.left else "do main"
    ask = link(incident_address(view.incident.id, REQUEST_ALL.name), said, kind=kind) if many else ""
    more = link(incident_address(view.incident.id, NEXT_PERSON.name), ONE_MORE, kind="do") if view.all_in else ""
    listed = link(f"/cases?incident={view.incident.id:x}", LISTED, kind="do") if view.files else ""
    return f'<p class="then">{joined((ask, more, listed), " ")}</p>'


def _preview(view: IncidentView) -> str:
    """Which files a request would concern, and which not."""
    asked_now = incident_view.to_request(view)
    before = [file for file in view.files if file not in asked_now]
    said = f"<p>Một đề nghị, ghi vào {len(asked_now)} hồ sơ:</p>{_files(asked_now)}"
    if before:
        said += (
            f'<p class="quiet">Không ghi vào {len(before)} hồ sơ đã đề nghị hoặc đã kết luận:</p>{_files(before)}'
        )
    return f'<div class="preview">{said}</div>'


def _files(files: list[File]) -> str:
    return (
        "<ul>"
        + "".join(f"<li>{text(file.case.code)} {text(incident_view.known_as(file))}</li>" for file in files)
        + "</ul>"
    )


def _saved(lines: list[Line]) -> str:
    """Who was just saved, where the eyes are."""
    saved_id = st.session_state.get(SAVED)
    line = next(
        (line for line in lines if saved_id in (line.person.id, line.case.id if line.own_file else 0)), None
    )
    if line is None:
        return ""
    return (
        f'<p class="just-saved" role="status">Đã lưu {text(line.name or "")} (hồ sơ {text(line.case.code)}).</p>'
    )
