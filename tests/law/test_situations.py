"""Dated situations in the words of the office (*.toml beside this file), run one by one."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from db.places import AreaLevel
from services import law, periods
from services.ages import age_band
from services.deadlines import due, is_working_day, lateness

FILES = sorted(Path(__file__).parent.glob("*.toml"))
SAID = {"title", "source", "ask", "is"}  # what every situation has


class Facts(dict[str, Any]):
    """The facts of one situation, which remember what was asked of them: a key nobody reads is a mistake."""

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.read.add(str(key))
        return super().__contains__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)


def _regime(facts: Facts) -> law.Regime | None:
    return law.Regime(facts["regime"]) if "regime" in facts else None


def _office(facts: Facts) -> list[Any]:
    """What the office entered, in the order of entering: `{ key, from, value, unit }`, or `{ holiday, to }`,
    or `{ cancelled }`."""
    found = []
    for row in facts.get("office", ()):
        known = Facts(row)
        if "holiday" in known or "cancelled" in known:
            found += _days_off(known)
        else:
            found.append(_figure(known["key"], known["from"], known["value"], known.get("unit", "đồng")))
        assert known.read >= known.keys(), f"unknown: {known.keys() - known.read}"
    return found


def _days_off(known: Facts) -> list[Any]:
    first = known.get("holiday") or known["cancelled"]
    days = (known.get("to", first) - first).days + 1
    return [_figure("holiday", first + timedelta(n), int("holiday" in known), "ngày") for n in range(days)]


def _deadline(facts: Facts, step: str, start: date) -> law.Deadline | None:
    return law.deadline(step, start, _regime(facts), _office(facts))


def _due(facts: Facts, found: law.Deadline | None, start: date) -> date | None:
    return due(found.limit, start, law.holidays(_office(facts))) if found else None


def ask_due(facts: Facts) -> date | str:
    found = _deadline(facts, facts["step"], facts["start"])
    if found is None:
        return "no step"
    return _due(facts, found, facts["start"]) or "none"


def ask_extended(facts: Facts) -> date | str:
    found = _deadline(facts, facts["step"], facts["start"])
    assert found is not None
    return due(found.extended, facts["start"], law.holidays(_office(facts))) or "none"


def ask_extension_allowed(facts: Facts) -> bool:
    cap = ask_extended(facts)
    until: date = facts["until"]
    return isinstance(cap, date) and until <= cap


def ask_chain(facts: Facts) -> date:
    day: date = facts["start"]
    for step in facts["steps"]:
        found = _deadline(facts, step, day)
        assert found is not None
        last = _due(facts, found, day)
        assert last is not None
        day = last
    return day


def ask_lateness(facts: Facts) -> str:
    found = _deadline(facts, facts["step"], facts["start"])
    return lateness(_due(facts, found, facts["start"]), facts["day"]).words


def ask_basis(facts: Facts) -> str:
    found = _deadline(facts, facts["step"], facts["start"])
    return law.cite(found.legal) if found else "no step"


def ask_amount(facts: Facts) -> int | str:
    found = law.norm(facts["code"], facts["day"], _regime(facts), _office(facts))
    if found is None:
        return "no norm"
    return "none" if found.amount is None else found.amount


def _figure(key: str, effective_from: date, value: int, unit: str) -> Any:
    return SimpleNamespace(
        key=key,
        effective_from=effective_from,
        value=value,
        unit=unit,
        document="01/QĐ",
        document_date=effective_from,
    )


def ask_missing(facts: Facts) -> bool:
    """Whether the screens still say that there is no ground for the value."""
    return facts["key"] in {value.key for value in law.missing(facts["day"], _office(facts))}


def ask_offered(facts: Facts) -> str:
    """The codes of a list of the law, for a file of a day (or of a regime)."""
    found = law.on(facts["day"], _regime(facts))
    lists = {"measures": found.measures, "evidence": found.evidence_sources, "papers": found.papers}
    return ", ".join(row.code for row in lists[facts["list"]])


def ask_working(facts: Facts) -> bool:
    return is_working_day(facts["day"], law.holidays(_office(facts)))


def ask_former(facts: Facts) -> str:
    """The district a commune of today came from."""
    names = {area.id: area.name for area in law.areas()}
    area = next(area for area in law.areas_on(facts["day"]) if area.name == facts["name"])
    return names.get(area.former, "")


def _of_former(facts: Facts) -> int:
    communes = law.areas_on(facts["day"], AreaLevel.COMMUNE)
    return sum(area.former == facts["district"] for area in communes)


def ask_age_band(facts: Facts) -> str:
    return age_band(facts["birth"], facts["day"]).value


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
    "extension allowed": ask_extension_allowed,
    "basis": ask_basis,
    "missing": ask_missing,
    "offered": ask_offered,
    "working day": ask_working,
    "former district": ask_former,
    "communes from": _of_former,
    "age band": ask_age_band,
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
    for file in FILES:
        for situation in tomllib.loads(file.read_text("utf-8"))["situation"]:
            expectations = situation.pop("expect")
            for number, expected in enumerate(expectations, 1):
                facts = Facts(situation | expected)
                name = f"{file.stem}: {situation['title']} ({number})"
                found.append(pytest.param(facts, id=name))
    return found


@pytest.mark.parametrize("facts", _situations())
def test_situation(facts: Facts) -> None:
    assert facts["title"] and facts["source"]
    assert ASKS[facts["ask"]](facts) == facts["is"]
    assert not _unread(facts)


def _unread(facts: Facts) -> set[str]:
    return facts.keys() - SAID - facts.read


def test_a_key_that_no_question_reads_is_noticed() -> None:
    facts = Facts(ask="due", step="VERIFY.POLICE", start=date(2018, 7, 5), holiday=date(2018, 7, 6))
    ASKS["due"](facts)
    assert _unread(facts) == {"holiday"}


def test_the_situations_are_many_and_each_is_told_once() -> None:
    told = [found for file in FILES for found in tomllib.loads(file.read_text("utf-8"))["situation"]]
    titles = [one["title"] for one in told]
    assert len(told) >= 40 and len(titles) == len(set(titles))
    assert all(one["source"] and one["expect"] for one in told)


def test_an_unverified_row_yields_no_figure() -> None:
    from services.law.tables import make_deadline, make_norm

    row: dict[str, Any] = {"source": "", "verified": False, "regime": "A", "vi": "", "code": "x"}
    assert make_norm(basis="amount", amount=5, **row).amount is None
    assert make_norm(basis="amount", amount=5, **row | {"verified": True}).amount == 5
    step: dict[str, Any] = dict.fromkeys(("step", "label", "actor", "from_event", "output", "vi", "source"), "")
    made = make_deadline(limit=5, unit="day", regime="A", verified=False, **step)
    assert made.limit is None
    assert replace(made, verified=True).limit is None
