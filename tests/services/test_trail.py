"""The trail finds every way it or a row could be tampered with, and reads as plain sentences."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from db.accounts import Role
from db.cases import Case, CaseState
from db.people import Person
from db.places import Unit, UnitKind
from db.trail import Action
from services.access import Right
from services.errors import Invalid, Refused
from services.office import Office
from services.trail import TrailFilter, entries, people, readers
from services.trail_check import Anchor, Fault, Verdict, anchor_of, read_anchor, verify
from services.work import Actor, Held, Work
from tests.db.rows import NAME, new_case, reading, writing


def checked(office: Office, anchor: Anchor | None = None) -> Verdict:
    with reading(office) as work:
        return verify(work, anchor)


def faults(office: Office, anchor: Anchor | None = None) -> list[Fault]:
    return [finding.fault for finding in checked(office, anchor).findings]


def noted(office: Office) -> Anchor:
    with reading(office) as work:
        return anchor_of(work)


def tamper(office: Office, *statements: str, **values: Any) -> None:
    """As somebody who owns the database: triggers off, then the change, then on again as if nothing was."""
    postgresql = office.engine.dialect.name == "postgresql"
    with office.engine.begin() as connection:
        triggers: list[str] = []
        if postgresql:
            connection.exec_driver_sql("ALTER TABLE trail DISABLE TRIGGER USER")
        else:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type='trigger'").all()
            triggers = [row.sql for row in rows]
            for row in rows:
                connection.exec_driver_sql(f"DROP TRIGGER {row.name}")
        for statement in statements:
            connection.execute(sa.text(statement), values)
        if postgresql:
            connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
            connection.exec_driver_sql("ALTER TABLE trail ENABLE TRIGGER USER")
        for trigger in triggers:
            connection.exec_driver_sql(trigger)


def test_an_untouched_office_has_nothing_to_find(any_office: Office) -> None:
    new_case(any_office)
    verdict = checked(any_office)
    assert verdict.clean
    assert verdict.anchor == noted(any_office)
    assert verdict.rows > 2
    assert checked(any_office, verdict.anchor).clean


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'người khác'",
        "at = '2018-01-01 00:00:00'",
        "reason = 'lý do khác'",
        "fields = 'code'",
        "action = 'read'",
        "session = 'x'",
        "role = 'admin'",
        "actor_id = 5",
        "unit_id = 5",
        "object = 'person'",
        "object_id = 5",
        "case_id = 5",
        "digest = 'x'",
    ],
)
def test_any_changed_field_of_an_entry_is_found(any_office: Office, change: str) -> None:
    new_case(any_office)
    tamper(any_office, f"UPDATE trail SET {change} WHERE seq = 3")
    assert Fault.BROKEN in faults(any_office)


def test_a_dropped_entry_is_found(any_office: Office) -> None:
    tamper(any_office, "DELETE FROM trail WHERE seq = 3")
    assert Fault.MISSING in faults(any_office)


def test_a_dropped_entry_is_found_even_when_the_rest_is_renumbered(any_office: Office) -> None:
    tamper(
        any_office,
        "DELETE FROM trail WHERE seq = 3",
        "UPDATE trail SET seq = -seq",
        "UPDATE trail SET seq = CASE WHEN seq < -3 THEN -seq - 1 ELSE -seq END",
    )
    assert Fault.BROKEN in faults(any_office)


def test_swapped_entries_are_found(any_office: Office) -> None:
    tamper(
        any_office,
        "UPDATE trail SET seq = -3 WHERE seq = 3",
        "UPDATE trail SET seq = 3 WHERE seq = 4",
        "UPDATE trail SET seq = 4 WHERE seq = -3",
    )
    assert Fault.BROKEN in faults(any_office)


def test_a_doubled_entry_is_found(any_office: Office) -> None:
    last = noted(any_office).count
    copied = "at, actor, role, action, object, object_id, case_id, reason, fields, digest, prev, mac"
    tamper(any_office, f"INSERT INTO trail (seq, {copied}) SELECT seq + 1, {copied} FROM trail WHERE seq = {last}")
    assert Fault.BROKEN in faults(any_office)


def test_a_forged_entry_is_found(any_office: Office) -> None:
    anchor = noted(any_office)
    tamper(
        any_office,
        "INSERT INTO trail (seq, at, actor, role, action, object, fields, prev, mac) VALUES "
        f"({anchor.count + 1}, '2018-01-01 00:00:00', 'ai đó', '', 'read', 'case_file', '', :prev, :mac)",
        prev=anchor.head,
        mac="0" * 64,
    )
    assert faults(any_office) == [Fault.BROKEN]


def test_a_cut_tail_is_found_only_against_an_anchor(any_office: Office) -> None:
    before = noted(any_office)
    case_id, person_id = new_case(any_office)
    anchor = noted(any_office)
    tamper(
        any_office,
        f"DELETE FROM person WHERE id = {person_id}",
        f"DELETE FROM case_file WHERE id = {case_id}",
        f"DELETE FROM trail WHERE seq > {before.count}",
    )
    assert faults(any_office) == []
    assert faults(any_office, anchor) == [Fault.CUT]
    assert faults(any_office, before) == []


def test_a_trail_written_anew_after_a_cut_does_not_meet_the_anchor(any_office: Office) -> None:
    before = noted(any_office)
    case_id, person_id = new_case(any_office)
    anchor = noted(any_office)
    tamper(
        any_office,
        f"DELETE FROM person WHERE id = {person_id}",
        f"DELETE FROM case_file WHERE id = {case_id}",
        f"DELETE FROM trail WHERE seq > {before.count}",
    )
    new_case(any_office)
    new_case(any_office)
    assert faults(any_office) == []
    assert faults(any_office, anchor) == [Fault.REWRITTEN]


def test_a_row_changed_outside_is_found(any_office: Office) -> None:
    new_case(any_office)
    tamper(any_office, "UPDATE case_file SET received_on = '2017-01-01'")
    assert faults(any_office) == [Fault.CHANGED]


def test_a_sealed_value_replaced_by_another_row_s_is_found(any_office: Office) -> None:
    _, one = new_case(any_office)
    _, other = new_case(any_office)
    tamper(
        any_office,
        f"UPDATE person SET full_name = (SELECT full_name FROM person WHERE id = {one}) WHERE id = {other}",
    )
    assert faults(any_office) == [Fault.CHANGED]


def test_a_row_put_back_to_an_older_state_is_found(any_office: Office) -> None:
    case_id, _ = new_case(any_office)
    with any_office.engine.connect() as connection:
        old = connection.exec_driver_sql("SELECT updated_at, version, state FROM case_file").one()
    with writing(any_office) as work:
        work.session.get_one(Case, case_id).state = CaseState.VERIFYING
    tamper(
        any_office,
        "UPDATE case_file SET updated_at = :at, version = :version, state = :state",
        at=old.updated_at,
        version=old.version,
        state=old.state,
    )
    assert faults(any_office) == [Fault.ROLLED_BACK]


def test_a_row_deleted_outside_is_found(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    tamper(any_office, f"DELETE FROM person WHERE id = {person_id}")
    assert faults(any_office) == [Fault.DELETED]


def test_a_row_inserted_outside_is_found(any_office: Office) -> None:
    tamper(
        any_office,
        "INSERT INTO unit (id, created_at, updated_at, version, code, name, kind) VALUES "
        "(7, '2018-01-01 00:00:00', '2018-01-01 00:00:00', 1, 'x', 'x', 'partner')",
    )
    assert faults(any_office) == [Fault.INSERTED]


def test_a_row_deleted_in_the_application_is_no_fault(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    with writing(any_office) as work:
        work.session.delete(work.session.get_one(Person, person_id))
    assert faults(any_office) == []


def test_an_anchor_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "anchor.json"
    path.write_text(json.dumps({"count": 5, "head": "abc"}))
    assert read_anchor(path) == Anchor(5, "abc")
    path.write_text(json.dumps({"trail": {"count": 6, "head": "def"}, "other": 1}))
    assert read_anchor(path) == Anchor(6, "def")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"count": "x", "head": ""}', "5"])
def test_a_broken_anchor_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "anchor.json"
    path.write_text(content)
    with pytest.raises(Invalid):
        read_anchor(path)


# --- what people read


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
