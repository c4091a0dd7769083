"""The trail of changes: complete by construction, in the same transaction, append-only."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from db.audit import GENESIS, Author, Unattended, digest_of, mac_of, stored
from db.base import Row, table_of, tables
from db.cases import Case
from db.engine import open_session
from db.people import Person
from db.places import Unit
from db.sealed import unlocked
from db.trail import Action, TrailEntry
from services.errors import Conflict
from services.office import Office
from tests.db.rows import NAME, add_case, new_case, reading, writing

TRAIL = table_of(TrailEntry)


def trail(office: Office) -> list[Any]:
    with office.engine.connect() as connection:
        return list(connection.execute(sa.select(TRAIL).order_by(TRAIL.c.seq)))


def after(office: Office, seq: int) -> list[Any]:
    return [entry for entry in trail(office) if entry.seq > seq]


def head(office: Office) -> int:
    return trail(office)[-1].seq


def test_a_write_without_an_actor_is_refused(any_office: Office) -> None:
    with unlocked(any_office.keys), open_session(any_office.engine, write=True) as session:
        session.add(Unit(code="x", name="x", kind="partner"))
        with pytest.raises(Unattended):
            session.flush()


@pytest.mark.parametrize("model", sorted(tables(Row), key=lambda m: m.__name__), ids=lambda m: m.__name__)
@pytest.mark.parametrize("statement", [sa.insert, sa.update, sa.delete], ids=lambda s: s.__name__)
def test_a_bulk_write_is_refused(office: Office, model: type[Row], statement: Any) -> None:
    with writing(office) as work, pytest.raises(Unattended):
        work.session.execute(statement(model))


def test_the_trail_itself_cannot_be_written_in_bulk(office: Office) -> None:
    with writing(office) as work, pytest.raises(Unattended):
        work.session.execute(sa.delete(TrailEntry))


def test_a_new_row_is_written_down_with_its_fields_never_its_values(any_office: Office) -> None:
    before = head(any_office)
    case_id, person_id = new_case(any_office)
    entries = after(any_office, before)
    assert {(e.action, e.object, e.object_id) for e in entries} == {
        (Action.CREATE, "case_file", case_id),
        (Action.CREATE, "person", person_id),
    }
    person = next(e for e in entries if e.object == "person")
    assert person.case_id == case_id
    assert "full_name" in person.fields.split(",")
    assert "alias" not in person.fields.split(",")
    assert NAME not in str(list(person))
    assert person.actor.startswith("máy chủ: ")


def test_a_change_names_what_changed(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    before = head(any_office)
    with writing(any_office) as work:
        person = work.session.get_one(Person, person_id)
        person.full_name, person.ethnic = "Bế Thị Khác", "Tày"
    (entry,) = after(any_office, before)
    assert entry.action is Action.UPDATE
    assert set(entry.fields.split(",")) == {"full_name", "ethnic"}


def test_a_deletion_is_written_down_without_a_digest(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    before = head(any_office)
    with writing(any_office) as work:
        work.session.delete(work.session.get_one(Person, person_id))
    (entry,) = after(any_office, before)
    assert (entry.action, entry.object_id, entry.digest) == (Action.DELETE, person_id, None)


def test_setting_a_field_to_what_it_was_writes_nothing(any_office: Office) -> None:
    case_id, person_id = new_case(any_office)
    before = head(any_office)
    with writing(any_office) as work:
        work.session.get_one(Person, person_id).full_name = NAME
        case = work.session.get_one(Case, case_id)
        case.received_on = case.received_on
    assert after(any_office, before) == []


def test_what_is_rolled_back_leaves_no_entry(any_office: Office) -> None:
    before = head(any_office)
    with pytest.raises(ZeroDivisionError), writing(any_office) as work:
        add_case(work)
        work.session.flush()
        assert work.session.execute(sa.select(sa.func.max(TRAIL.c.seq))).scalar_one() > before
        _ = 1 / 0
    assert after(any_office, before) == []


def test_a_savepoint_rolled_back_leaves_the_chain_whole(any_office: Office) -> None:
    before = head(any_office)
    with writing(any_office) as work:
        kept, _ = add_case(work)
        work.session.flush()
        with pytest.raises(ZeroDivisionError), work.session.begin_nested():
            add_case(work)
            work.session.flush()
            _ = 1 / 0
        add_case(work)
    entries = after(any_office, before)
    assert [e.seq for e in entries] == list(range(before + 1, before + 5))
    assert sum(e.object_id == kept.id for e in entries) == 1


def test_reading_keeps_nothing(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    before = head(any_office)
    with reading(any_office) as work:
        work.session.get_one(Person, person_id).ethnic = "Nùng"
    with reading(any_office) as work:
        assert work.session.get_one(Person, person_id).ethnic is None
    assert after(any_office, before) == []


def test_a_reading_work_may_still_record_what_was_read(any_office: Office) -> None:
    case_id, _ = new_case(any_office)
    before = head(any_office)
    with reading(any_office) as work:
        work.record(Action.READ, "case_file", object_id=case_id, case_id=case_id)
        (entry,) = after(any_office, before)
        assert entry.action is Action.READ


def test_each_entry_is_chained_to_the_one_before(any_office: Office) -> None:
    new_case(any_office)
    prev = GENESIS
    for place, entry in enumerate(trail(any_office), start=1):
        assert (entry.seq, entry.prev) == (place, prev)
        assert entry.mac == mac_of(any_office.keys.trail, prev, entry._mapping)
        prev = entry.mac


def test_each_digest_is_of_the_row_as_stored(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    table = table_of(Person)
    with any_office.engine.connect() as connection:
        row = connection.execute(stored(table).where(table.c.id == person_id)).mappings().one()
    assert isinstance(row["full_name"], bytes)
    assert trail(any_office)[-1].digest == digest_of(dict(row))


def test_the_digest_ignores_columns_added_later_but_not_a_value_taken_away() -> None:
    assert digest_of({"a": 1}) == digest_of({"a": 1, "new": None})
    assert digest_of({"a": 1, "b": "x"}) != digest_of({"a": 1, "b": None})


def test_the_digest_tells_every_kind_of_value_apart() -> None:
    values = [{"a": v} for v in (1, "1", b"1", True, 1.5, "", None)]
    assert len({digest_of(value) for value in values}) == len(values)


@pytest.mark.parametrize(
    "statement", ["UPDATE trail SET actor = 'x' WHERE seq = 1", "DELETE FROM trail WHERE seq = 1"]
)
def test_triggers_refuse_to_change_the_trail(any_office: Office, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append only"), any_office.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_triggers_refuse_to_empty_the_trail(any_office: Office) -> None:
    statement = "TRUNCATE trail" if any_office.engine.dialect.name == "postgresql" else "DELETE FROM trail"
    with pytest.raises(DBAPIError, match="append only"), any_office.engine.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("step", [0, 2, -5])
def test_triggers_refuse_an_entry_out_of_order(any_office: Office, step: int) -> None:
    last = trail(any_office)[-1]
    forged = {**last._mapping, "seq": last.seq + step}
    with pytest.raises(DBAPIError), any_office.engine.begin() as connection:
        connection.execute(sa.insert(TRAIL).values(forged))


def test_two_writers_conflict_instead_of_overwriting(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    with pytest.raises(Conflict), writing(any_office) as work:
        person = work.session.get_one(Person, person_id)
        with any_office.engine.connect() as connection:
            table = table_of(Person)
            assert connection.execute(sa.select(table.c.version).where(table.c.id == person_id)).scalar_one() == 1
        _somebody_else_saved(work, person_id)
        person.ethnic = "Tày"
    with reading(any_office) as work:
        assert work.session.get_one(Person, person_id).ethnic is None


def _somebody_else_saved(work: Any, person_id: int) -> None:
    """The other writer's change, seen from inside this transaction (SQLite has one writer at a time)."""
    table = table_of(Person)
    change = sa.update(table).where(table.c.id == person_id).values(version=table.c.version + 1)
    work.session.connection().execute(change)


