"""The values in force on a day: deadlines, norms, measures, evidence, papers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from services.law import model as m
from services.law.tables import make_deadline, make_holidays, make_norm, raw, rows

R = TypeVar("R", bound=m.RegimeRow)
FIRST_DAY_OF_B = date.fromisoformat(str(raw("eligibility")["transition"]["first_day_of_b"]))
LAST_DAY_OF_A = date.fromordinal(FIRST_DAY_OF_B.toordinal() - 1)
WORKING, MONTHS, HOURS = "ngày làm việc", "tháng", "giờ"  # the units an office may give a limit in


@dataclass(frozen=True, slots=True)
class Values:
    """All that holds on `day` for a case of `regime`."""

    day: date
    regime: m.Regime
    deadlines: tuple[m.Deadline, ...]
    norms: tuple[m.Norm, ...]
    measures: tuple[m.Measure, ...]
    rules: tuple[m.ProtectionRule, ...]
    deciders: tuple[m.Decider, ...]
    letters: tuple[m.SupportLetter, ...]
    groups: tuple[m.SupportGroup, ...]
    evidence_sources: tuple[m.EvidenceSource, ...]
    grounds: tuple[m.Ground, ...]
    fallbacks: tuple[m.Fallback, ...]
    papers: tuple[m.VictimPaper, ...]


def regime_of(identified_on: date) -> m.Regime:
    """Identified as a victim before 01/7/2025 → A for good (Luật 53/2024 Đ.63).

    Somebody not identified yet: the day the question is asked for.
    """
    return m.Regime.A if identified_on < FIRST_DAY_OF_B else m.Regime.B


@lru_cache(maxsize=1024)
def on(day: date, regime: m.Regime | None = None) -> Values:
    """The values in force on `day`; a case of regime A keeps, after 30/6/2025, those of that day."""
    regime = regime or regime_of(day)

    def held(found: Iterable[R]) -> tuple[R, ...]:
        return tuple(row for row in found if _holds(row, day, regime))

    return Values(
        day=day,
        regime=regime,
        deadlines=held(all_deadlines()),
        norms=held(all_norms()),
        measures=held(all_measures()),
        rules=held(rows("measures", "rule", m.ProtectionRule)),
        deciders=held(rows("measures", "decider", m.Decider)),
        letters=held(rows("eligibility", "regime_letter", m.SupportLetter)),
        groups=held(rows("eligibility", "group", m.SupportGroup)),
        evidence_sources=held(all_evidence_sources()),
        grounds=held(rows("evidence", "ground", m.Ground)),
        fallbacks=held(rows("evidence", "fallback", m.Fallback)),
        papers=held(all_papers()),
    )


def _holds(row: m.RegimeRow, day: date, regime: m.Regime) -> bool:
    if row.regime not in ("any", regime):
        return False
    return row.in_force(min(day, LAST_DAY_OF_A) if row.regime == m.Regime.A else day)


def all_deadlines() -> tuple[m.Deadline, ...]:
    return rows("deadlines", "deadline", make_deadline)


def all_norms() -> tuple[m.Norm, ...]:
    return rows("support_norms", "norm", make_norm)


def all_measures() -> tuple[m.Measure, ...]:
    return rows("measures", "measure", m.Measure)


def all_evidence_sources() -> tuple[m.EvidenceSource, ...]:
    return rows("evidence", "source_kind", m.EvidenceSource)


def all_papers() -> tuple[m.VictimPaper, ...]:
    return rows("evidence", "paper", m.VictimPaper)


def holiday_years() -> tuple[m.HolidayYear, ...]:
    return rows("holidays", "year", make_holidays)


def deadline(
    step: str, day: date, regime: m.Regime | None = None, office: Sequence[m.OfficeFigure] = ()
) -> m.Deadline | None:
    """The time limit of `step` for an event of `day`, or None when no such step exists then.

    `step` is a whole code ("A.VERIFY.POLICE") or, without its letter, what the regime calls so
    ("VERIFY.POLICE"): the rule made for victims comes before the general one (X.). `.limit` is None
    where the law gives no verified figure and `office` none either.
    """
    values = on(day, regime)
    names = (step, f"{values.regime}.{step}", f"X.{step}")
    found = next((row for name in names if (row := _latest(r for r in values.deadlines if r.step == name))), None)
    if found is None or found.limit is not None:
        return found
    figure = office_figure(f"deadline:{found.step}", day, office)
    return _filled(found, figure) if figure else found


def _filled(row: m.Deadline, figure: m.OfficeFigure) -> m.Deadline:
    unit = {MONTHS: m.LimitUnit.MONTH, HOURS: m.LimitUnit.HOUR}.get(figure.unit, m.LimitUnit.DAY)
    limit = m.Limit(figure.value, unit, figure.unit == WORKING)
    vi = f"{figure.value:02d} {figure.unit}"
    return replace(row, limit=limit, unit=unit, vi=vi, legal=(m.Citation(figure.document),), verified=True)


def norm(
    code: str, day: date, regime: m.Regime | None = None, office: Sequence[m.OfficeFigure] = ()
) -> m.Norm | None:
    """The norm `code` on `day`. `.amount` is None unless verified; a rate of the office comes first."""
    found = _latest(row for row in on(day, regime).norms if row.code == code)
    figure = office_figure(f"norm:{code}", day, office) if found else None
    if found is None or figure is None:
        return found
    return replace(
        found,
        basis=m.Basis.AMOUNT,
        amount=figure.value,
        bound=m.Bound.EXACT,
        legal=(m.Citation(figure.document),),
        verified=True,
    )


def norms_of(
    kind: str, day: date, regime: m.Regime | None = None, office: Sequence[m.OfficeFigure] = ()
) -> tuple[m.Norm, ...]:
    """The norms of one kind of support on `day`, each once."""
    codes = dict.fromkeys(row.code for row in on(day, regime).norms if row.kind == kind)
    found = (norm(code, day, regime, office) for code in codes)
    return tuple(row for row in found if row is not None)


def office_figure(key: str, day: date, office: Sequence[m.OfficeFigure]) -> m.OfficeFigure | None:
    """The value of the office for `key` that holds on `day`: the one with the latest effect. Of two with
    the same day, the one entered later corrects the other (`office` stands in the order of entering)."""
    valid = [figure for figure in reversed(office) if figure.key == key and figure.effective_from <= day]
    return max(valid, key=lambda figure: figure.effective_from, default=None)


def measures(regime: m.Regime) -> tuple[m.Measure, ...]:
    """The protection measures of a regime, in the order of the law."""
    return tuple(row for row in all_measures() if row.regime == regime)


def deciders(measure: str, regime: m.Regime) -> tuple[m.Decider, ...]:
    """Who may decide the measure (empty for B: the list of NĐ 162/2025 Đ.13 was not read)."""
    found = rows("measures", "decider", m.Decider)
    return tuple(row for row in found if row.regime == regime and measure in row.measures)


def eligible(group: str, regime: m.Regime) -> tuple[m.SupportLetter, ...]:
    """The regimes of support a group of people has a right to."""
    letters = rows("eligibility", "regime_letter", m.SupportLetter)
    groups = rows("eligibility", "group", m.SupportGroup)
    allowed = {code for row in groups if row.code == group and row.regime == regime for code in row.letters}
    return tuple(row for row in letters if row.code in allowed)


def caption(code: str) -> str:
    """The words for a stored code of a measure, an evidence source or a paper; the code if unknown."""
    return _captions().get(code, code)


@lru_cache
def _captions() -> dict[str, str]:
    found = {row.code: row.vi for row in all_measures()}
    found |= {row.code: row.vi for row in all_evidence_sources()}
    return found | {row.code: row.vi for row in all_papers()}


def holidays(office: Sequence[m.OfficeFigure] = ()) -> frozenset[date]:
    """Public holidays known: the verified years, and the days the office entered (key "holiday"; of two rows
    for one day the later holds, and its value says whether it is a holiday: 0 takes it back)."""
    entered = {figure.effective_from: figure.value for figure in office if figure.key == "holiday"}
    known = {day for year in holiday_years() for day in year.days} - entered.keys()
    return frozenset(known.union(day for day, value in entered.items() if value))


def _latest(found: Iterable[R]) -> R | None:
    return max(found, key=lambda row: row.valid_from or date.min, default=None)
