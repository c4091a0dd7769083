"""Invented files as plain Python, and the figures counted from them one by one, day by day.

Written from the definitions alone; shares nothing with `services/figures/`.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import strategies as st

FIRST = date(2018, 1, 1)
KINDS = (
    "essentials", "travel", "medical", "psychology", "legal_aid", "schooling", "vocational", "hardship", "loan",
)  # fmt: skip
INITIAL = {"essentials", "travel", "medical"}
LINES = {
    ("abroad", "handover"): "abroad_handover",
    ("abroad", "rescued"): "abroad_handover",
    ("abroad", "self_return"): "abroad_self_return",
    ("abroad", "self_report"): "abroad_self_return",
    ("domestic", "handover"): "domestic_rescued",
    ("domestic", "rescued"): "domestic_rescued",
    ("domestic", "self_return"): "domestic_self_reported",
    ("domestic", "self_report"): "domestic_self_reported",
}


@dataclass
class Need:
    kind: str
    declared: date | None
    refused: bool
    refused_on: date | None


@dataclass
class Given:
    kind: str
    day: date
    amount: int | None
    corrections: list[int]


@dataclass
class File:
    received: date
    unit: int
    place: str
    way: str
    sex: str | None
    conclusions: list[tuple[date, str]] = field(default_factory=list)
    reopenings: list[date] = field(default_factory=list)
    requests: list[date] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    danger: tuple[date | None, date | None] | None = None  # declared, refused
    measures: list[date] = field(default_factory=list)


days = st.integers(-20, 200).map(lambda n: FIRST + timedelta(days=n))
maybe = st.none() | days
outcomes = st.sampled_from(["victim", "not_victim", "insufficient"])
needs = st.builds(Need, st.sampled_from(KINDS), maybe, st.booleans(), maybe)
amounts = st.none() | st.integers(0, 10**9)
gifts = st.builds(Given, st.sampled_from(KINDS), days, amounts, st.lists(st.integers(-500, 500), max_size=2))
files = st.builds(
    File,
    received=st.integers(0, 180).map(lambda n: FIRST + timedelta(days=n)),
    unit=st.integers(0, 2),
    place=st.sampled_from(["abroad", "domestic", "in_province"]),
    way=st.sampled_from(["handover", "rescued", "self_return", "self_report"]),
    sex=st.sampled_from(["female", "male", "unknown", None]),
    conclusions=st.lists(st.tuples(days, outcomes), max_size=3),
    reopenings=st.lists(days, max_size=2),
    requests=st.lists(days, max_size=1),
    needs=st.lists(needs, max_size=4, unique_by=lambda need: need.kind),
    given=st.lists(gifts, max_size=4),
    danger=st.none() | st.tuples(maybe, maybe),
    measures=st.lists(days, max_size=2),
)


def course(file: File) -> list[tuple[date, str]]:
    """What took effect, in order: outcomes and "reopened". Facts before the reception count from it."""
    in_order = sorted(file.conclusions, key=lambda conclusion: conclusion[0])
    ends = [(max(day, file.received), outcome) for day, outcome in in_order]
    starts = [max(day, file.received) for day in file.reopenings]
    found: list[tuple[date, str]] = []
    is_open = True
    for day in sorted({day for day, _ in ends} | set(starts)):
        outcomes_today = [outcome for on, outcome in ends if on == day]
        reopened_today = starts.count(day)
        while (is_open and outcomes_today) or (not is_open and reopened_today):
            if is_open:
                found.append((day, outcomes_today.pop(0)))
            else:
                reopened_today -= 1
                found.append((day, "reopened"))
            is_open = not is_open
    return found


def is_open(file: File, day: date) -> bool:
    """Received, and not concluded at the end of that day."""
    events = [what for on, what in course(file) if on <= day]
    return file.received <= day and (not events or events[-1] == "reopened")


def account(found: list[File], start: date, as_of: date) -> dict[str, int]:
    events = [what for file in found for on, what in course(file) if start <= on <= as_of]
    eve = min(start - timedelta(days=1), as_of)
    return {
        "opening": sum(is_open(file, eve) for file in found),
        "received": sum(start <= file.received <= as_of for file in found),
        "reopened": events.count("reopened"),
        "victim": events.count("victim"),
        "not_victim": events.count("not_victim"),
        "insufficient": events.count("insufficient"),
        "closing": sum(is_open(file, as_of) for file in found),
    }


def lines(found: list[File], start: date, as_of: date) -> dict[str, int]:
    counts = dict.fromkeys([*sorted(set(LINES.values())), "in_province"], 0)
    for file in found:
        for on, what in course(file):
            if what == "victim" and start <= on <= as_of:
                counts[LINES.get((file.place, file.way), "in_province")] += 1
    return counts


def refused(need: Need, file: File, as_of: date) -> bool:
    return need.refused and (need.refused_on or file.received) <= as_of


def targets(found: list[File], start: date, as_of: date) -> dict[str, tuple[int, int]]:
    received = [file for file in found if start <= file.received <= as_of]
    victims = [
        file for file in found if any(what == "victim" and start <= on <= as_of for on, what in course(file))
    ]
    verified = [f for f in received if any(on <= as_of for on in (*f.requests, *(on for on, _ in course(f))))]
    helped = [f for f in received if any(g.kind in INITIAL and g.day <= as_of for g in f.given)]
    endangered = [f for f in received if f.danger and (f.danger[0] or f.received) <= as_of]
    safe = [f for f in endangered if any(on <= as_of for on in f.measures)]
    needing = [f for f in victims if wanted(f, as_of)]
    served = [f for f in needing if wanted(f, as_of) <= {g.kind for g in f.given if g.day <= as_of}]
    return {
        "verification": (len(verified), len(received)),
        "initial_support": (len(helped), len(received)),
        "protection": (len(safe), len(endangered)),
        "support": (len(served), len(needing)),
    }


def wanted(file: File, as_of: date) -> set[str]:
    """Kinds needed and not refused; a delivery implies a need, undated unless one was written down."""
    written = {need.kind for need in file.needs}
    known = {n.kind for n in file.needs if (n.declared or file.received) <= as_of and not refused(n, file, as_of)}
    implied = {g.kind for g in file.given if g.kind not in written or g.day <= as_of}
    return known | implied


def money(found: list[File], start: date, as_of: date, *, loans: bool) -> int:
    return sum(
        (given.amount or 0) + sum(given.corrections)
        for file in found
        for given in file.given
        if start <= given.day <= as_of and (given.kind == "loan") == loans
    )
