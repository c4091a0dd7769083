"""The course of a file: which conclusions and reopenings took effect.

A file is concluded when it is open and reopened when it is concluded; so the account always balances.
A conclusion of a concluded file, or a reopening of an open one, changes nothing and is not counted.
A fact dated before the reception (kept by the import, with a warning) takes effect with the reception.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from services.figures.facts import Concluded, Dated, Flags, Ints


def effective(received: Ints, conclusions: Concluded, reopenings: Dated) -> tuple[Concluded, Dated]:
    """Those that took effect, on the days they did. In: each in the order it was written down within a day."""
    concluded_on = np.maximum(conclusions.day, received[conclusions.file])
    reopened_on = np.maximum(reopenings.day, received[reopenings.file])
    keep_c = np.ones(len(concluded_on), bool)
    keep_r = np.zeros(len(reopened_on), bool)
    times = np.bincount(conclusions.file, minlength=len(received))
    winding = np.union1d(np.flatnonzero(times > 1), reopenings.file)  # all others: concluded once or not at all
    by_file_c, by_file_r = _grouped(conclusions.file, winding), _grouped(reopenings.file, winding)
    for file in winding.tolist():
        _follow(by_file_c[file], by_file_r[file], concluded_on, reopened_on, keep_c, keep_r)
    return (
        Concluded(conclusions.file[keep_c], concluded_on[keep_c], conclusions.outcome[keep_c]),
        Dated(reopenings.file[keep_r], reopened_on[keep_r]),
    )


def _grouped(files: Ints, wanted: Ints) -> dict[int, list[int]]:
    groups: dict[int, list[int]] = {file: [] for file in wanted.tolist()}
    for line in np.flatnonzero(np.isin(files, wanted)).tolist():
        groups[int(files[line])].append(line)
    return groups


def _follow(
    conclusions: Sequence[int],
    reopenings: Sequence[int],
    concluded_on: Ints,
    reopened_on: Ints,
    keep_c: Flags,
    keep_r: Flags,
) -> None:
    """One file, day by day; on one day first what its state allows."""
    ends = sorted(conclusions, key=lambda line: int(concluded_on[line]))
    starts = sorted(reopenings, key=lambda line: int(reopened_on[line]))
    is_open = True
    while ends or starts:
        day = min([int(concluded_on[line]) for line in ends[:1]] + [int(reopened_on[line]) for line in starts[:1]])
        may_end = bool(ends) and concluded_on[ends[0]] == day
        may_start = bool(starts) and reopened_on[starts[0]] == day
        if may_end and (is_open or not may_start):
            keep_c[ends.pop(0)] = is_open
            is_open = False
        else:
            keep_r[starts.pop(0)] = not is_open
            is_open = True
