"""Names kept in memory: of units and areas, and the folded names by which people are found.

Names of people have no index in the database: they are opened once, folded, and kept in the process. The
trail says which people were written, changed or deleted since, so only those are read again. Whoever asks
still sees only what `access` lets them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import nsmallest
from threading import RLock
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.base import table_of
from db.people import Person
from db.places import Area, Unit
from db.sealed import check
from db.trail import Action, TrailEntry
from services.text import fold
from services.work import Work

AT_ONCE = 500
CHANGES = (Action.CREATE, Action.UPDATE, Action.DELETE)
NEAR_ENOUGH = 80.0  # of 100: one letter more, less or other
SAID_ALIKE = {  # spellings that registers mix up, under the one they are compared by
    **{"ngh": "ng", "gh": "g", "tr": "ch", "gi": "d", "ph": "f", "ch": "ch", "kh": "kh"},
    **{"x": "s", "r": "d", "l": "n", "y": "i", "k": "c"},
}
_SOUNDS = re.compile("|".join(SAID_ALIKE))
SHORTEST = 2  # letters of a name to look for
UNKNOWN_APART = 1.5  # years, where a birth is not known: after those a year apart, before all others
UNKNOWN_NAME = "chua ro ten"  # nobody is like somebody whose name is not known
MIDDLE = {"thi", "van"}  # registers often leave them out
_person = table_of(Person).c


class Likeness(IntEnum):
    """How a name is like the one asked for, the least first."""

    PART = 1  # so far as it is typed
    NEAR = 2
    ORDER = 3  # the same words in another order
    SAME = 4


class Near(NamedTuple):
    """A person whose name is like the one asked for."""

    person_id: int
    case_id: int
    likeness: Likeness
    score: float  # 0 to 100
    year: int | None  # of birth


@dataclass(frozen=True, slots=True)
class Known:
    """One person, as far as search needs. `names`: the folded name, and the alias if there is one."""

    case_id: int
    names: tuple[str, ...]
    year: int | None


@dataclass
class Index:
    """Spelling → the persons who have it, and the spellings as a list to run through."""

    persons: dict[str, list[int]] = field(default_factory=dict)
    listed: list[str] | None = None

    def put(self, spelling: str, person_id: int) -> None:
        if spelling not in self.persons:
            self.persons[spelling], self.listed = [], None
        self.persons[spelling].append(person_id)

    def drop(self, spelling: str, person_id: int) -> None:
        left = [other for other in self.persons[spelling] if other != person_id]
        if left:
            self.persons[spelling] = left
        else:
            del self.persons[spelling]
            self.listed = None

    def spellings(self) -> list[str]:
        if self.listed is None:
            self.listed = list(self.persons)
        return self.listed

    def copy(self) -> "Index":
        return Index({spelling: list(persons) for spelling, persons in self.persons.items()})


@dataclass
class People:
    """Everybody's names. `until`: the last entry of the trail that was read."""

    known: dict[int, Known] = field(default_factory=dict)
    named: Index = field(default_factory=Index)  # by the folded name, a space before each word
    spoken: Index = field(default_factory=Index)  # by how it sounds, the words in order
    until: int | None = None
    lock: RLock = field(default_factory=RLock)

    def put(self, person_id: int, known: Known) -> None:
        """Adds a person, or replaces what was known of one."""
        self.drop(person_id)
        self.known[person_id] = known
        for name in known.names:
            self.named.put(name, person_id)
        for sound in {sounded(name) for name in known.names}:
            self.spoken.put(sound, person_id)

    def drop(self, person_id: int) -> None:
        """Forgets a person who is no longer there."""
        gone = self.known.pop(person_id, None)
        if gone is None:
            return
        for name in gone.names:
            self.named.drop(name, person_id)
        for sound in {sounded(name) for name in gone.names}:
            self.spoken.drop(sound, person_id)

    def holding(self, folded: str) -> list[int]:
        """Those whose name has, for every word asked for, a word that begins with it."""
        with self.lock:
            found = self.named.spellings() if folded else []
            for start in sorted((f" {word}" for word in folded.split()), key=len, reverse=True):
                found = [name for name in found if start in name]  # the longest word first: it leaves few
            return list(dict.fromkeys(person for name in found for person in self.named.persons[name]))

    def alike(self, folded: str, most: int) -> Iterator[tuple[int, Likeness, float]]:
        """Those whose name sounds the same or nearly so, with how much alike it is."""
        from rapidfuzz import fuzz, process  # used here only; it costs the start 20 ms
        from rapidfuzz.distance import Indel

        asked, in_order = sounded(folded), sorted(folded.split())
        with self.lock:
            spellings = self.spoken.spellings()
            found = process.extract(asked, spellings, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=most)
            for sound, score, _ in found:
                if Indel.distance(asked, sound) > len(asked) // 5 + 1:
                    continue
                for person_id in self.spoken.persons[sound]:
                    names = self.known[person_id].names
                    if f" {folded}" in names:
                        yield person_id, Likeness.SAME, 100.0
                    elif any(sorted(name.split()) == in_order for name in names):
                        yield person_id, Likeness.ORDER, 99.0
                    else:
                        yield person_id, Likeness.NEAR, min(score, 98.0)

    def copy(self) -> "People":
        with self.lock:
            return People(dict(self.known), self.named.copy(), self.spoken.copy(), self.until)


