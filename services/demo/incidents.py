"""Invented incidents: several people at once, some with a child, some who speak no Vietnamese, some foreign."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from db.cases import Case, Incident, Place, Purpose, Way
from db.fields import PartialDate
from db.people import PersonKind, Sex
from services import incidents
from services.demo import names as demo_names
from services.demo import people as demo_people
from services.demo.cases import live
from services.demo.places import Places
from services.demo.scene import Scene
from services.incidents import Shared
from services.intake import Reception
from services.people import NO_NAME, Companion, Known
from services.work import Work

ADULT, MOTHER, FOREIGNER = "adult", "mother with a child", "foreigner"
MINOR, NAMELESS, MONG = "minor", "without a name", "speaks only Mông"


@dataclass(frozen=True)
class Told:
    """One incident: the day, who was received; `left` people are not entered yet."""

    day: date | int  # a number: so many days ago
    where: str  # a country, or another province
    way: Way
    purpose: Purpose
    who: tuple[str, ...]
    left: int = 0


TOLD = (
    Told(date(2016, 3, 22), "Trung Quốc", Way.RESCUED, Purpose.MARRIAGE, (ADULT, MOTHER, MONG)),
    Told(date(2016, 9, 8), "Trung Quốc", Way.HANDOVER, Purpose.SEXUAL, (ADULT, MINOR)),
    Told(date(2017, 2, 16), "Trung Quốc", Way.HANDOVER, Purpose.MARRIAGE, (ADULT, ADULT, MOTHER, MONG)),
    Told(date(2017, 7, 30), "Hà Nội", Way.RESCUED, Purpose.SEXUAL, (MINOR, MINOR, ADULT)),
    Told(date(2017, 11, 11), "Trung Quốc", Way.SELF_RETURN, Purpose.LABOUR, (ADULT, MONG)),
    Told(date(2018, 4, 19), "Trung Quốc", Way.RESCUED, Purpose.MARRIAGE, (MOTHER, MONG, NAMELESS, MINOR)),
    Told(date(2018, 8, 2), "Lào", Way.HANDOVER, Purpose.LABOUR, (ADULT, ADULT)),
    Told(date(2018, 12, 5), "Bắc Ninh", Way.RESCUED, Purpose.LABOUR, (FOREIGNER, FOREIGNER, ADULT)),
    Told(date(2019, 5, 27), "Trung Quốc", Way.RESCUED, Purpose.MARRIAGE, (ADULT, MOTHER, MINOR, MONG)),
    Told(date(2020, 1, 14), "Trung Quốc", Way.HANDOVER, Purpose.CHILDBEARING, (ADULT, MONG)),
    Told(21, "Trung Quốc", Way.RESCUED, Purpose.MARRIAGE, (MOTHER, MINOR, MONG)),
    Told(4, "Trung Quốc", Way.HANDOVER, Purpose.LABOUR, (ADULT, MINOR), left=1),
    Told(2, "Myanmar", Way.RESCUED, Purpose.CRIME, (ADULT, NAMELESS), left=2),
)
FOREIGN = (("Trung Quốc", "Tiếng Trung Quốc", "Lý Mỹ Hoa"), ("Lào", "Tiếng Lào", "Kham Vông"))


def together(work: Work, *, seed: int = 1837) -> None:
    """Makes the incidents with their files, in this Work."""
    rng, places, actor = Random(seed), Places(work), work.actor  # noqa: S311 (nothing secret)
    for told in TOLD:
        _incident(work, places, rng, told)
        work.session.flush()
    work.actor = actor


def _incident(work: Work, places: Places, rng: Random, told: Told) -> None:
    day = told.day if isinstance(told.day, date) else work.today - timedelta(told.day)
    abroad = told.where not in demo_names.DOMESTIC
    home = places.home(rng, day)
    facts = Shared(
        received_on=day,
        unit_id=places.receiving(rng, day, home[0], abroad),
        way=told.way,
        place=Place.ABROAD if abroad else Place.DOMESTIC,
        country=told.where if abroad else None,
        province=None if abroad else told.where,
        purpose=told.purpose,
        expected=len(told.who) + told.who.count(MOTHER) + told.left,
    )
    incident = incidents.begin(work, facts=facts)
    for kind in told.who:
        _person(work, places, rng, incident, kind)


def _person(work: Work, places: Places, rng: Random, incident: Incident, kind: str) -> None:
    known = _known(rng, incident.received_on, kind)
    district_id, commune_id = places.home(rng, incident.received_on)
    home: dict[str, Any] = (
        {"home_district_id": district_id, "home_commune_id": commune_id} if kind != FOREIGNER else {}
    )
    scene = Scene(work, places, rng, Case(), incident.received_on, work.today)
    scene.as_unit(incident.unit_id)
    scene.case = incidents.receive(work, incident, facts=known, home=home)
    if kind == MOTHER:
        incidents.bring_along(
            work, incident, with_case=scene.case.id, facts=_child(rng, known, incident.received_on)
        )
    shared = {name: getattr(incident, name) for name in incidents.COPIED}
    live(scene, Reception(full_name=known.full_name, **shared, **home))


def _known(rng: Random, day: date, kind: str) -> Known:
    ethnic = "Mông" if kind == MONG else demo_names.weighted(rng, demo_names.ETHNIC)
    years = 15 + rng.randrange(2) if kind == MINOR else 19 + rng.randrange(16)
    facts = Known(
        full_name=NO_NAME if kind == NAMELESS else demo_names.full_name(rng, ethnic, True),
        sex=Sex.FEMALE,
        birth=None if kind == NAMELESS else PartialDate(str(day.year - years)),
        ethnic=None if kind == NAMELESS else ethnic,
        safe_contact=rng.choice(demo_people.CALLS) if rng.random() < 0.7 else None,
        no_contact=rng.choice(demo_people.NEVERS) if rng.random() < 0.4 else None,
    )
    if kind == MONG:
        facts.language, facts.interpreter = "Tiếng Mông", True
    if kind == FOREIGNER:
        facts.nationality, facts.language, facts.full_name = rng.choice(FOREIGN)
        facts.ethnic, facts.interpreter = None, True
    if kind == MINOR:
        guardian = demo_people.guardian(rng, ethnic)
        facts.guardian_name, facts.guardian_relation = guardian["guardian_name"], guardian["guardian_relation"]
    return facts


def _child(rng: Random, mother: Known, day: date) -> Companion:
    girl = rng.random() < 0.5
    return Companion(
        full_name=demo_names.full_name(rng, mother.ethnic or "Kinh", girl),
        kind=PersonKind.ACCOMPANYING_MINOR,
        relation="Con",
        sex=Sex.FEMALE if girl else Sex.MALE,
        birth=PartialDate(str(day.year - 1 - rng.randrange(8))),
        ethnic=mother.ethnic,
        guardian_name=mother.full_name,
        guardian_relation="Mẹ",
    )
