"""Breakdowns of `received` and of `concluded.victim`. Each sums to its total; the unknown has a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from db.base import table_of
from db.cases import Case, Place, Purpose, Way
from db.fields import LabelledEnum, info
from db.people import Person, Sex
from services.ages import AgeBand
from services.figures.account import victims
from services.figures.facts import OUTSIDE, Coded
from services.figures.view import Figure, View
from services.text import fold

UNKNOWN = Place.UNKNOWN.label
OUTSIDE_LABEL = "Ngoài tỉnh"
HOME_COUNTRY = "Việt Nam"

Tally = Mapping[Any, tuple[int, int]]  # stored value → (received, victims)


@dataclass(frozen=True)
class Share:
    key: str
    label: str
    received: int
    victims: int


@dataclass(frozen=True)
class Breakdown:
    key: str
    title: str
    shares: tuple[Share, ...]

    @property
    def received(self) -> int:
        return sum(share.received for share in self.shares)

    @property
    def victims(self) -> int:
        return sum(share.victims for share in self.shares)


def _label(model: Any, name: str) -> str:
    return str(info(table_of(model).c[name])["label"])


@Figure
def breakdowns(view: View) -> tuple[Breakdown, ...]:
    """Sex, age, ethnic group, district of residence, country, purpose, receiving unit, way, place."""
    files = view.facts.files
    return (
        _of_enum(view, "sex", _label(Person, "sex"), Sex, files.sex),
        _of_enum(view, "age", "Độ tuổi khi tiếp nhận", AgeBand, files.age),
        _of_words(view, "ethnic", _label(Person, "ethnic"), files.ethnic),
        _of_homes(view),
        _of_words(view, "country", "Nơi bị mua bán theo nước", _countries(view)),
        _of_enum(view, "purpose", _label(Case, "purpose"), Purpose, files.purpose),
        _of_units(view),
        _of_enum(view, "way", _label(Case, "way"), Way, files.way),
        _of_enum(view, "place", _label(Case, "place"), Place, files.place),
    )


def _tally(view: View, column: Coded) -> Tally:
    received = np.bincount(column.codes[view.received], minlength=len(column.values)).tolist()
    concluded = np.bincount(column.codes[victims(view)], minlength=len(column.values)).tolist()
    return dict(zip(column.values, zip(received, concluded, strict=True), strict=True))


def _share(key: str, label: str, counts: Iterable[tuple[int, int]]) -> Share:
    pairs = list(counts)
    return Share(key, label, sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs))


def _of_enum(view: View, key: str, title: str, enum: type[LabelledEnum], column: Coded) -> Breakdown:
    """Every member has its line, the unknown the last."""
    tally = _tally(view, column)
    shares = [
        _share(member.value, member.label, [tally.get(member.value, (0, 0))])
        for member in enum
        if member.value != "unknown"
    ]
    missing = [tally.get(value, (0, 0)) for value in ("unknown", None)]
    return Breakdown(key, title, (*shares, _share("unknown", UNKNOWN, missing)))


def _of_words(view: View, key: str, title: str, column: Coded) -> Breakdown:
    """Words people typed: one line whatever the case and marks, under the spelling used most."""
    tally = _tally(view, column)
    groups: dict[str, Counter[str]] = {}
    for word, pair in tally.items():
        if word:
            groups.setdefault(fold(word), Counter())[word] += sum(pair)
    shares = [
        _share(folded, _usual(spellings), [tally[word] for word in spellings])
        for folded, spellings in groups.items()
    ]
    missing = [tally[word] for word in tally if not word]
    return Breakdown(key, title, (*_by_size(shares), _share("unknown", UNKNOWN, missing)))


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], word))


def _countries(view: View) -> Coded:
    """The country of each file's place: Việt Nam unless it lies abroad."""
    place, country = view.facts.files.place, view.facts.files.country
    inside = np.array([value in (Place.DOMESTIC, Place.IN_PROVINCE) for value in place.values], bool)
    values = tuple(dict.fromkeys((*country.values, HOME_COUNTRY)))
    if not len(place.codes):
        return Coded(country.codes, values)
    return Coded(np.where(inside[place.codes], values.index(HOME_COUNTRY), country.codes), values)


def _of_homes(view: View) -> Breakdown:
    """Every district of the period; other areas (communes since 01/7/2025) when somebody lives there."""
    tally, areas = _tally(view, view.facts.files.home), view.facts.areas
    shown = [
        _share(str(key), area.name, [tally.get(key, (0, 0))])
        for key, area in areas.items()
        if tally.get(key, (0, 0)) != (0, 0)
        or (
            area.is_district
            and (area.valid_from is None or area.valid_from <= view.as_of)
            and (area.valid_to is None or area.valid_to >= view.start)
        )
    ]
    outside = _share("outside", OUTSIDE_LABEL, [tally.get(OUTSIDE, (0, 0))])
    unknown = _share("unknown", UNKNOWN, [tally.get(None, (0, 0))])
    return Breakdown("district", "Nơi cư trú", (*shown, outside, unknown))


def _of_units(view: View) -> Breakdown:
    tally, names = _tally(view, view.facts.files.unit), view.facts.units
    shares = _by_size(_share(str(key), names[key], [pair]) for key, pair in tally.items())
    return Breakdown("unit", _label(Case, "unit_id"), shares)


def _by_size(shares: Iterable[Share]) -> tuple[Share, ...]:
    """The largest first; those with nobody are left out."""
    found = [share for share in shares if share.received or share.victims]
    return tuple(sorted(found, key=_size))


def _size(share: Share) -> tuple[int, int, str]:
    return -share.received, -share.victims, fold(share.label)
