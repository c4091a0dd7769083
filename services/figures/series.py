"""The same figures over the parts of a period: month by month, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services import periods
from services.figures.account import account
from services.figures.money import money
from services.figures.view import Figure, Span, View


@dataclass(frozen=True)
class Point:
    """One part of the period; `label` as short as a chart needs it."""

    label: str
    received: int
    concluded: int
    victims: int
    money: int


@Figure
def monthly(view: View) -> tuple[Point, ...]:
    """Month by month, up to the day of the figures."""
    return _points(view, ((f"{m.end.month:02d}/{m.end.year}", m) for m in _months(view)))


@Figure
def yearly(view: View) -> tuple[Point, ...]:
    """Year by year."""
    spans = ((str(year.key), year) for year in _years(view))
    return _points(view, spans)


def _months(view: View) -> tuple[periods.Period, ...]:
    return periods.months(periods.days(view.start, view.end))


def _years(view: View) -> Iterable[periods.Period]:
    return (periods.years(year, year) for year in range(view.start.year, view.end.year + 1))


def _points(view: View, spans: Iterable[tuple[str, Span]]) -> tuple[Point, ...]:
    return tuple(
        _point(label, view.over(span.start, span.end)) for label, span in spans if span.start <= view.as_of
    )


def _point(label: str, view: View) -> Point:
    counts = account.of(view)
    return Point(label, counts.received, counts.concluded, counts.victim, money.of(view).total)
