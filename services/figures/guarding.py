"""Protection: measures applied, and the people beside the person received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from db.people import PersonKind
from services import law
from services.figures.view import Figure, View

OTHER = "other"  # a measure in the office's own words, which figures do not repeat
OTHER_LABEL = "Biện pháp khác"


@dataclass(frozen=True)
class Measure:
    """One kind of measure: applications, and the different persons they protect."""

    key: str
    label: str
    times: int
    persons: int


@Figure
def measures(view: View) -> tuple[Measure, ...]:
    """Measures applied in the period, in the order of their codes; those never applied are left out."""
    guarded = view.facts.guarded
    during = view.during(guarded)
    found = []
    for number, key in enumerate(guarded.measure.values):
        which = during & (guarded.measure.codes == number)
        if which.any():
            label = OTHER_LABEL if key == OTHER else law.caption(key)
            found.append(Measure(key, label, int(which.sum()), len(np.unique(guarded.subject[which]))))
    return tuple(sorted(found, key=lambda measure: (measure.key == OTHER, measure.key)))


@Figure
def persons_guarded(view: View) -> int:
    """Different persons to whom any measure was applied in the period."""
    guarded = view.facts.guarded
    return len(np.unique(guarded.subject[view.during(guarded)]))


@Figure
def companions(view: View) -> Mapping[PersonKind, int]:
    """Accompanying minors and relatives in the files received in the period: outside `received`."""
    beside = view.facts.beside
    during = view.during(beside)
    counts = dict.fromkeys((PersonKind.ACCOMPANYING_MINOR, PersonKind.RELATIVE), 0)
    for number, key in enumerate(beside.kind.values):
        counts[PersonKind(key)] += int(np.sum(during & (beside.kind.codes == number)))
    return counts
