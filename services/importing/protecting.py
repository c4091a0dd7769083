"""The protection columns: need, day, measures of the law in force for the person."""

from datetime import date

from db.verification import Outcome
from services import law
from services.importing.form import word
from services.importing.remarks import Desk
from services.importing.rows import NO, OTHER_MEASURE, YES, Measure
from services.text import vn_date

SHORTEST = 6  # letters of a folded prefix that may stand for a measure


def protection(
    desk: Desk, measured_on: date | None, outcome: Outcome | None, concluded_on: date | None, received_on: date
) -> tuple[bool, date | None, tuple[Measure, ...]]:
    """(need, day, measures). A measure implies the need, and needs its day."""
    needs = _needs(desk)
    identified_on = concluded_on if outcome is Outcome.VICTIM else None
    measures = _measures(desk, law.regime_of(identified_on or measured_on or received_on))
    if measures and measured_on is None:
        desk.refuse("measured_on", "Có biện pháp bảo vệ nhưng thiếu ngày áp dụng.")
    if measured_on and not measures:
        if "measures" not in desk.refused:
            desk.warn("measured_on", "Có ngày áp dụng nhưng không ghi biện pháp nào: chỉ giữ trong ghi chú.")
            desk.keep("measured_on", vn_date(measured_on))
        measured_on = None
    if measures and not needs:
        desk.warn("needs_protection", "Có biện pháp bảo vệ nên được ghi là có nhu cầu.")
    return needs or bool(measures), measured_on, measures


def _needs(desk: Desk) -> bool:
    text = desk.text("needs_protection")
    wanted = word(text)
    if wanted in (word(YES), "x"):
        return True
    if wanted not in ("", word(NO)):
        desk.warn("needs_protection", "Chỉ ghi Có hoặc Không: hiểu là không, giữ trong ghi chú.")
        desk.keep("needs_protection", text)
    return False


def _measures(desk: Desk, regime: law.Regime) -> tuple[Measure, ...]:
    found: set[Measure] = set()
    for part in desk.text("measures").split(";"):
        text = part.strip(" .,")
        if word(text):
            found.add(_measure(desk, text, regime))
    return tuple(sorted(found))


def _measure(desk: Desk, text: str, regime: law.Regime) -> Measure:
    wanted = word(text)
    for exact in (True, False):
        codes = {
            known.code
            for known in law.measures(regime)
            for spelling in (known.vi, *known.spellings)
            if word(spelling) == wanted or (not exact and _begins_alike(word(spelling), wanted))
        }
        if len(codes) == 1:
            return Measure(codes.pop())
    desk.warn("measures", "Có biện pháp không có trong danh mục: ghi là biện pháp khác.")
    return Measure(OTHER_MEASURE, text)


def _begins_alike(known: str, wanted: str) -> bool:
    return len(wanted) >= SHORTEST and (known.startswith(wanted) or wanted.startswith(f"{known} "))
