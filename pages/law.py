"""Pháp luật: what holds on a day – limits, rates, measures, lists, units – and what the office fills in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import streamlit as st

from pages.ui import filters, form, values
from pages.ui.format import badge, day, link, once, text
from pages.ui.screen import screen
from pages.ui.table import html_table
from services import law, law_book, office_values
from services.access import Right, has
from services.errors import Invalid
from services.law import MissingValue, Regime
from services.law_book import Entry, Listing
from services.limits import NO_BASIS
from services.office_values import Holiday
from services.registers.core import Asked, Form
from services.registers.value_form import CANCEL_HOLIDAYS, HOLIDAYS, VALUE, value_form
from services.text import parse_date, vn_number
from services.work import Work

TITLE, DAY, SEARCH = "Pháp luật", "Áp dụng ngày", "Tìm trong pháp luật"
HOLIDAY_PART, MISSING_PART = "holidays", "values"
TABS = {name: title for name, (title, _) in law_book.PARTS.items()} | {
    HOLIDAY_PART: "Ngày nghỉ",
    MISSING_PART: "Cần nhập",
}
MISSING, NONE_MISSING = "Chưa có số liệu trong văn bản đã đọc", "Không còn mức, thời hạn nào phải nhập."
ENTERED = "Đơn vị đã nhập"
NO_HOLIDAYS = "Chưa nhập ngày nghỉ của năm này: thời hạn tính theo ngày làm việc chỉ trừ thứ bảy, chủ nhật."
NOTHING_FOUND = "Không có quy định nào có những chữ này vào ngày đã chọn."
OWN_RATE = "Nhập mức của tỉnh"
KEPT_LAW = "Luật năm 2011 (người được xác định trước ngày 01/7/2025)"
WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
FORMS = {VALUE.name: VALUE, HOLIDAYS.name: HOLIDAYS, CANCEL_HOLIDAYS.name: CANCEL_HOLIDAYS}
NAMES = ("part", "date", "regime")


@dataclass(frozen=True)
class Place:
    """Where in the book one is: the address says it."""

    part: str
    day: date
    regime: Regime
    codes: dict[str, str]
    may_enter: bool

    def address(self, **other: str) -> str:
        return filters.address("/law", self.codes | other)


def render() -> None:
    form.flash()
    st.html(f'<div class="page-title"><h1>{TITLE}</h1></div>')
    with screen() as work:
        law_book.open_book(work)
        wanted = _asked()
        place = _place(work)
        st.html(_regimes(place) + _tabs(place, bool(wanted)))
        inside = _found(work, place, wanted) if wanted else _part(work, place)
    _open_form(place)
    st.html(f'<div class="law">{inside}</div>')


def _asked() -> str:
    """The day goes into the address; what is searched does not."""
    left, right = st.columns([1, 2])
    with left:
        filters.day("date", DAY, "law")
    with right:
        return st.text_input(SEARCH, key="law:search", autocomplete="off", placeholder="ví dụ: tạm lánh, 20 ngày")


def _place(work: Work) -> Place:
    codes = filters.codes(NAMES)
    try:
        on = parse_date(codes.get("date", ""))
    except Invalid:
        on = work.today
    regime = law.regime_of(on)
    if regime is Regime.B and codes.get("regime") == Regime.A.value:
        regime = Regime.A
    part = codes.get("part", "")
    return Place(part if part in TABS else next(iter(TABS)), on, regime, codes, has(work.actor, Right.LAW))


def _regimes(place: Place) -> str:
    """Which of the two laws; after 30/6/2025 a link to the other, which goes on for those it began with."""
    said = f"Quy định áp dụng ngày <b>{day(place.day)}</b>: {text(place.regime.label)}."
    if law.regime_of(place.day) is Regime.B:
        other = place.regime is Regime.B
        label = KEPT_LAW if other else Regime.B.label
        said += f" {link(place.address(regime=Regime.A.value if other else ''), f'Xem {label}', kind='do')}"
    return f'<p class="regime">{said}</p>'


def _tabs(place: Place, searching: bool) -> str:
    links = ""
    for name, title in TABS.items():
        now = ' class="now" aria-current="page"' if name == place.part and not searching else ""
        links += f'<a href="{text(place.address(part=name))}"{now}>{text(title)}</a>'
    return f'<nav class="lists" aria-label="Phần của sổ pháp luật">{links}</nav>'


def _part(work: Work, place: Place) -> str:
    if place.part == HOLIDAY_PART:
        return _holidays(office_values.holidays(work, place.day.year), place)
    if place.part == MISSING_PART:
        return _missing(office_values.missing(work, place.day), place) + _entered(work)
    return _listings(law_book.part(work, place.part, place.day, place.regime), place)


def _found(work: Work, place: Place, wanted: str) -> str:
    found = law_book.search(work, wanted, place.day, place.regime)
    return _listings(found, place) if found else f'<p class="quiet">{NOTHING_FOUND}</p>'


def _open_form(place: Place) -> None:
    """The form named in the address, for those who may enter values."""
    chosen = FORMS.get(st.query_params.get("do", ""))
    if chosen is None or not place.may_enter:
        return
    key = st.query_params.get("key", "")
    with st.container(border=True, key="open_form"):
        st.html(f"<h2>{text(chosen.title)}</h2>")
        _draw(value_form(key) if key and chosen is VALUE else chosen, key, place)


def _draw(chosen: Form, key: str, place: Place) -> None:
    def done(saved: int | None) -> None:
        st.query_params.from_dict(place.codes)
        st.rerun()

    form.draw(chosen, ask=Asked, key=f"{chosen.name}:{key}", done=done, leave=place.address())


# parts


def _listings(found: Iterable[Listing], place: Place) -> str:
    return "".join(_listing(one, place) for one in found if one.entries)


def _listing(listing: Listing, place: Place) -> str:
    said = any(entry.says for entry in listing.entries)
    heads = ["Nội dung", *([listing.says] if said else []), "Căn cứ", "Hiệu lực"]
    lines = (_line(entry, place, said) for entry in listing.entries)
    return f'<section class="block"><h2>{text(listing.title)}</h2>{html_table(heads, lines)}</section>'


def _line(entry: Entry, place: Place, said: bool) -> list[str]:
    title = f"<div><b>{text(entry.title)}</b>{''.join(_details(entry))}</div>"
    period = "<br>".join(once(text(part)) for part in entry.period)
    return [title, *([_says(entry, place)] if said else []), text(entry.basis), f"<div>{period}</div>"]


def _says(entry: Entry, place: Place) -> str:
    """The rule; where it is empty it says so, with the link to the form for those who may fill it in."""
    if not entry.key or not place.may_enter:
        return text(entry.says) if entry.known else badge(entry.says, "wait")
    said = text(entry.says) if entry.known else badge(NO_BASIS, "wait")
    asked = place.address(do=VALUE.name, key=entry.key)
    return f"<div>{said} {link(asked, OWN_RATE if entry.known else values.ENTER, kind='do')}</div>"


def _details(entry: Entry) -> Iterator[str]:
    for label, said in entry.details:
        yield f'<p class="quiet">{f"{text(label)}: " if label else ""}{text(said)}</p>'


def _missing(found: list[MissingValue], place: Place) -> str:
    def line(one: MissingValue) -> list[str]:
        enter = one.key.startswith(office_values.NUMBERED) and place.may_enter
        asked = place.address(do=VALUE.name, key=one.key)
        return [text(one.label), text(one.why), link(asked, values.ENTER, kind="do") if enter else ""]

    if not found:
        return f'<p class="quiet">{NONE_MISSING}</p>'
    table = html_table(("Nội dung", "Vì sao", ""), map(line, found))
    return f'<section class="block"><h2>{MISSING} ({len(found)})</h2>{table}</section>'


def _entered(work: Work) -> str:
    found = office_values.entered(work)
    if not found:
        return ""
    lines = (
        [
            text(one.label),
            f"{vn_number(one.value)} {text(one.unit)}",
            day(one.effective_from),
            day(one.until),
            text(f"{one.basis}; đã thay bằng {one.corrected}" if one.corrected else one.basis),
        ]
        for one in found
    )
    table = html_table(("Nội dung", "Mức", "Áp dụng từ", "Đến hết", "Văn bản"), lines, numbers={1})
    return f'<section class="block"><h2>{ENTERED} ({len(found)})</h2>{table}</section>'


def _holidays(found: list[Holiday], place: Place) -> str:
    """The table of one year, with the years beside it."""
    year = place.day.year
    beside = (year - 1, year + 1)
    years = " ".join(link(place.address(date=f"01/01/{one}"), f"Năm {one}", kind="do") for one in beside)
    acts = ""
    if place.may_enter:
        acts = link(place.address(do=HOLIDAYS.name), HOLIDAYS.title, kind="do main") + " "
        acts += link(place.address(do=CANCEL_HOLIDAYS.name), CANCEL_HOLIDAYS.title, kind="do") if found else ""
    table = html_table(("Ngày", "Tình trạng", "Văn bản"), map(_holiday, found))
    inside = table if found else f'<p class="quiet">{NO_BASIS}. {NO_HOLIDAYS}</p>'
    title = f"<h2>Ngày nghỉ lễ, tết năm {year}</h2>"
    return f'<section class="block">{title}<p class="also">{years} {acts}</p>{inside}</section>'


def _holiday(one: Holiday) -> list[str]:
    state = badge("Ngày nghỉ", "good") if one.off else badge("Đã bỏ", "calm")
    said = "<br>".join(map(text, one.said))
    return [f"{day(one.day)} ({WEEKDAYS[one.day.weekday()]})", state, f"<div>{said}</div>"]
