"""The facts that figures count, as columns: read once, kept until the next change.

Every figure of every period is a sum over the same few columns, so they are kept as arrays in the
office's memory (row objects are hundreds of times slower). The trail names the state of the data: each
change of a record adds an entry to it, so the last entry's mark says whether what is kept is still true.
No name, number or other sealed text is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from db.base import table_of
from db.support import SupportKind
from db.trail import Action, TrailEntry
from db.verification import Outcome
from services.work import Work

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

OUTSIDE = 0  # stands for a home outside the province: no area has this id
NEVER = date.max.toordinal() + 1  # a day that has not come; days are ordinals
KINDS = tuple(SupportKind)
OUTCOMES = tuple(Outcome)
_CHANGES = (Action.CREATE, Action.UPDATE, Action.DELETE)


@dataclass(frozen=True)
class Coded:
    """A column of few values: `values[codes[i]]` is what stands in line i (None: not known)."""

    codes: Ints
    values: tuple[Any, ...]

    @classmethod
    def of(cls, values: Iterable[Any]) -> Coded:
        known: dict[Any, int] = {}
        codes = [known.setdefault(value, len(known)) for value in values]
        return cls(np.array(codes, np.int64), tuple(known))


@dataclass(frozen=True)
class Files:
    """One line a case file."""

    ids: Ints
    received: Ints
    subject: Ints  # the person, the same in several files of one person
    age: Coded  # AgeBand on the day of reception
    unit: Coded
    way: Coded
    place: Coded
    country: Coded
    purpose: Coded
    home: Coded  # id of the area; OUTSIDE the province; None: not known
    sex: Coded
    ethnic: Coded


@dataclass(frozen=True)
class Dated:
    """Dated facts of files; `file` is the line in `Files`."""

    file: Ints
    day: Ints


@dataclass(frozen=True)
class Concluded(Dated):
    outcome: Ints  # place in OUTCOMES


@dataclass(frozen=True)
class Needed(Dated):
    kind: Ints  # place in KINDS
    refused: Ints  # day of the refusal, NEVER: not refused


@dataclass(frozen=True)
class Delivered(Dated):
    """`amount` is signed; a correction stands on the day of the delivery it corrects."""

    kind: Ints
    amount: Ints
    fund: Coded
    correction: Flags


@dataclass(frozen=True)
class Threatened(Dated):
    """A person's need of protection."""

    person: Ints  # the row of the person in this file
    refused: Ints


@dataclass(frozen=True)
class Guarded(Dated):
    """A measure applied to a person."""

    person: Ints
    subject: Ints
    measure: Coded


@dataclass(frozen=True)
class Beside(Dated):
    """Accompanying minors and relatives, on the day of the reception."""

    kind: Coded


@dataclass(frozen=True)
class Home:
    """An area, as a name to be shown."""

    name: str
    is_district: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Facts:
    units: Mapping[int, str]
    areas: Mapping[int, Home]  # in the order of their codes
    files: Files
    requests: Dated
    conclusions: Concluded
    reopenings: Dated
    needs: Needed
    deliveries: Delivered
    threatened: Threatened
    guarded: Guarded
    beside: Beside


def facts_of(work: Work) -> Facts:
    """The facts as this transaction sees them."""
    from services.figures.reading import read  # the selects need the shapes above

    mark = _mark(work)
    kept: tuple[str, Facts] | None = work.office.memory.get("facts")
    if kept and kept[0] == mark:
        return kept[1]
    facts = read(work.session.connection())
    if _mark(work) == mark:  # else somebody's change came in between: right for now, not to be kept
        work.office.memory["facts"] = (mark, facts)
    return facts


def _mark(work: Work) -> str:
    trail = table_of(TrailEntry).c
    last = sa.select(trail.mac).where(trail.action.in_(_CHANGES)).order_by(trail.seq.desc()).limit(1)
    if work.write:
        work.session.flush()
    return work.session.connection().scalar(last) or ""
