"""The demo: an invented province, the same each time, whole, and never over real data."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Account, Holding, Role
from db.cases import Case, CaseState, CaseUnit, Incident, Place, Reopening
from db.people import Person, PersonKind
from db.places import Area, Unit, UnitKind
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, SupportKind, SupportNeed
from services import demo, figures, passwords, periods
from services.demo.cases import invent
from services.demo.doubles import PAIRS
from services.demo.incidents import MOTHER, TOLD
from services.demo.lately import TOLD as LATELY
from services.errors import NotReady
from services.office import Office, open_office
from services.trail_check import verify
from services.work import Work, command_line

OTHERS = sum(len(told.who) for told in TOLD) + len(LATELY) + sum(len(pair) for pair in PAIRS)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("demo")
    quick, passwords.ROUNDS = passwords.ROUNDS, 4
    demo.prepare(home)
    passwords.ROUNDS = quick
    return home


@pytest.fixture(scope="module")
def province(home: Path) -> Iterator[Office]:
    office = open_office(home, f"sqlite:///{home}/data/duongve.db")
    yield office
    office.close()


def rows(office: Office, model: Any) -> list[Any]:
    with Work(office, command_line()) as work:
        return list(work.session.exec(select(model)).all())


def test_about_420_cases_of_the_plan_s_years_and_some_of_these_weeks(province: Office) -> None:
    received = [case.received_on for case in rows(province, Case)]
    planned = [day for day in received if day.year <= 2020]
    assert len(planned) == demo.CASES + sum(len(told.who) for told in TOLD if isinstance(told.day, date))
    assert {day.year for day in planned} == {2016, 2017, 2018, 2019, 2020}
    assert len(received) == demo.CASES + OTHERS
    assert len(LATELY) >= 25
    assert max(received) <= date.today()
    assert (date.today() - max(received)).days == 1


def test_every_state_place_and_kind_of_support_occurs(province: Office) -> None:
    cases = rows(province, Case)
    assert {case.state for case in cases} == set(CaseState)
    assert {Place.ABROAD, Place.DOMESTIC, Place.IN_PROVINCE, None} <= {case.place for case in cases}
    assert {row.kind for row in rows(province, Delivery)} == set(SupportKind)
    assert any(need.refused for need in rows(province, SupportNeed))
    assert any(row.kind is SupportKind.LOAN and row.amount for row in rows(province, Delivery))
    assert any(row.corrects_id for row in rows(province, Delivery))
    assert rows(province, Reopening)
    needs, measures = rows(province, ProtectionNeed), rows(province, ProtectionMeasure)
    assert any(need.refused_on for need in needs)
    assert {need.case_id for need in needs} - {row.case_id for row in measures}


def test_incidents_bring_several_people_at_once(province: Office) -> None:
    """Mothers with children, people who need an interpreter, foreigners; one incident is not all in yet."""
    incidents, cases, people = (rows(province, model) for model in (Incident, Case, Person))
    assert len(incidents) == len(TOLD) >= 12
    files = {case.id: case.incident_id for case in cases if case.incident_id}
    entered = Counter(files[person.case_id] for person in people if person.case_id in files)
    assert all(2 <= entered[incident.id] <= 6 for incident in incidents)
    left = Counter(incident.expected - entered[incident.id] for incident in incidents)
    assert left == Counter(told.left for told in TOLD)
    assert len([told for told in TOLD if told.left]) == 2
    kinds = Counter(person.kind for person in people)
    assert kinds[PersonKind.ACCOMPANYING_MINOR] == sum(told.who.count(MOTHER) for told in TOLD)
    assert kinds[PersonKind.RELATIVE] > 5
    assert {"Tiếng Mông", "Tiếng Dao", "Tiếng Trung Quốc"} <= {p.language for p in people if p.interpreter}
    assert {"Trung Quốc"} <= {person.nationality for person in people}
    assert any(person.guardian_name for person in people) and any(person.name_unknown for person in people)


def test_communes_and_units_are_those_of_the_day(province: Office) -> None:
    places = {row.id: row for row in (*rows(province, Area), *rows(province, Unit))}
    for case in rows(province, Case):
        for place_id in (case.unit_id, case.home_district_id, case.home_commune_id):
            place = places.get(place_id)
            if place is not None:
                assert place.valid_from is None or place.valid_from <= case.received_on
                assert place.valid_to is None or place.valid_to >= case.received_on


def test_a_shelter_and_a_partner_have_a_file_today(province: Office) -> None:
    kinds = {unit.id: unit.kind for unit in rows(province, Unit)}
    today = date.today()
    open_at = Counter(
        kinds[row.unit_id] for row in rows(province, CaseUnit) if not row.until or row.until >= today
    )
    assert open_at[UnitKind.SHELTER]
    assert open_at[UnitKind.JUSTICE]


def test_identity_numbers_belong_to_no_province(province: Office) -> None:
    numbers = [person.identity_number for person in rows(province, Person) if person.identity_number]
    assert len(numbers) > 100
    assert all(number.startswith("000") and len(number) in (9, 12) for number in numbers)


def test_there_is_an_account_of_every_role_a_head_two_roles_and_a_disabled_one(province: Office) -> None:
    accounts, holdings = rows(province, Account), rows(province, Holding)
    assert {holding.role for holding in holdings} == set(Role)
    assert any(holding.head for holding in holdings)
    assert max(Counter(holding.account_id for holding in holdings).values()) == 2
    assert [account.username for account in accounts if not account.active] == ["nghiviec"]
    assert passwords.problem_of(demo.PASSWORD, "congan", "Ma Văn Kiên") is None


def test_the_account_balances_in_every_year(province: Office) -> None:
    with Work(province, command_line()) as work:
        for year in range(2016, 2021):
            found = figures.as_json(work, periods.parse(str(year)))
            concluded = sum(found["concluded"].values())
            assert found["opening"] + found["received"] + found["reopened"] == concluded + found["closing"]
            assert sum(found["lines"].values()) == found["concluded"]["victim"]
            for target in found["targets"].values():
                assert 0 < target["met"] <= target["of"]


def test_it_was_made_through_the_verbs_so_the_trail_is_whole(province: Office) -> None:
    with Work(province, command_line()) as work:
        assert verify(work).clean


def test_a_second_start_uses_it_again(home: Path, province: Office) -> None:
    before = len(rows(province, Case))
    demo.prepare(home)
    assert len(rows(province, Case)) == before


def test_the_same_seed_gives_the_same_facts(office: Office) -> None:
    def facts(seed: int) -> list[tuple[Any, ...]]:
        work = Work(office, command_line(), write=True, today=date(2021, 1, 15))
        with pytest.raises(ZeroDivisionError), work:
            invent(work, 20, seed=seed)
            found = work.session.exec(select(Case).order_by(Case.code)).all()
            kept.append([(case.code, case.received_on, case.state, case.unit_id, case.country) for case in found])
            _ = 1 / 0
        return kept[-1]

    kept: list[list[tuple[Any, ...]]] = []
    assert facts(1) == facts(1)
    assert facts(1) != facts(2)


def test_an_interrupted_start_leaves_nothing_and_the_next_one_fills_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(demo, "CASES", 20)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.prepare(tmp_path / "demo", stop)
    demo.prepare(tmp_path / "demo")
    office = open_office(tmp_path / "demo", f"sqlite:///{tmp_path}/demo/data/duongve.db")
    assert len(rows(office, Case)) == 20 + OTHERS
    assert len(rows(office, Account)) == len(demo.PEOPLE)
    office.close()


def test_real_data_is_never_touched(office: Office, tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="dữ liệu thật"):
        demo.prepare(office.home.path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("x")
    with pytest.raises(NotReady):
        demo.prepare(tmp_path / "other")
