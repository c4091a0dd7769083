"""The filters of the list of files, as data: each a coded fact that may stand in an address."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.cases import Case
from db.fields import LabelledEnum, info
from db.people import Person
from services.cases import SORTS, CaseFilter
from services.errors import Invalid
from services.registers.choices import district_choices, unit_choices
from services.registers.core import Choice
from services.text import parse_date
from services.work import Work
from services.worklists import Where

OUTSIDE = "outside"


@dataclass(frozen=True)
class Filter:
    """One list to choose from. `fact`: the field of CaseFilter it fills."""

    name: str
    fact: str
    label: str
    options: Callable[[Work], Sequence[Choice]]


def _fixed(source: Any) -> Callable[[Work], Sequence[Choice]]:
    members: type[LabelledEnum] = info(source)["choices"]
    found = [Choice(member.value, member.label, member) for member in members]
    return lambda work: found


def _filter(name: str, source: Any, options: Callable[[Work], Sequence[Choice]] | None = None) -> Filter:
    return Filter(name, str(source.key), str(info(source)["label"]), options or _fixed(source))


def _districts(work: Work) -> Sequence[Choice]:
    return [*district_choices(work), Choice(OUTSIDE, "Ngoài tỉnh", OUTSIDE)]


UNIT = _filter("unit", Case.unit_id, unit_choices)
DISTRICT = _filter("district", Case.home_district_id, _districts)
MAIN = (_filter("state", Case.state), DISTRICT)
MORE = (
    UNIT,
    _filter("way", Case.way),
    _filter("place", Case.place),
    _filter("purpose", Case.purpose),
    _filter("sex", Person.sex),
)
DAYS = {"from": "Tiếp nhận từ ngày", "to": "đến hết ngày"}
SORT = Filter(
    "sort", "", "Sắp xếp", lambda work: [Choice(code, label, code) for code, (label, _) in SORTS.items()]
)
NAMES = (*(one.name for one in (*MAIN, *MORE)), *DAYS, SORT.name)


def wanted(work: Work, codes: Mapping[str, str], text: str = "") -> CaseFilter:
    """The filter behind an address's codes. What is not known, or not a day, narrows nothing."""
    facts: dict[str, Any] = {}
    for one in (*MAIN, *MORE):
        for choice in one.options(work):
            if choice.code == codes.get(one.name):
                facts[one.fact] = choice.value
    facts["district_id"] = facts.pop("home_district_id", None)
    if facts["district_id"] == OUTSIDE:
        facts |= {"district_id": None, "outside": True}
    for name in DAYS:
        try:
            facts[f"received_{name}"] = parse_date(codes[name]) if codes.get(name) else None
        except Invalid:
            facts[f"received_{name}"] = None
    return CaseFilter(text=text, **facts)


def where(work: Work, codes: Mapping[str, str]) -> Where:
    """What a work list is narrowed to, from an address's codes."""
    found: dict[str, int | None] = {}
    for one in (UNIT, DISTRICT):
        values = {choice.code: choice.value for choice in one.options(work) if choice.value != OUTSIDE}
        found[one.name] = values.get(codes.get(one.name, ""))
    return Where(found[UNIT.name], found[DISTRICT.name])
