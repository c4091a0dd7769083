"""A plan of the province as data: its sentences, its dated rules, its reports."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from services.law.model import Citation, LegalRow
from services.law.tables import raw, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class CutDay:
    """The day of its last month on which a period ends (31 = the end of the month).

    Governs the months that begin on or after `valid_from`.
    """

    valid_from: date
    day: int
    document: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule:
    """`every`: quarter, year, three_years, five_years."""

    code: str
    vi: str
    every: str
    due_day: int
    due_month: int | None = None
    to: str
    legal: tuple[Citation, ...]
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One sentence of the plan. Exactly one of `screen` (an address; "" is the start page, None
    is no screen) and `later` is given; `by_hand` is what a served clause still leaves on paper."""

    id: str
    part: str
    text: str
    lead: str = ""
    partners: tuple[str, ...] = ()
    due: str = ""
    targets: tuple[str, ...] = ()
    screen: str | None = None
    later: str = ""
    by_hand: str = ""


@dataclass(frozen=True, slots=True)
class ReportDue:
    """`period` as `services.periods.parse` reads it ("2018Q3", "2018", "2016-2018")."""

    code: str
    vi: str
    period: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRule(LegalRow):
    """Who reports what to whom, under any text; `rule` says which days the figures cover."""

    code: str
    vi: str
    due: str = ""
    due_day: int | None = None
    due_month: int | None = None
    sender: str = ""
    to: str = ""
    rule: str = ""
    cut_day: int | None = None
    examples: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    id: str
    number: str
    signed: date
    issuer: str
    province: str
    title: str
    basis: str
    first_year: int
    last_year: int
    standing_agency: str
    source: str
    verified: bool
    cut_days: tuple[CutDay, ...] = field(repr=False)
    reports: tuple[ReportRule, ...] = field(repr=False)
    headings: tuple[Heading, ...] = field(repr=False)
    clauses: tuple[Clause, ...] = field(repr=False)

    def heading(self, part: str) -> str:
        """The text of a heading ("II.1.b" → "Nhiệm vụ")."""
        return next(h.text for h in self.headings if h.id == part)


@lru_cache
def plan(plan_id: str = "2016-2020") -> Plan:
    name = f"plan_{plan_id.replace('-', '_')}"
    tables: dict[str, Callable[..., Any]] = {
        "cut_day": CutDay,
        "report": ReportRule,
        "heading": Heading,
        "clause": Clause,
    }
    made = {table: rows(name, table, make) for table, make in tables.items()}
    head = {key: value for key, value in raw(name).items() if key not in tables}
    return Plan(
        cut_days=made["cut_day"],
        reports=made["report"],
        headings=made["heading"],
        clauses=made["clause"],
        **head,
    )


def plans() -> tuple[Plan, ...]:
    """Every plan the tool knows, oldest first."""
    return (plan("2016-2020"),)


def reporting_rules(day: date) -> tuple[ReportingRule, ...]:
    """Every reporting rule in force on `day`, of the plan and of other texts (for reference)."""
    return tuple(row for row in rows("report_calendar", "report", ReportingRule) if row.in_force(day))


def report_dates(of: Plan, year: int) -> tuple[ReportDue, ...]:
    """The reports due in `year` of the plan, by date (plan, part VI)."""
    found = [due for rule in of.reports for due in _dates(rule, of, year)]
    return tuple(sorted(found, key=lambda due: due.due))


def _dates(rule: ReportRule, of: Plan, year: int) -> list[ReportDue]:
    if not of.first_year <= year <= of.last_year:
        return []
    if rule.every == "quarter":
        return [
            ReportDue(rule.code, rule.vi, f"{year}Q{q}", date(year, 3 * q, rule.due_day)) for q in (1, 2, 3, 4)
        ]
    due = date(year, rule.due_month or 12, rule.due_day)
    if rule.every == "year":
        return [ReportDue(rule.code, rule.vi, str(year), due)]
    length = {"three_years": 3, "five_years": 5}[rule.every]
    if year != of.first_year + length - 1:
        return []
    return [ReportDue(rule.code, rule.vi, f"{of.first_year}-{year}", due)]
