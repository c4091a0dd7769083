"""The files of the last weeks: an office at work today, under the law and with the units of today.

Each file is told as data: how many days ago it came, to whom, and what was done since, by whom it is done
in real life. All days are counted back from the day the demo is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from db.cases import Case, Place, Purpose, Way
from db.fields import PartialDate
from db.people import Sex
from services import intake
from services.demo import names as demo_names
from services.demo import people as demo_people
from services.demo.places import Places
from services.demo.since import BORDER, COMMUNE, DEPARTMENT, DONE, POLICE, Open
from services.demo.staff import Staff
from services.intake import Reception
from services.work import Work

FEW_FACTS = {"way": None, "place": None, "country": None, "purpose": None, "birth": None, "ethnic": None}
LAO = {
    "full_name": "Bua Chanh Kham",
    "nationality": "Lào",
    "language": "Tiếng Lào",
    "interpreter": True,
    "ethnic": None,
    "place": Place.IN_PROVINCE,
    "country": None,
    "way": Way.RESCUED,
    "purpose": Purpose.LABOUR,
    "home_commune_id": None,
    "identity_number": None,
}


@dataclass(frozen=True)
class Told:
    """One file. `since`: what was done and how many days ago; `facts`: what is not as usual; `mark`: what
    others of the demo know it by."""

    ago: int
    by: str
    since: tuple[tuple[str, int], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""


T = Told
TOLD = (
    # just received: the request is due within three days, or late by a few
    T(1, COMMUNE, facts=FEW_FACTS, mark="new"),
    T(2, POLICE, (("given", 1),), {"way": Way.RESCUED}, mark="told"),
    T(3, DEPARTMENT, (("needs", 2),), {"way": Way.SELF_REPORT}),
    T(5, COMMUNE, (("needs", 4),), {"way": None, "purpose": None}),
    T(6, DEPARTMENT, (("given", 5),)),
    T(7, BORDER, (("brought", 7),), {"way": Way.HANDOVER}, mark="border"),
    # being verified: no text was found that says how long that may take
    T(15, COMMUNE, (("request", 13), ("threat", 12), ("given", 13)), mark="threatened"),
    T(19, POLICE, (("request", 18), ("evidence", 10), ("given", 17)), mark="asked"),
    T(24, POLICE, (("request", 23), ("evidence", 20), ("evidence", 8), ("given", 22))),
    T(30, COMMUNE, (("request", 28), ("needs", 27)), {"place": None, "country": None}),
    T(63, DEPARTMENT, (("request", 61), ("evidence", 40), ("given", 60))),
    # extended by a letter: due this week, and late by three days
    T(41, DEPARTMENT, (("request", 40), ("evidence", 31), ("extend", -5), ("given", 38)), mark="extended"),
    T(58, POLICE, (("request", 57), ("evidence", 44), ("extend", 3), ("given", 55))),
    # concluded this week: the head has not spoken yet, or has returned it
    T(36, POLICE, (("request", 35), ("evidence", 20), ("given", 33), ("victim", 1)), mark="concluded"),
    T(33, DEPARTMENT, (("request", 31), ("evidence", 12), ("needs", 30), ("victim", 3))),
    T(28, BORDER, (("request", 27), ("evidence", 15), ("given", 26), ("insufficient", 2))),
    T(45, POLICE, (("request", 44), ("evidence", 21), ("given", 43), ("victim", 5), ("returned", 0))),
    # concluded, and what follows
    T(70, POLICE, (("request", 69), ("given", 68), ("victim", 30), ("accepted", 0)), LAO, mark="foreigner"),
    T(52, DEPARTMENT, (("request", 50), ("given", 49), ("not_victim", 12), ("accepted", 0), ("refer", 6))),
    T(47, COMMUNE, (("request", 45), ("given", 44), ("not_victim", 9), ("accepted", 0))),
    T(66, BORDER, (("request", 65), ("evidence", 40), ("given", 64), ("insufficient", 25), ("accepted", 0))),
    T(
        85,
        POLICE,
        (
            *(("request", 84), ("evidence", 70), ("given", 83), ("victim", 55), ("accepted", 0)),
            *(("measure", 54), ("shelter", 50), ("psychology", 48)),
        ),
        {"way": Way.RESCUED},
        mark="sheltered",
    ),
    T(
        92,
        DEPARTMENT,
        (
            *(("request", 90), ("evidence", 80), ("given", 89), ("victim", 60), ("accepted", 0)),
            *(("legal", 40), ("hardship", 35)),
        ),
        mark="issued",
    ),
    T(
        80,
        COMMUNE,
        (
            *(("request", 79), ("evidence", 60), ("given", 78), ("victim", 45), ("accepted", 0)),
            *(("hardship", 20), ("vocational", 15)),
        ),
    ),
    T(95, POLICE, (("request", 94), ("given", 93), ("not_victim", 50), ("accepted", 0), ("close", 30))),
    T(
        110,
        DEPARTMENT,
        (("request", 109), ("given", 108), ("victim", 70), ("accepted", 0), ("hardship", 50), ("close", 14)),
    ),
)


def lately(work: Work, staff: Staff, told: tuple[Told, ...] = TOLD, *, seed: int = 1837) -> dict[str, Case]:
    """Makes the files; those with a mark, by their mark."""
    rng, places, found = Random(seed), Places(work), {}  # noqa: S311 (nothing secret)
    for one in sorted(told, key=lambda one: -one.ago):
        case = receive(work, staff, places, rng, one)
        if one.mark:
            found[one.mark] = case
    staff.leaves()
    return found


def receive(work: Work, staff: Staff, places: Places, rng: Random, told: Told) -> Case:
    """Receives one person as told, and does what was done since."""
    day = work.today - timedelta(told.ago)
    facts = _facts(staff, places, rng, told, day)
    staff.sits(told.by)
    case = intake.receive(work, facts=facts)
    for name, ago in told.since:
        DONE[name](Open(work, staff, rng, case, work.today - timedelta(ago)))
    return case


def _facts(staff: Staff, places: Places, rng: Random, told: Told, day: date) -> Reception:
    ethnic = demo_names.weighted(rng, demo_names.ETHNIC)
    _, commune_id = places.home(rng, day)
    own = staff.unit(told.by)
    known: dict[str, Any] = {
        "received_on": day,
        "unit_id": own.id,
        "full_name": demo_names.full_name(rng, ethnic, female=True),
        "way": rng.choice((Way.SELF_RETURN, Way.HANDOVER, Way.RESCUED)),
        "place": Place.ABROAD,
        "country": demo_names.weighted(rng, demo_names.COUNTRIES),
        "purpose": Purpose(rng.choice(("marriage", "labour", "sexual", "crime"))),
        "home_commune_id": own.area_id if told.by == COMMUNE else commune_id,
        "sex": Sex.FEMALE,
        "birth": PartialDate((day - timedelta(rng.randint(6300, 13000))).isoformat()),
        "ethnic": ethnic,
        "identity_number": "000" + "".join(rng.choice("0123456789") for _ in range(9)),
        "address": f"Thôn {rng.choice(demo_names.HAMLETS)}",
        "note": rng.choice(demo_names.NOTES) if rng.random() < 0.4 else None,
    }
    if told.facts is not FEW_FACTS:
        known |= demo_people.details(rng, Reception(**known))
    return Reception(**{**known, **told.facts})
