"""The trail finds every way it or a row could be tampered with, and reads as plain sentences."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.cases import Case, CaseState
from db.people import Person
from services.errors import Invalid
from services.office import Office
from services.trail_check import Anchor, Fault, Verdict, read_anchor, verify
from tests.db.rows import new_case, reading, writing
from tests.services.trails import noted


def checked(office: Office, anchor: Anchor | None = None) -> Verdict:
    with reading(office) as work:
        return verify(work, anchor)


def faults(office: Office, anchor: Anchor | None = None) -> list[Fault]:
    return [finding.fault for finding in checked(office, anchor).findings]


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
