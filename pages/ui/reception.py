"""What stands at the top of a file besides its state: how to reach the person, what is missing, the incident."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from pages.ui.format import case_address, day, joined, link, text
from services import completeness, incident_view
from services.access import Right, has
from services.cases import CaseView
from services.completeness import Missing
from services.incident_view import IncidentLine
from services.people import SafeContact
from services.work import Work

TITLE, ONE, MANY = "Tiếp nhận mới", "Một người", "Nhiều người cùng một vụ việc"
UNFINISHED = "Vụ việc chưa ghi đủ người"
CALL, NEVER = "Gọi", "Không gọi"
MISSING, NEEDED = "Còn thiếu", "Cần có trước khi kết luận"
TOGETHER = "Cùng vụ việc"


def incident_address(incident_id: int, form: str = "") -> str:
    """Where an incident opens; with a form, that form is open on it."""
    return f"/incident?id={incident_id:x}" + (f"&do={form}" if form else "")


def html_ways(*, many: bool) -> str:
    """The two ways to receive: one person, or several of one incident."""
    ways = (("/intake", ONE, not many), ("/incident", MANY, many))
    links = "".join(link(address, words, kind="now" if now else "") for address, words, now in ways)
    return f'<div class="page-title"><h1>{TITLE}</h1></div><nav class="lists ways">{links}</nav>'


def html_waiting(found: Sequence[IncidentLine]) -> str:
    """Incidents of which not everybody is entered yet: where somebody was called away."""
    said = (
        f"{link(incident_address(one.id), one.code)} ({day(one.received_on)}, {text(one.unit)}): "
        f"đã ghi {one.entered}" + (f" / {one.expected} người" if one.expected else " người")
        for one in found
    )
    items = "".join(f"<li>{item}</li>" for item in said)
    return f'<div class="waiting"><b>{UNFINISHED}</b><ul>{items}</ul></div>' if items else ""


def html_reception(work: Work, view: CaseView, forms: Collection[str]) -> str:
    """The incident and what is missing, as far as this person may see them. `forms`: those the person may open."""
    incident = incident_view.of_case(work, view.case)
    together = ""
    if incident is not None:
        said = link(incident_address(incident.id), incident.code) if has(work.actor, Right.INTAKE) else ""
        together = f'<p class="together">{TOGETHER}: {said or text(incident.code)}</p>'
    missing = completeness.of(work, view.case, view.people)
    return together + html_missing(view.case.id, missing, linked="correct" in forms)


def html_contact(contact: SafeContact | None) -> str:
    """`Gọi: … · Không gọi: …`: the one line that must not be overlooked."""
    if contact is None:
        return ""
    said = (
        f"<b>{CALL}:</b> {text(contact.call)}" if contact.call else "",
        f'<b class="never">{NEVER}:</b> {text(contact.never)}' if contact.never else "",
    )
    return f'<p class="contact" role="note">{joined(said)}</p>'


def html_missing(case_id: int, missing: Iterable[Missing], *, linked: bool) -> str:
    """`Còn thiếu: …`, each group with the way to the form that fills it in."""
    lines = []
    for now, facts in groupby(sorted(missing, key=lambda one: not one.now), key=lambda one: one.now):
        people_first = sorted(facts, key=lambda one: (one.row_id or 0, one.form))
        groups = (list(group) for _, group in groupby(people_first, key=lambda one: (one.row_id, one.form)))
        said = "; ".join(_of_one(case_id, group, linked) for group in groups)
        lines.append(f"<span>{MISSING if now else NEEDED}:</span> {said}")
    return f'<p class="missing">{"<br>".join(lines)}</p>' if lines else ""


def _of_one(case_id: int, group: list[Missing], linked: bool) -> str:
    """What one person lacks, as the way to the form that fills it in."""
    first, words = group[0], ", ".join(one.words for one in group)
    who = f"{text(first.who)}: " if first.who else ""
    return who + (link(case_address(case_id, first.form, first.row_id), words) if linked else text(words))
