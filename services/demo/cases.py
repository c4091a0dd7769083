"""Invented case files, made through the same verbs as real ones; the same seed gives the same facts.

The mix is that of an inland mountain province between 2016 and 2020: most come back from Trung Quốc,
most are women of the highland peoples, numbers fall in 2020. What is asked for is not always given.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from db.cases import Case, CaseState, ClosingOutcome, Place, Purpose, Way
from db.fields import PartialDate
from db.people import Sex
from db.places import UnitKind
from db.protection import ProtectionMeasure
from db.support import FundSource, SupportKind
from db.verification import Outcome
from services import cases, intake, law, people, protection, support, verification
from services.conclusions import last_conclusion
from services.demo import names as demo_names
from services.demo import people as demo_people
from services.demo.names import weighted
from services.demo.places import Places
from services.demo.scene import Scene
from services.lifecycle import verifying_since
from services.records import rows
from services.work import Work

YEARS = ((2016, 100), (2017, 95), (2018, 88), (2019, 80), (2020, 57))
LONG_AGO = 500  # days: whatever came before has come to its end, but for a few
FORGOTTEN = 0.012
AT_ONCE = 50
WAYS_ABROAD = (("handover", 45), ("rescued", 15), ("self_return", 40))
WAYS_HOME = (("rescued", 55), ("self_report", 30), ("self_return", 15))
PURPOSES = (
    ("marriage", 44), ("sexual", 21), ("labour", 19), ("childbearing", 4), ("crime", 3), ("begging", 2),
    ("unknown", 7),
)  # fmt: skip
OUTCOMES = (("victim", 67), ("not_victim", 23), ("insufficient", 10))
PAPERS = (70, 20, 5, 5)
FUNDS = (("state", 74), ("aid", 14), ("crime_fund", 7), ("other", 5))
MEASURES = (("A.P2", 50), ("A.P5", 25), ("A.P3", 12), ("A.P1", 8), ("A.P7", 5))
S = SupportKind
# kind → how often asked for: by everybody received, by victims; đồng from–to (None: no money)
NEEDS: dict[SupportKind, tuple[float, float, tuple[int, int] | None]] = {
    S.ESSENTIALS: (0.88, 0.88, (200_000, 1_400_000)),
    S.TRAVEL: (0.7, 0.7, (80_000, 600_000)),
    S.MEDICAL: (0.4, 0.55, (60_000, 900_000)),
    S.PSYCHOLOGY: (0.1, 0.45, None),
    S.LEGAL_AID: (0.02, 0.25, None),
    S.SCHOOLING: (0.0, 0.07, (300_000, 1_200_000)),
    S.VOCATIONAL: (0.0, 0.2, (1_000_000, 3_000_000)),
    S.HARDSHIP: (0.0, 0.7, (1_000_000, 1_000_000)),
    S.LOAN: (0.0, 0.12, (5_000_000, 40_000_000)),
}


def invent(
    work: Work, count: int, *, seed: int = 1837, progress: Callable[[int, int], None] | None = None
) -> None:
    """Makes `count` files of 2016–2020, in this Work."""
    rng, places, actor = Random(seed), Places(work), work.actor  # noqa: S311 (nothing secret)
    for done, day in enumerate(sorted(_day(rng) for _ in range(count)), start=1):
        _one(work, places, rng, day)
        if done % AT_ONCE == 0 or done == count:
            work.session.flush()
            if progress is not None:
                progress(done, count)
    work.actor = actor


def _day(rng: Random) -> date:
    first = date(int(weighted(rng, [(str(year), weight) for year, weight in YEARS])), 1, 1)
    return first + timedelta(rng.randrange(365))


def _one(work: Work, places: Places, rng: Random, day: date) -> None:
    facts = _reception(places, rng, day)
    beside = Random(f"{day} {facts.full_name} {facts.birth}")  # noqa: S311 (nothing secret)
    facts = replace(facts, **demo_people.details(beside, facts))
    scene = Scene(work, places, rng, Case(), day, work.today)
    scene.as_unit(facts.unit_id)
    scene.case = intake.receive(work, facts=facts)
    if beside.random() < 0.06:
        people.add(work, scene.case, facts=demo_people.relative(beside, facts))
    live(scene, facts)


def live(scene: Scene, facts: intake.Reception) -> None:
    """The life of a file after its reception: verified, protected, supported, handed to others, closed."""
    concluded = _verify(scene, facts)
    victim = concluded is not None and scene.case.state.value == "victim"
    _protect(scene, victim)
    _support(scene, victim, concluded)
    _hand_over(scene, victim)
    if concluded is not None:
        _close(scene, concluded, victim)
    if (scene.last - scene.day).days > LONG_AGO and not scene.chance(FORGOTTEN):
        _end(scene)


def _reception(places: Places, rng: Random, day: date) -> intake.Reception:
    ethnic = weighted(rng, demo_names.ETHNIC)
    female = rng.random() < 0.86
    kind = rng.choices((Place.ABROAD, Place.DOMESTIC, Place.IN_PROVINCE, None), (80, 11, 6, 3))[0]
    abroad = kind is Place.ABROAD
    district_id, commune_id = places.home(rng, day)
    outside = rng.random() < 0.07
    ways = WAYS_ABROAD if abroad else WAYS_HOME
    return intake.Reception(
        received_on=day,
        unit_id=places.receiving(rng, day, district_id, abroad),
        full_name=demo_names.full_name(rng, ethnic, female),
        alias=rng.choice(demo_names.ALIASES) if rng.random() < 0.06 else None,
        way=Way(weighted(rng, ways)) if kind or rng.random() < 0.5 else None,
        place=kind,
        country=weighted(rng, demo_names.COUNTRIES) if abroad else None,
        province=rng.choice(demo_names.DOMESTIC) if kind is Place.DOMESTIC else None,
        purpose=Purpose(weighted(rng, PURPOSES)),
        home_district_id=None if outside else district_id,
        home_commune_id=None if outside else commune_id,
        home_province=rng.choice(demo_names.OUTSIDE) if outside else None,
        sex=Sex.FEMALE if female else Sex.MALE,
        birth=_birth(rng, day),
        ethnic=ethnic,
        identity_number=demo_names.identity_number(rng, day.year),
        phone=demo_names.phone(rng),
        address=f"Thôn {rng.choice(demo_names.HAMLETS)}" if rng.random() < 0.6 else None,
        note=rng.choice(demo_names.NOTES) if rng.random() < 0.35 else None,
    )


def _birth(rng: Random, received: date) -> PartialDate | None:
    if rng.random() < 0.04:
        return None
    age_in_days = int(min(max(rng.gauss(22, 7), 9), 55) * 365.25)
    born = received - timedelta(age_in_days)
    known = rng.choices((10, 7, 4), (68, 5, 27))[0]
    return PartialDate(born.isoformat()[:known])


def _verify(scene: Scene, facts: intake.Reception) -> date | None:
    """Request, evidence, conclusion, now and then a reopening; the day of the last conclusion."""
    requested = scene.after(0, 3) if scene.chance(0.97) else None
    if requested is None:
        return None
    case, rng, work = scene.case, scene.rng, scene.work
    verifier = scene.places.verifier(rng, requested, facts.home_district_id)
    number = f"{rng.randint(10, 999)}/ĐN-XM"
    verification.request(work, case, requested_on=requested, unit_id=verifier, number=number)
    scene.as_unit(verifier)
    _evidence(scene, requested)
    concluded = scene.after(4, 75, requested) if scene.chance(0.985) else None
    if concluded is None:
        return None
    _conclude(scene, facts, concluded)
    if not scene.chance(0.03):
        return concluded
    reopened = scene.after(20, 200, concluded)
    if reopened is None:
        return concluded
    verification.reopen(work, case, reopened_on=reopened, reason=rng.choice(demo_names.WHY_AGAIN))
    again = scene.after(10, 60, reopened) if scene.chance(0.85) else None
    if again is not None:
        _conclude(scene, facts, again)
    return again


def _evidence(scene: Scene, requested: date) -> None:
    sources = law.on(requested).evidence_sources
    for _ in range(scene.rng.choice((0, 1, 1, 2))):
        received = scene.after(0, 4, requested)
        if received is not None:
            source = scene.rng.choice(sources).code
            verification.add_evidence(scene.work, scene.case, source=source, received_on=received)


def _conclude(scene: Scene, facts: intake.Reception, day: date) -> None:
    known = facts.place is not None and facts.way is not None
    outcome = Outcome(weighted(scene.rng, OUTCOMES if known else OUTCOMES[1:]))
    paper = number = None
    if outcome is Outcome.VICTIM:
        papers = law.on(day).papers
        paper = (
            scene.rng.choices([row.code for row in papers], (70, 20, 5, 5)[: len(papers)])[0] if papers else None
        )
        number = f"{scene.rng.randint(1, 400)}/GXN"
    verification.conclude(
        scene.work, scene.case, outcome=outcome, concluded_on=day, paper=paper, paper_number=number
    )


def _protect(scene: Scene, victim: bool) -> None:
    if not scene.chance(0.3 if victim else 0.06):
        return
    work, case, rng = scene.work, scene.case, scene.rng
    refused = scene.after(0, 5) if scene.chance(0.06) else None
    protection.declare_need(work, case, declared_on=scene.after(0, 2), refused_on=refused)
    applied = scene.after(1, 20)
    if refused or applied is None or not scene.chance(0.86):
        return
    regime = law.regime_of(applied).value
    codes = {weighted(rng, MEASURES).replace("A.", f"{regime}.") for _ in range(rng.choice((1, 1, 2)))}
    for code in sorted(codes & {measure.code for measure in law.measures(law.regime_of(applied))}):
        measure = protection.apply_measure(
            work, case, measure=code, applied_on=applied, decision_number=f"{rng.randint(1, 300)}/QĐ-BV"
        )
        ended = scene.after(60, 400, applied) if scene.chance(0.7) else None
        if ended is not None:
            protection.end_measure(work, case, measure, ended_on=ended)


def _support(scene: Scene, victim: bool, concluded: date | None) -> None:
    for kind, (everybody, victims, amounts) in NEEDS.items():
        if not scene.chance(victims if victim else everybody):
            continue
        work, case, rng = scene.work, scene.case, scene.rng
        declared = scene.after(0, 2)
        if scene.chance(0.05):
            support.declare_need(work, case, kind=kind, declared_on=declared, refused=True, refused_on=declared)
            continue
        early = kind in (S.ESSENTIALS, S.TRAVEL, S.MEDICAL)
        delivered = scene.after(0, 6) if early else scene.after(10, 150, concluded)
        if delivered is None or not scene.chance(0.96 if early else 0.84):
            support.declare_need(work, case, kind=kind, declared_on=declared)
            continue
        amount = rng.randrange(amounts[0], amounts[1] + 1, 10_000) if amounts and scene.chance(0.9) else None
        given = support.deliver(
            work,
            case,
            kind=kind,
            delivered_on=delivered,
            amount=amount,
            fund=FundSource(weighted(rng, FUNDS)) if amount and kind is not S.LOAN else None,
        )
        if amount and scene.chance(0.01):
            support.correct(work, case, given, amount_change=-amount // 10, reason="Chi thừa, đã thu hồi.")


def _hand_over(scene: Scene, victim: bool) -> None:
    """Victims go to their commune's or district's officers; some to the shelter, a few to legal aid."""
    places, case = scene.places, scene.case
    area_id = case.home_district_id or case.home_commune_id
    local = UnitKind.PEOPLE_COMMITTEE_DISTRICT if case.home_district_id else UnitKind.PEOPLE_COMMITTEE_COMMUNE
    wanted = ((local, 0.5 if victim else 0.1, None), (UnitKind.SHELTER, 0.15, 60), (UnitKind.JUSTICE, 0.06, 120))
    for kind, likely, stay in wanted:
        since = scene.after(1, 15)
        if since is None or not scene.chance(max(likely, 0.4) if scene.recent else likely):
            continue
        unit = places.unit(kind, since, area_id if kind is local else None)
        if unit is not None:
            until = since + timedelta(scene.rng.randint(5, stay)) if stay and not scene.recent else None
            cases.hand_to(scene.work, case, unit_id=unit.id, since=since, until=until)


def _close(scene: Scene, concluded: date, victim: bool) -> None:
    closed = scene.after(150, 540, concluded) if victim else scene.after(5, 60, concluded)
    if closed is None or not scene.chance(0.72 if victim else 0.85):
        return
    if victim:
        choices = (ClosingOutcome.REINTEGRATED, ClosingOutcome.MOVED, ClosingOutcome.REFUSED)
        outcome = scene.rng.choices(choices, (84, 10, 6))[0]
    else:
        outcome = ClosingOutcome.NOT_VICTIM if scene.case.state.value == "not_victim" else ClosingOutcome.OTHER
    cases.close(scene.work, scene.case, outcome=outcome, closed_on=closed)


def _end(scene: Scene) -> None:
    """What came years ago and still waits is asked about, concluded and closed, a year or two later."""
    work, case, states = scene.work, scene.case, CaseState
    if case.state is states.CLOSED:
        return
    day = scene.day + timedelta(scene.rng.randint(400, 490))
    if case.state is states.RECEIVED:
        verification.request(work, case, requested_on=day, unit_id=scene.places.verifier(scene.rng, day, None))
    if case.state is states.VERIFYING:
        day = max(day, verifying_since(work, case))
        verification.conclude(work, case, outcome=Outcome.INSUFFICIENT, concluded_on=day)
    last = last_conclusion(work, case)
    day = max(day, last.concluded_on if last else day) + timedelta(10)
    for measure in rows(work, ProtectionMeasure, case):
        if measure.ended_on is None:
            protection.end_measure(work, case, measure, ended_on=max(day, measure.applied_on))
    outcomes = {states.VICTIM: ClosingOutcome.REINTEGRATED, states.NOT_VICTIM: ClosingOutcome.NOT_VICTIM}
    cases.close(work, case, outcome=outcomes.get(case.state, ClosingOutcome.OTHER), closed_on=day)
