"""Dated situations in the words of the office (*.toml beside this file), run one by one."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from db.places import AreaLevel
from services import law, periods
from services.deadlines import due, lateness

Facts = dict[str, Any]


def _regime(facts: Facts) -> law.Regime | None:
    return law.Regime(facts["regime"]) if "regime" in facts else None


def _deadline(facts: Facts, step: str, start: date) -> law.Deadline | None:
    return law.deadline(step, start, _regime(facts))


def ask_due(facts: Facts) -> date | str:
    found = _deadline(facts, facts["step"], facts["start"])
    if found is None:
        return "no step"
    return due(found.limit, facts["start"], facts.get("holidays", ())) or "none"


def ask_extended(facts: Facts) -> date | None:
    found = _deadline(facts, facts["step"], facts["start"])
    assert found is not None
    return due(found.extended, facts["start"])


def ask_chain(facts: Facts) -> date:
    day: date = facts["start"]
    for step in facts["steps"]:
        found = _deadline(facts, step, day)
        assert found is not None
        last = due(found.limit, day)
        assert last is not None
        day = last
    return day


def ask_lateness(facts: Facts) -> str:
    found = _deadline(facts, facts["step"], facts["start"])
    assert found is not None
    return lateness(due(found.limit, facts["start"]), facts["day"]).words


def ask_amount(facts: Facts) -> int | str:
    given = facts.get("office")
    office = [_figure(f"norm:{facts['code']}", **given)] if given else []
    found = law.norm(facts["code"], facts["day"], _regime(facts), office)
    if found is None:
        return "no norm"
    return "none" if found.amount is None else found.amount


def _figure(key: str, effective_from: date, value: int) -> Any:
    return SimpleNamespace(
        key=key,
        effective_from=effective_from,
        value=value,
        unit="đồng",
        document="01/QĐ",
        document_date=effective_from,
    )


def ask_page_number(facts: Facts) -> str:
    number = law.document_rules(facts["day"]).page_number
    return f"{number.place} {number.align}"


def ask_kinds(facts: Facts) -> str:
    found = law.eligible(facts["group"], law.Regime(facts["regime"]))
    return ", ".join(kind for letter in found for kind in letter.kinds)


def ask_deciders(facts: Facts) -> str:
    return ", ".join(row.point for row in law.deciders(facts["measure"], law.Regime(facts["regime"])))


def _communes(facts: Facts) -> int:
    return len(law.areas_on(facts["day"], AreaLevel.COMMUNE, facts.get("district", "")))


@dataclass(frozen=True)
class Rule:
    first_year: int
    last_year: int
    cut_days: tuple[law.CutDay, ...]


def ask_period(facts: Facts) -> str:
    rule: Rule | law.Plan = law.plan()
    if "cut_days" in facts:
        rows = tuple(law.CutDay(valid_from=r["from"], day=r["day"], document="") for r in facts["cut_days"])
        rule = Rule(facts["first_year"], facts["last_year"], rows)
    found = periods.parse(facts["period"], rule)
    return f"{found.start}..{found.end}"


def ask_report_date(facts: Facts) -> date | str:
    dates = {row.period: row.due for row in law.report_dates(law.plan(), facts["year"])}
    return dates.get(facts["period"], "none")


def ask_as_of(facts: Facts) -> date:
    return periods.as_of(periods.parse(facts["period"]), facts.get("asked"), facts["today"])


ASKS: dict[str, Callable[[Facts], Any]] = {
    "due": ask_due,
    "extended": ask_extended,
    "chain": ask_chain,
    "lateness": ask_lateness,
    "amount": ask_amount,
    "page number": ask_page_number,
    "borrowed": lambda facts: ", ".join(law.document_rules(facts["day"]).borrowed),
    "regime": lambda facts: law.regime_of(facts["day"]),
    "measures": lambda facts: len(law.on(facts["day"]).measures),
    "evidence": lambda facts: len(law.on(facts["day"]).evidence_sources),
    "verified papers": lambda facts: sum(paper.verified for paper in law.on(facts["day"]).papers),
    "kinds": ask_kinds,
    "deciders": ask_deciders,
    "communes": _communes,
    "communes of": _communes,
    "area exists": lambda facts: any(area.name == facts["name"] for area in law.areas_on(facts["day"])),
    "organisation exists": lambda facts: any(u.code == facts["code"] for u in law.organisations_on(facts["day"])),
    "period": ask_period,
    "report dates": ask_report_date,
    "as of": ask_as_of,
}


def _situations() -> list[Any]:
    found = []
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        for situation in tomllib.loads(file.read_text("utf-8"))["situation"]:
            expectations = situation.pop("expect")
            for number, expected in enumerate(expectations, 1):
                facts = situation | expected
                name = f"{file.stem}: {situation['title']} ({number})"
                found.append(pytest.param(facts, id=name))
    return found


@pytest.mark.parametrize("facts", _situations())
def test_situation(facts: Facts) -> None:
    assert facts["title"]
    assert facts["source"]
    assert ASKS[facts["ask"]](facts) == facts["is"]


def test_an_unverified_row_yields_no_figure() -> None:
    from services.law.tables import make_deadline, make_norm

    row: Facts = {"source": "", "verified": False, "regime": "A", "vi": "", "code": "x"}
    assert make_norm(basis="amount", amount=5, **row).amount is None
    assert make_norm(basis="amount", amount=5, **row | {"verified": True}).amount == 5
    step: Facts = dict.fromkeys(("step", "label", "actor", "from_event", "output", "vi", "source"), "")
    made = make_deadline(limit=5, unit="day", regime="A", verified=False, **step)
    assert made.limit is None
    assert replace(made, verified=True).limit is None
