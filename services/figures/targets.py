"""The four 100 % targets of the plan: how many were met, and for each that was not, why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from db.fields import LabelledEnum
from db.support import INITIAL_KINDS
from db.verification import Outcome
from services.figures.account import victims
from services.figures.facts import KINDS, OUTCOMES, Flags
from services.figures.view import Figure, View


class TargetKey(LabelledEnum):
    """In the plan's own words, II.1.a and II.2.a."""

    VERIFICATION = "verification", "Trường hợp đã tiếp nhận được tiến hành các thủ tục xác minh, xác định nạn nhân"
    INITIAL_SUPPORT = "initial_support", "Trường hợp đã tiếp nhận được hưởng các chế độ hỗ trợ ban đầu"
    PROTECTION = "protection", "Nạn nhân và người thân có nhu cầu được bảo vệ an toàn"
    SUPPORT = "support", "Nạn nhân có nhu cầu được hỗ trợ chế độ"


class Reason(LabelledEnum):
    """Why a target is not met for a file."""

    NOT_DONE = "not_done", "chưa làm"
    NO_NEED = "no_need", "không có nhu cầu"
    REFUSED = "refused", "từ chối"


@dataclass(frozen=True)
class Missed:
    case_id: int
    reason: Reason


@dataclass(frozen=True)
class Target:
    """`met` of `of`. Files, except protection, where each person in need counts (the victim, relatives)."""

    key: TargetKey
    met: int
    of: int
    missed: tuple[Missed, ...]
    waiting: tuple[int, ...] = ()  # case ids of earlier periods still waiting (support)

    @property
    def reasons(self) -> Mapping[Reason, int]:
        found = Counter(missed.reason for missed in self.missed)
        return {reason: found[reason] for reason in Reason}


@Figure
def targets(view: View) -> Mapping[TargetKey, Target]:
    """All four, as of the day of the figures."""
    found = _verification(view), _initial_support(view), _protection(view), _support(view)
    return {target.key: target for target in found}


def _verification(view: View) -> Target:
    asked = view.having(view.facts.requests) | view.having(view.facts.conclusions)
    missed = _because(view, view.received & ~asked, Reason.NOT_DONE)
    return _target(TargetKey.VERIFICATION, view.received, view.received & asked, missed)


def _initial_support(view: View) -> Target:
    kinds = [KINDS.index(kind) for kind in INITIAL_KINDS]
    needs, given = view.facts.needs, view.facts.deliveries
    initial = np.isin(needs.kind, kinds)
    served = view.having(given, np.isin(given.kind, kinds) & ~given.correction)
    wanted = view.having(needs, initial & ~view.known(needs.refused))
    refused = view.having(needs, initial & view.known(needs.refused))
    left = view.received & ~served
    missed = (
        *_because(view, left & wanted, Reason.NOT_DONE),
        *_because(view, left & ~wanted & ~refused, Reason.NO_NEED),
        *_because(view, left & ~wanted & refused, Reason.REFUSED),
    )
    return _target(TargetKey.INITIAL_SUPPORT, view.received, view.received & served, missed)


def _protection(view: View) -> Target:
    danger, guarded = view.facts.threatened, view.facts.guarded
    known = view.known(danger.day) & view.received[danger.file]
    persons, first = np.unique(danger.person[known], return_index=True)
    files = danger.file[known][first]
    wanting = danger.person[known & ~view.known(danger.refused)]
    safe = np.isin(persons, guarded.person[view.known(guarded.day)])
    refused = ~safe & ~np.isin(persons, wanting)
    ids = view.facts.files.ids
    missed = tuple(
        Missed(case_id, reason)
        for which, reason in ((~safe & ~refused, Reason.NOT_DONE), (refused, Reason.REFUSED))
        for case_id in ids[files[which]].tolist()
    )
    return Target(TargetKey.PROTECTION, int(np.sum(safe)), len(persons), missed)


def _support(view: View) -> Target:
    """A delivery implies a need; a kind refused and not delivered is no need."""
    concluded = np.zeros(len(view.counted), bool)
    concluded[victims(view)] = True
    some, unmet = _unmet(view)
    of, met = concluded & some, concluded & some & ~unmet
    missed = _because(view, of & ~met, Reason.NOT_DONE)
    waiting = view.ids(_victims_today(view) & unmet & ~concluded)
    return _target(TargetKey.SUPPORT, of, met, missed, waiting)


def _unmet(view: View) -> tuple[Flags, Flags]:
    """One a file: whether it has a need that was not refused; whether one of them is not met."""
    needs, given = view.facts.needs, view.facts.deliveries
    wanted = np.zeros((len(view.counted), len(KINDS)), bool)
    written, delivered = np.zeros_like(wanted), np.zeros_like(wanted)
    written[needs.file, needs.kind] = True
    wanted[given.file, given.kind] = ~written[given.file, given.kind]  # implied, so undated: since the reception
    asked = view.known(needs.day) & ~view.known(needs.refused)
    wanted[needs.file[asked], needs.kind[asked]] = True
    done = view.known(given.day) & ~given.correction
    delivered[given.file[done], given.kind[done]] = True
    return np.any(wanted | delivered, axis=1), np.any(wanted & ~delivered, axis=1)


def _victims_today(view: View) -> Flags:
    """One a counted file: its last conclusion is *victim*, as of the day of the figures."""
    ended, again = view.facts.conclusions, view.facts.reopenings
    known = view.known(ended.day)
    last = np.full(len(view.counted), -1)
    last[ended.file[known]] = ended.outcome[known]  # in the order of their days: the last one stays
    ends = np.bincount(ended.file[known], minlength=len(last))
    reopened = np.bincount(again.file[view.known(again.day)], minlength=len(last))
    victim: Flags = view.counted & (ends > reopened) & (last == OUTCOMES.index(Outcome.VICTIM))
    return victim


def _because(view: View, files: Flags, reason: Reason) -> tuple[Missed, ...]:
    return tuple(Missed(case_id, reason) for case_id in view.ids(files))


def _target(
    key: TargetKey, of: Flags, met: Flags, missed: tuple[Missed, ...], waiting: tuple[int, ...] = ()
) -> Target:
    return Target(key, int(np.sum(met)), int(np.sum(of)), missed, waiting)