def test_a_row_changed_since_it_was_read_conflicts(any_office: Office) -> None:
    """A form opened, somebody else saves, the form is saved."""
    _, person_id = new_case(any_office)
    with reading(any_office) as work:
        mine = work.session.get_one(Person, person_id)
        work.session.expunge(mine)
    with writing(any_office) as work:
        work.session.get_one(Person, person_id).ethnic = "Dao"
    with pytest.raises(Conflict), writing(any_office) as work:
        work.session.add(mine)
        mine.ethnic = "Tày"
    with reading(any_office) as work:
        assert work.session.get_one(Person, person_id).ethnic == "Dao"


def test_each_save_raises_the_version(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    with writing(any_office) as work:
        work.session.get_one(Person, person_id).ethnic = "Dao"
    with reading(any_office) as work:
        person = work.session.get_one(Person, person_id)
        assert person.version == 2
        assert person.updated_at >= person.created_at


def test_the_author_is_written_down_whole(office: Office) -> None:
    before = head(office)
    author = Author("Bế Văn Ghi", "police, local", account_id=5, unit_id=6, session="abc", reason="vì sao")
    with unlocked(office.keys), open_session(office.engine, write=True) as session:
        session.info["author"] = author
        session.add(session.exec(select(Unit)).first())
        unit = session.exec(select(Unit)).first()
        assert unit is not None
        unit.name = "Đơn vị đổi tên"
        session.commit()
    (entry,) = after(office, before)
    assert (entry.actor, entry.role, entry.actor_id, entry.unit_id, entry.session, entry.reason) == (
        "Bế Văn Ghi",
        "police, local",
        5,
        6,
        "abc",
        "vì sao",
    )