def units(work: Work) -> dict[int, str]:
    """Unit id → name."""
    return _named(work, "units", Unit)


def areas(work: Work) -> dict[int, str]:
    """Area id → name."""
    return _named(work, "areas", Area)


def words(text: str) -> str:
    """A name as it is compared: folded, nothing but words with one space between them."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def sounded(name: str) -> str:
    """A folded name as it sounds, its words in the order of the alphabet: spellings that registers mix up
    (`x`/`s`, `tr`/`ch`, `gi`/`d`/`r`, `l`/`n`, `y`/`i`) become one, and *Thị*, *Văn* are left out where two
    words remain."""
    said = name.split()
    short = [word for word in said if word not in MIDDLE]
    spoken = short if len(short) >= 2 else said
    return " ".join(sorted(_SOUNDS.sub(lambda match: SAID_ALIKE[match[0]], word) for word in spoken))


def matching(work: Work, text: str) -> list[int]:
    """Case ids whose people's names hold every word of `text`, in any order, each from its beginning."""
    people = people_of(work)
    with people.lock:
        return [people.known[person_id].case_id for person_id in people.holding(words(text))]


def near(work: Work, text: str, *, year: int | None = None, most: int = 60) -> Sequence[Near]:
    """People whose name is like `text`, the most alike first: the same, in another order, spelt nearly so,
    or begun like it. Among equals those born nearest to `year` come first."""
    asked, people = words(text), people_of(work)
    found: dict[int, tuple[Likeness, float]] = {}
    if len(asked) < SHORTEST or asked == UNKNOWN_NAME:
        return ()

    def order(one: Near) -> tuple[float, float, int]:
        apart = abs(one.year - year) if year and one.year else UNKNOWN_APART
        return -one.likeness, apart - one.score, one.person_id

    with people.lock:
        for person_id, likeness, score in people.alike(asked, most):
            found[person_id] = (likeness, score)
        for person_id in people.holding(asked):
            found.setdefault(person_id, (Likeness.PART, 0.0))
        every = ((people.known[key], key, how) for key, how in found.items())
        near_by = (Near(key, known.case_id, *how, known.year) for known, key, how in every)
        return nsmallest(most, near_by, key=order)


def people_of(work: Work) -> People:
    """Everybody's names as this Work sees them. A Work that has written has a copy of its own: what it
    undoes must not stay."""
    memory: People = work.office.memory.setdefault("people", People())
    if work.write:
        work.session.flush()
        if "trail_head" in work.session.info:
            memory = work.session.info.get("people") or memory.copy()
            work.session.info["people"] = memory
    _refresh(work, memory)
    return memory


def _refresh(work: Work, people: People) -> None:
    trail = table_of(TrailEntry).c
    with people.lock:
        last = work.session.connection().scalar(sa.select(sa.func.max(trail.seq))) or 0
        if people.until is None:
            for person_id, known in _read(work, None):
                people.put(person_id, known)
        elif last > people.until:
            since = sa.select(trail.object_id).where(
                trail.seq > people.until, trail.object == table_of(Person).name, trail.action.in_(CHANGES)
            )
            changed = set(work.session.connection().scalars(since))
            there = dict(_read(work, changed))
            for person_id in changed:
                if person_id in there:
                    people.put(person_id, there[person_id])
                else:
                    people.drop(person_id)
        people.until = max(last, people.until or 0)


def _read(work: Work, ids: Iterable[int] | None) -> Iterator[tuple[int, Known]]:
    """The people of these ids, or everybody."""
    columns = (_person.id, _person.case_id, _person.full_name, _person.alias, _person.birth)
    statement = sa.select(*columns)
    wanted = sorted(ids) if ids is not None else None
    parts = (
        [statement]
        if wanted is None
        else [
            statement.where(_person.id.in_(wanted[start : start + AT_ONCE]))
            for start in range(0, len(wanted), AT_ONCE)
        ]
    )
    for part in parts:
        for row in work.session.connection().execute(part):
            names = (check(row.full_name, row.id), check(row.alias, row.id))
            spelt = tuple(dict.fromkeys(f" {said}" for name in names if name and (said := words(name))))
            yield row.id, Known(row.case_id, spelt, int(row.birth[:4]) if row.birth else None)


def _named(work: Work, key: str, model: Any) -> dict[int, str]:
    """Kept for the whole process: refreshed when the newest change is newer."""
    columns = table_of(model).c
    info = work.session.info
    if key in info:
        names: dict[int, str] = info[key]
        return names
    newest = work.session.connection().execute(sa.select(sa.func.max(columns.updated_at))).scalar()
    kept = work.office.memory.get(key)
    if kept is None or kept[0] != newest:
        found = {
            row.id: row.name for row in work.session.connection().execute(sa.select(columns.id, columns.name))
        }
        kept = work.office.memory[key] = (newest, found)
    info[key] = kept[1]
    result: dict[int, str] = kept[1]
    return result
