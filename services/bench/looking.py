"""How fast people are found by name among a hundred thousand: invented names, in the process's memory."""

from collections.abc import Callable, Iterator
from random import Random

from services.demo.names import FAMILY, GIVEN_FEMALE, GIVEN_MALE, MIDDLE_FEMALE, MIDDLE_MALE
from services.identity import names
from services.identity.names import Known, People
from services.work import Work

PEOPLE = 100_000
Measure = Callable[[int], object]


def measures(work: Work, seed: int = 100) -> Iterator[tuple[str, Measure]]:
    """What is measured, with its label: each call looks for another name."""
    rng = Random(seed)  # noqa: S311 (nothing secret)
    work.office.memory["people"] = everybody(names.people_of(work).until, rng)
    asked = [_name(rng) for _ in range(100)]
    turned = [" ".join(reversed(name.split())) for name in asked]
    misspelt = [name[:-2] + name[-1:] if len(name) > 8 else name for name in asked]
    many = f"{PEOPLE:,}".replace(",", ".")
    yield f"Tìm trong {many} tên", lambda place: names.matching(work, turned[place % len(turned)])
    yield f"Tìm tên gần giống, {many} tên", lambda place: names.near(work, misspelt[place % len(asked)], year=1999)


def everybody(until: int | None, rng: Random) -> People:
    """An index of invented people, as it would stand in memory."""
    people = People(until=until)
    for person_id in range(PEOPLE):
        name = names.words(_name(rng))
        people.put(person_id, Known(person_id, (f" {name}",), rng.randrange(1950, 2018)))
    return people


def _name(rng: Random) -> str:
    """Like the demo's, with one given name more: nearly all of them differ, which is the hardest case."""
    family = rng.choice(FAMILY[rng.choice(list(FAMILY))])
    given = (*GIVEN_FEMALE, *GIVEN_MALE)
    return f"{family} {rng.choice((*MIDDLE_FEMALE, *MIDDLE_MALE))} {rng.choice(given)} {rng.choice(given)}"
