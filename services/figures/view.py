"""What one set of figures looks at: which files, from which day to which."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, update_wrapper
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import sqlalchemy as sa

from db.base import table_of
from db.cases import Case
from services.access import Right, in_area, require
from services.figures.facts import Dated, Facts, Flags, Ints, facts_of
from services.work import Work

T = TypeVar("T")


class Span(Protocol):
    """A period: both ends included."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


@dataclass(frozen=True, eq=False)
class View:
    """The facts of the files that count, seen from `start` to `as_of` (both included)."""

    facts: Facts
    counted: Flags  # one a file: received by the units asked for, and within the actor's area
    start: date
    end: date
    as_of: date
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # figures computed already

    def over(self, start: date, end: date) -> View:
        """The same files over other days, not looking past this view's own last day."""
        return View(self.facts, self.counted, start, end, min(end, self.as_of))

    def inside(self, days: Ints) -> Flags:
        """Days from the start to the day of the figures."""
        return (days >= self.start.toordinal()) & (days <= self.as_of.toordinal())

    def before(self, days: Ints) -> Flags:
        """Days before the start (and not after the day of the figures)."""
        return (days < self.start.toordinal()) & (days <= self.as_of.toordinal())

    def known(self, days: Ints) -> Flags:
        """Days up to the day of the figures."""
        return days <= self.as_of.toordinal()

    def of_counted(self, facts: Dated) -> Flags:
        """Which of these facts belong to files that count."""
        return self.counted[facts.file]

    def during(self, facts: Dated) -> Flags:
        """Which of these facts count in the period."""
        return self.of_counted(facts) & self.inside(facts.day)

    def having(self, facts: Dated, where: Flags | None = None) -> Flags:
        """One a file: whether it has such a fact by the day of the figures."""
        which = self.known(facts.day) if where is None else self.known(facts.day) & where
        found = np.zeros(len(self.counted), bool)
        found[facts.file[which]] = True
        return found

    @cached_property
    def received(self) -> Flags:
        """One a file: received in the period."""
        return self.counted & self.inside(self.facts.files.received)

    def ids(self, files: Flags) -> tuple[int, ...]:
        """The case ids of these files, in the order of their reception."""
        lines = np.flatnonzero(files)
        order = np.argsort(self.facts.files.received[lines], kind="stable")
        return tuple(self.facts.files.ids[lines[order]].tolist())


def look(
    work: Work,
    period: Span,
    *,
    as_of: date | None = None,
    units: Collection[int] | None = None,
    right: Right = Right.STATISTICS,
) -> View:
    """A view of a period. `units`: only files received by these units. Raises Refused without `right`."""
    require(work, right)
    facts = facts_of(work)
    counted = _allowed(work, right, facts)
    if units is not None:
        wanted = np.array([unit in units for unit in facts.files.unit.values], bool)
        counted = counted & wanted[facts.files.unit.codes]
    day = min(period.end, as_of or work.today, work.today)
    return View(facts, counted, period.start, period.end, day)


def _allowed(work: Work, right: Right, facts: Facts) -> Flags:
    """The files this actor may count: those in the area where the right is held."""
    condition = in_area(work, right)
    if isinstance(condition, sa.True_):
        return np.ones(len(facts.files.ids), bool)
    found: Any = work.session.connection().scalars(sa.select(table_of(Case).c.id).where(condition))
    return np.isin(facts.files.ids, np.fromiter(found, np.int64))


class Figure(Generic[T]):
    """A figure: asked of the work and a period, or `of` a view that is there already."""

    def __init__(self, compute: Callable[[View], T]) -> None:
        self._compute = compute
        update_wrapper(self, compute)

    def of(self, view: View) -> T:
        """The figure of a view; computed once."""
        if self not in view.kept:
            view.kept[self] = self._compute(view)
        found: T = view.kept[self]
        return found

    def __call__(
        self,
        work: Work,
        period: Span,
        *,
        as_of: date | None = None,
        units: Collection[int] | None = None,
        right: Right = Right.STATISTICS,
    ) -> T:
        return self.of(look(work, period, as_of=as_of, units=units, right=right))
