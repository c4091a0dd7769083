"""Text into HTML: everything that came from people or data is escaped here, nothing is markdown."""

from collections.abc import Iterable
from datetime import date
from html import escape

from services.deadlines import Clock, Lateness
from services.limits import Due
from services.text import vn_date

TONES = {
    "received": "wait",
    "verifying": "busy",
    "victim": "good",
    "not_victim": "calm",
    "insufficient": "wait",
    "closed": "calm",
}

BASIS = "Căn cứ"


def case_address(case_id: int, form: str = "", row_id: int | None = None) -> str:
    """Where a file opens; with a form, that form is open on it. Ids are opaque."""
    address = f"/case?id={case_id:x}"
    if form:
        address += f"&do={form}"
    return address + (f"&row={row_id:x}" if row_id is not None else "")


def read_id(text: str | None) -> int | None:
    """The id in an address, or None when it is not one."""
    try:
        return int(text or "", 16)
    except ValueError:
        return None


def text(value: object) -> str:
    return escape(str(value)) if value is not None else ""


def link(address: str, label: str, *, kind: str = "") -> str:
    """A link inside the tool; `pages/assets/links.js` opens it without loading the page anew."""
    classes = f' class="{kind}"' if kind else ""
    return f'<a href="{escape(address)}"{classes}>{escape(label)}</a>'


def badge(label: str, tone: str = "calm") -> str:
    return f'<span class="badge {tone}">{escape(label)}</span>'


def state_badge(state: str, label: str) -> str:
    """The state of a file, in a word and a colour (never the colour alone)."""
    return badge(label, TONES.get(state, "calm"))


def late_tone(lateness: Lateness) -> str:
    tones = {Clock.LATE: "bad", Clock.TODAY: "wait", Clock.SOON: "wait", Clock.AHEAD: "good"}
    return tones.get(lateness.clock, "calm")


def due_words(due: Due | None) -> str:
    """The limit of a step with how it stands today, as HTML; its basis in law behind a word."""
    if due is None:
        return ""
    said = text(due.words)
    if due.on is None:
        return f'<span class="quiet">{said}</span>'
    source = (
        f' <details class="basis"><summary>{BASIS}</summary>{text(due.source)}</details>' if due.source else ""
    )
    return f"{said} {badge(due.lateness.words, late_tone(due.lateness))}{source}"


def day(value: date | str | None) -> str:
    return text(vn_date(value))  # type: ignore[arg-type]


def once(html: str) -> str:
    """Dates and numbers stand on one line."""
    return f'<span class="once">{html}</span>' if html else ""


def joined(parts: Iterable[str], between: str = " · ") -> str:
    """The parts that are not empty."""
    return between.join(part for part in parts if part)
