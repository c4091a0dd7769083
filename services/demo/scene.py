"""One invented file while it is being told: its day, its dice, who writes."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db.cases import Case
from services.demo import names as demo_names
from services.demo.places import Places
from services.work import Actor, Work

LATELY = 100  # days


@dataclass
class Scene:
    """One file while it is being invented."""

    work: Work
    places: Places
    rng: Random
    case: Case
    day: date
    last: date  # nothing is dated after this

    def after(self, least: int, most: int, since: date | None = None) -> date | None:
        """A day some days later, or None when that has not come yet."""
        day = (since or self.day) + timedelta(self.rng.randint(least, most))
        return day if day <= self.last else None

    @property
    def recent(self) -> bool:
        return (self.last - self.day).days <= LATELY

    def chance(self, likely: float) -> bool:
        return self.rng.random() < likely

    def as_unit(self, unit_id: int) -> None:
        """What follows is written down as done by that unit's invented officer."""
        name = f"{demo_names.officer(sum(map(ord, self.places.names[unit_id])))} ({self.places.names[unit_id]})"
        self.work.actor = Actor(None, name, operator=True)
