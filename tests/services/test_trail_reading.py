"""What people read in the trail: whose, of what, in which words."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case
from db.people import Person
from db.places import Unit, UnitKind
from db.trail import Action
from services.access import Right
from services.errors import Refused
from services.office import Office
from services.trail import TrailFilter, entries, people, readers
from services.trail_check import verify
from services.work import Actor, Held, Work
from tests.db.rows import NAME, new_case, reading, writing
from tests.services.trails import noted


def units(office: Office, kind: UnitKind) -> list[Unit]:
    with reading(office) as work:
        return list(work.session.exec(select(Unit).where(Unit.kind == kind).order_by(Unit.code)))


def actor(account_id: int, name: str, role: Role, unit: Unit, *, head: bool = False) -> Actor:
    held = Held(role, unit.id, unit.name, unit.kind, head=head)
    return Actor(account_id, name, (held,))


@pytest.fixture
def police(office: Office) -> list[Unit]:
    return units(office, UnitKind.POLICE_DISTRICT)


def see(office: Office, who: Actor, case_id: int) -> None:
    with Work(office, who, write=True) as work:
        work.record(Action.READ, "case_file", object_id=case_id, case_id=case_id)


def lines(office: Office, who: Actor, wanted: TrailFilter | None = None) -> list[tuple[str, str]]:
    with Work(office, who) as work:
        return [(line.actor, line.sentence) for line in entries(work, wanted, size=5000).rows]


def test_an_administrator_reads_all_of_it_but_no_case_number(office: Office, police: list[Unit]) -> None:
    case_id, _ = new_case(office)
    see(office, actor(1, "Công An Một", Role.POLICE, police[0]), case_id)
    admin = actor(9, "Quản Trị", Role.ADMIN, units(office, UnitKind.LABOUR_DEPT)[0])
    found = lines(office, admin)
    assert found[0] == ("Công An Một", "xem hồ sơ")
    with Work(office, admin) as work:
        page = entries(work, size=5000)
        assert page.total == len(page.rows) == noted(office).count
        assert all(line.case_id is None for line in page.rows)


def test_a_head_reads_what_the_unit_did_only(office: Office, police: list[Unit]) -> None:
    case_id, _ = new_case(office)
    see(office, actor(1, "Công An Một", Role.POLICE, police[0]), case_id)
    see(office, actor(2, "Công An Hai", Role.POLICE, police[1]), case_id)
    head = actor(3, "Trưởng Một", Role.POLICE, police[0], head=True)
    assert [who for who, _ in lines(office, head)] == ["Công An Một"]
    with Work(office, head) as work:
        assert people(work) == [(1, "Công An Một")]
        assert [line.actor for line in readers(work, case_id)] == ["Công An Một"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_those_who_head_nothing_are_refused(office: Office, role: Role) -> None:
    unit = units(office, UnitKind.LABOUR_DEPT)[0]
    with Work(office, actor(1, "Ai Đó", role, unit)) as work:
        for verb in (lambda: entries(work), lambda: people(work), lambda: readers(work, 1), lambda: verify(work)):
            with pytest.raises(Refused):
                verb()


def test_a_head_may_not_verify_the_whole_trail(office: Office, police: list[Unit]) -> None:
    with Work(office, actor(3, "Trưởng Một", Role.POLICE, police[0], head=True)) as work, pytest.raises(Refused):
        verify(work)


def test_sentences_name_labels_and_never_values(any_office: Office) -> None:
    case_id, person_id = new_case(any_office)
    with writing(any_office) as work:
        work.session.get_one(Person, person_id).full_name = "Bế Thị Khác"
    with reading(any_office) as work:
        code = work.session.get_one(Case, case_id).code
        found = entries(work, TrailFilter(case_id=case_id)).rows
    assert found[0].sentence == f"sửa người trong hồ sơ ({code}): Họ và tên"
    assert any(line.sentence.startswith(f"ghi mới hồ sơ {code}: ") for line in found)
    assert found[0].case_id == case_id
    assert not any(NAME in line.sentence or "Bế Thị Khác" in line.sentence for line in found)


def test_a_list_of_names_counts_as_having_seen_each(office: Office, police: list[Unit]) -> None:
    case_id, _ = new_case(office)
    other, _ = new_case(office)
    who = actor(1, "Công An Một", Role.POLICE, police[0])
    with Work(office, who, write=True) as work:
        work.record(Action.LIST, "case_file", fields=f"{other:x},{case_id:x}")
    admin = actor(9, "Quản Trị", Role.ADMIN, police[0])
    with Work(office, admin) as work:
        assert [line.sentence for line in readers(work, case_id)] == ["xem danh sách hồ sơ (2 dòng)"]
        assert readers(work, case_id // 16) == ()


@pytest.mark.parametrize(
    "wanted",
    [
        lambda day: TrailFilter(since=day, until=day),
        lambda day: TrailFilter(actions=frozenset({Action.CREATE})),
        lambda day: TrailFilter(),
    ],
)
def test_filters_narrow(office: Office, wanted: Callable[[Any], TrailFilter]) -> None:
    new_case(office)
    with reading(office) as work:
        assert entries(work, wanted(work.today)).total == noted(office).count
        assert entries(work, TrailFilter(actor_id=5)).total == 0
        assert entries(work, TrailFilter(actions=frozenset({Action.DELETE}))).total == 0


def test_pages_do_not_overlap(office: Office) -> None:
    with reading(office) as work:
        one, two = entries(work, number=1, size=10), entries(work, number=2, size=10)
    assert [line.seq for line in (*one.rows, *two.rows)] == list(range(one.total, one.total - 20, -1))
    assert Right.TRAIL
