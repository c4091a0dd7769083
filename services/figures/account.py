"""The account of cases, and the victims by how they were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from db.cases import Place, Way
from db.fields import LabelledEnum
from db.verification import Outcome
from services.figures.facts import OUTCOMES, Flags, Ints
from services.figures.view import Figure, View


class Line(LabelledEnum):
    """The five lines of the plan, II.1.b, with every way that each of them counts."""

    ABROAD_HANDOVER = "abroad_handover", "Từ nước ngoài trở về qua trao trả chính thức, giải cứu"
    ABROAD_SELF_RETURN = "abroad_self_return", "Từ nước ngoài tự trở về, tự đến trình báo"
    DOMESTIC_RESCUED = "domestic_rescued", "Bị mua bán trong nước, được giải cứu, trao trả"
    DOMESTIC_SELF_REPORTED = "domestic_self_reported", "Bị mua bán trong nước, tự trở về, tự đến trình báo"
    IN_PROVINCE = "in_province", "Bị mua bán tại tỉnh"
    UNKNOWN = "unknown", "Chưa rõ"


FIVE = tuple(line for line in Line if line is not Line.UNKNOWN)
_BROUGHT, _CAME = (Way.HANDOVER, Way.RESCUED), (Way.SELF_RETURN, Way.SELF_REPORT)


def line_of(place: Place | str | None, way: Way | str | None) -> Line:
    """The line a file stands in, from its two stored facts; `UNKNOWN` when one it needs is missing."""
    if place == Place.IN_PROVINCE:
        return Line.IN_PROVINCE
    if way not in (*_BROUGHT, *_CAME):
        return Line.UNKNOWN
    if place == Place.ABROAD:
        return Line.ABROAD_HANDOVER if way in _BROUGHT else Line.ABROAD_SELF_RETURN
    if place == Place.DOMESTIC:
        return Line.DOMESTIC_RESCUED if way in _BROUGHT else Line.DOMESTIC_SELF_REPORTED
    return Line.UNKNOWN


@dataclass(frozen=True)
class Account:
    """`opening + received + reopened = concluded + closing`, always."""

    opening: int
    received: int
    reopened: int
    victim: int
    not_victim: int
    insufficient: int
    closing: int
    persons: int  # different persons among the received

    @property
    def concluded(self) -> int:
        return self.victim + self.not_victim + self.insufficient


@Figure
def account(view: View) -> Account:
    """Counts of files; a file concluded, reopened and concluded again counts each time."""
    files, ended, again = view.facts.files, view.facts.conclusions, view.facts.reopenings
    in_period = np.bincount(ended.outcome[view.during(ended)], minlength=len(OUTCOMES))
    opening = (
        _count(view.counted & view.before(files.received))
        + _count(view.of_counted(again) & view.before(again.day))
        - _count(view.of_counted(ended) & view.before(ended.day))
    )
    closing = (
        _count(view.counted & view.known(files.received))
        + _count(view.of_counted(again) & view.known(again.day))
        - _count(view.of_counted(ended) & view.known(ended.day))
    )
    outcomes = {outcome.value: int(in_period[OUTCOMES.index(outcome)]) for outcome in Outcome}
    return Account(
        opening=opening,
        received=_count(view.received),
        reopened=_count(view.during(again)),
        closing=closing,
        persons=len(np.unique(files.subject[view.received])),
        **outcomes,
    )


@Figure
def lines(view: View) -> Mapping[Line, int]:
    """Conclusions *victim* dated in the period. The five sum to `concluded.victim`
    (`UNKNOWN` stays 0: such a conclusion requires both facts)."""
    return _by_line(view, victims(view))


@Figure
def received_lines(view: View) -> Mapping[Line, int]:
    """Files received in the period, by the same lines and *chưa rõ*."""
    return _by_line(view, np.flatnonzero(view.received))


def victims(view: View) -> Ints:
    """The files of the conclusions *victim* dated in the period, one entry a conclusion."""
    ended = view.facts.conclusions
    which = view.during(ended) & (ended.outcome == OUTCOMES.index(Outcome.VICTIM))
    files: Ints = ended.file[which]
    return files


def _count(which: Flags) -> int:
    return int(np.count_nonzero(which))


def _by_line(view: View, files: Ints) -> Mapping[Line, int]:
    place, way = view.facts.files.place, view.facts.files.way
    pairs = place.codes[files] * len(way.values) + way.codes[files]
    counts = dict.fromkeys(Line, 0)
    for pair, count in zip(*np.unique(pairs, return_counts=True), strict=True):
        at, how = divmod(int(pair), len(way.values))
        counts[line_of(place.values[at], way.values[how])] += int(count)
    return counts
