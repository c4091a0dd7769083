"""One row of the register, typed, and as it is written out: two rows are the same when written the same."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from db.cases import Place, Purpose, Way
from db.fields import PartialDate
from db.people import Sex
from db.support import FundSource, SupportKind
from db.verification import Outcome
from services import law
from services.importing.cells import Support
from services.importing.directory import Directory
from services.importing.form import BY_KEY, FORM, SUPPORTS, Reads
from services.text import clean, vn_date, vn_number

OUTSIDE = "Ngoài tỉnh"
YES, NO = "Có", "Không"
OTHER_MEASURE = "other"
NEEDED, REFUSED_WORD, GIVEN_WORD = "Có nhu cầu", "Từ chối", "x"

Written = str | int | date | None


@dataclass(frozen=True, order=True)
class Measure:
    """A code of the law's list, or `other` with its text."""

    code: str
    text: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """What one row says. Texts are clean; `measures` are sorted, so their order says nothing."""

    received_on: date
    unit_id: int
    full_name: str
    way: Way | None = None
    sex: Sex | None = None
    birth: PartialDate | None = None
    ethnic: str | None = None
    identity_number: str | None = None
    home_district_id: int | None = None
    home_commune_id: int | None = None
    home_commune_text: str | None = None
    home_province: str | None = None
    place: Place | None = None
    country: str | None = None
    province: str | None = None
    purpose: Purpose | None = None
    requested_on: date | None = None
    verifier_id: int | None = None
    concluded_on: date | None = None
    outcome: Outcome | None = None
    paper_number: str | None = None
    needs_protection: bool = False
    measured_on: date | None = None
    measures: tuple[Measure, ...] = ()
    supports: Mapping[SupportKind, Support] = field(default_factory=dict)
    delivered_on: date | None = None
    fund: FundSource | None = None
    note: str | None = None


def written(row: RegisterRow, known: Directory) -> dict[str, Written]:
    """Column key → what stands in the register: dates and amounts as such, the rest as text."""
    name = known.names.get
    cells: dict[str, Written] = {
        "received_on": row.received_on,
        "unit": name(row.unit_id),
        "way": _label(row.way),
        "full_name": row.full_name,
        "sex": _label(row.sex),
        "birth": _birth(row.birth),
        "ethnic": row.ethnic,
        "identity_number": row.identity_number,
        "district": _district(row, known),
        "commune": name(row.home_commune_id) if row.home_commune_id else row.home_commune_text,
        "place": _place(row, known),
        "purpose": _label(row.purpose),
        "requested_on": row.requested_on,
        "verifier": name(row.verifier_id) if row.verifier_id else None,
        "concluded_on": row.concluded_on,
        "outcome": _label(row.outcome),
        "paper_number": row.paper_number,
        "needs_protection": YES if row.needs_protection else NO,
        "measured_on": row.measured_on,
        "measures": "; ".join(measure_words(measure) for measure in row.measures) or None,
        "delivered_on": row.delivered_on,
        "fund": _label(row.fund),
        "note": row.note,
    }
    for kind, column in SUPPORTS.items():
        cells[column.key] = _support(row.supports.get(kind)) if kind else None
    return cells


def differing(new: Mapping[str, Written], old: Mapping[str, Written], given: frozenset[str]) -> list[str]:
    """Keys of the columns the register has (`given`) in which two rows do not say the same."""
    keys = (column.key for column in FORM if column.key in given and column.reads is not Reads.ORDER)
    return [key for key in keys if not _same(new[key], old[key])]


def applies(key: str, before: Written, after: Written) -> bool:
    """Whether an update may put `after` in the place of `before`: a register erases nothing that was entered,
    neither by an empty cell nor by saying that a support already given is still a need."""
    if after is None or after == "" or (key == "needs_protection" and after == NO):
        return False
    given = before == GIVEN_WORD or isinstance(before, int)
    return not (BY_KEY[key].reads is Reads.SUPPORT and given and after in (NEEDED, REFUSED_WORD))


def spoken(value: Written) -> str:
    """A written cell in words, for a list of differences."""
    if isinstance(value, date):
        return vn_date(value)
    return vn_number(value) if isinstance(value, int) else (value or "")


def measure_words(measure: Measure) -> str:
    """The short words registers use for a measure, without the sign that separates measures."""
    if measure.code == OTHER_MEASURE:
        return measure.text
    for regime in law.Regime:
        for known in law.measures(regime):
            if known.code == measure.code:
                return (known.spellings or (known.vi,))[0].replace(";", ",")
    return measure.code


def as_json(row: RegisterRow) -> dict[str, Any]:
    """Plain values, for the sealed before and after of an update."""
    values: dict[str, Any] = {f.name: _plain(getattr(row, f.name)) for f in fields(row)}
    values["measures"] = [[m.code, m.text] for m in row.measures]
    values["supports"] = {k.value: [s.delivered, s.refused, s.amount] for k, s in row.supports.items()}
    return values


def from_json(values: Mapping[str, Any]) -> RegisterRow:
    """The inverse of `as_json`."""
    made = dict(values)
    for key in ("received_on", "requested_on", "concluded_on", "measured_on", "delivered_on"):
        made[key] = date.fromisoformat(made[key]) if made[key] else None
    for key, kind in _CODED.items():
        made[key] = kind(made[key]) if made[key] is not None else None
    made["measures"] = tuple(Measure(code, text) for code, text in made["measures"])
    made["supports"] = {SupportKind(k): Support(*s) for k, s in made["supports"].items()}
    return RegisterRow(**made)


_CODED: dict[str, Any] = {
    "way": Way,
    "sex": Sex,
    "birth": PartialDate,
    "place": Place,
    "purpose": Purpose,
    "outcome": Outcome,
    "fund": FundSource,
}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def _label(value: Any) -> str | None:
    return None if value is None else str(value.label)


def _birth(birth: PartialDate | None) -> Written:
    if birth is None:
        return None
    return date.fromisoformat(birth) if len(birth) == len("yyyy-mm-dd") else vn_date(birth)


def _district(row: RegisterRow, known: Directory) -> str | None:
    if row.home_district_id:
        return known.names.get(row.home_district_id)
    if row.home_province is None:
        return None
    return f"{OUTSIDE} – {row.home_province}"


def _place(row: RegisterRow, known: Directory) -> str | None:
    if row.place is Place.ABROAD:
        return row.country or Place.ABROAD.label
    if row.place is Place.DOMESTIC:
        return row.province or Place.DOMESTIC.label
    if row.place is Place.IN_PROVINCE:
        return known.home_name(row.received_on)
    return _label(row.place)


def _support(support: Support | None) -> Written:
    if support is None:
        return None
    if support.delivered:
        return support.amount or GIVEN_WORD
    return REFUSED_WORD if support.refused else NEEDED


def _same(one: Written, other: Written) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or _heard(one) == _heard(other)
    return one == other or (not one and not other)


def _heard(text: str) -> list[tuple[str, list[str]]]:
    """Case, spaces, and where a tone mark sits (`hòa`, `hoà`) say nothing; the marks themselves do."""
    words = []
    for part in unicodedata.normalize("NFD", clean(text).casefold()).split():
        marks = sorted(c for c in part if unicodedata.combining(c))
        words.append(("".join(c for c in part if not unicodedata.combining(c)), marks))
    return words
