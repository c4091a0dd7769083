"""The figures, each defined once: every screen, report and command asks here.

A figure is a function of the work and a period: `account(work, period, as_of=…, units=…)`. Who needs
several of one period looks once and asks each `of` the view: `view = look(work, period)`, `account.of(view)`.
Only files within the actor's area count; `units` narrows further to files received by these units.
"""

from __future__ import annotations

from typing import Any

from db.verification import Outcome
from services.ages import AgeBand
from services.figures.account import FIVE, Account, Line, account, line_of, lines, received_lines
from services.figures.breakdowns import Breakdown, Share, breakdowns
from services.figures.guarding import Measure, companions, measures, persons_guarded
from services.figures.money import Amount, Delivery, Loans, Money, deliveries, loans, money, persons_served
from services.figures.series import Point, monthly, yearly
from services.figures.targets import Missed, Reason, Target, TargetKey, targets
from services.figures.view import Figure, View, look

__all__ = [
    "FIVE", "Account", "AgeBand", "Amount", "Breakdown", "Delivery", "Figure", "Line", "Loans", "Measure",
    "Missed", "Money", "Point", "Reason", "Share", "Target", "TargetKey", "View", "account", "as_json",
    "breakdowns", "companions", "deliveries", "line_of", "lines", "loans", "look", "measures", "money",
    "monthly", "persons_guarded", "persons_served", "received_lines", "targets", "yearly",
]  # fmt: skip


@Figure
def as_json(view: View) -> dict[str, Any]:
    """The figures of a period as `duongve stats --json` prints them."""
    counts, by_line, reached = account.of(view), lines.of(view), targets.of(view)
    return {
        "period": {"from": view.start.isoformat(), "to": view.end.isoformat()},
        "as_of": view.as_of.isoformat(),
        "received": counts.received,
        "opening": counts.opening,
        "reopened": counts.reopened,
        "closing": counts.closing,
        "concluded": {outcome.value: getattr(counts, outcome.value) for outcome in Outcome},
        "lines": {line.value: by_line[line] for line in FIVE},
        "targets": {key.value: {"met": target.met, "of": target.of} for key, target in reached.items()},
        "money": money.of(view).total,
        "loans": loans.of(view).total,
    }
