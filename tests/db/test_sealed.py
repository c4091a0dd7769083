"""Sealed columns: what is stored is unreadable, and opens in its own place only."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import StatementError
from sqlmodel import SQLModel, col, select

from db.base import Plain, Row, table_of, tables
from db.cases import Case
from db.fields import Sensitivity, info
from db.people import Person
from db.sealed import Bound, Sealed, SealError, check, keys, seal, sealed_columns, unlocked, unseal
from db.trail import TrailEntry
from services.office import Office
from tests.db.rows import NAME, add_case, new_case, reading, writing

CASE, PERSON = table_of(Case), table_of(Person)


def columns() -> list[sa.Column[Any]]:
    return [column for table in SQLModel.metadata.tables.values() for column in table.columns]


def is_free_text(column: sa.Column[Any]) -> bool:
    """Text somebody may type: neither sealed nor one of an enum's values."""
    kind = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    return isinstance(kind, sa.String) and "choices" not in info(column)


def raw(office: Office, table: sa.Table, name: str, row_id: int) -> bytes:
    with office.engine.connect() as connection:
        text = sa.text(f"SELECT {name} FROM {table.name} WHERE id = :id")
        return bytes(connection.execute(text, {"id": row_id}).scalar_one())


def put(office: Office, table: sa.Table, name: str, row_id: int, value: bytes) -> None:
    """As somebody with the database in hand would."""
    with office.engine.begin() as connection:
        text = sa.text(f"UPDATE {table.name} SET {name} = :value WHERE id = :id")
        connection.execute(text, {"id": row_id, "value": value})


def test_every_followed_table_has_the_word_people_read() -> None:
    assert [model.__name__ for model in tables(Row) if not model.trail_object] == []
    assert not {table_of(m).name for m in tables(Row)} & {table_of(m).name for m in tables(Plain)}


@pytest.mark.parametrize("name", ["full_name", "alias", "identity_number", "phone", "address"])
def test_identity_is_sealed(name: str) -> None:
    assert isinstance(PERSON.c[name].type, Sealed)
    assert info(PERSON.c[name])["sensitivity"] is Sensitivity.IDENTITY


def test_what_is_stored_does_not_hold_the_text(any_office: Office) -> None:
    case_id, person_id = new_case(any_office)
    assert NAME.encode() not in raw(any_office, PERSON, "full_name", person_id)
    with reading(any_office) as work:
        assert work.session.get_one(Person, person_id).full_name == NAME
        assert work.session.get_one(Case, case_id).note == "ghi chú kín"


def test_the_same_text_is_stored_differently_each_time(office: Office) -> None:
    _, one = new_case(office)
    _, other = new_case(office)
    assert raw(office, PERSON, "full_name", one) != raw(office, PERSON, "full_name", other)


def test_a_value_moved_to_another_row_does_not_open(any_office: Office) -> None:
    _, mine = new_case(any_office, "Bế Thị Một")
    _, yours = new_case(any_office, "Bế Thị Hai")
    put(any_office, PERSON, "full_name", yours, raw(any_office, PERSON, "full_name", mine))
    with reading(any_office) as work:
        with pytest.raises(SealError):
            work.session.get(Person, yours)
        row = work.session.execute(select(Person.full_name).where(Person.id == yours)).one()
        with pytest.raises(SealError):
            check(row.full_name, yours)


def test_a_value_moved_to_another_column_does_not_open(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    put(any_office, PERSON, "alias", person_id, raw(any_office, PERSON, "full_name", person_id))
    with reading(any_office) as work, pytest.raises(SealError):
        work.session.get(Person, person_id)


def test_a_person_moved_to_another_case_does_not_open(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    other_case, _ = new_case(any_office)
    with any_office.engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE person SET case_id = :case WHERE id = :id"), {"case": other_case, "id": person_id}
        )
    with reading(any_office) as work, pytest.raises(SealError):
        work.session.get(Person, person_id)


@pytest.mark.parametrize("place", [0, 1, 9, 17, 30, -1])
def test_a_changed_byte_does_not_open(office: Office, place: int) -> None:
    _, person_id = new_case(office)
    value = bytearray(raw(office, PERSON, "full_name", person_id))
    value[place] ^= 1
    put(office, PERSON, "full_name", person_id, bytes(value))
    with reading(office) as work, pytest.raises(SealError):
        work.session.get(Person, person_id)


def test_a_cut_value_does_not_open(office: Office) -> None:
    _, person_id = new_case(office)
    put(office, PERSON, "full_name", person_id, raw(office, PERSON, "full_name", person_id)[:20])
    with reading(office) as work, pytest.raises(SealError):
        work.session.get(Person, person_id)


def test_an_error_carries_no_value(office: Office) -> None:
    with reading(office) as work, pytest.raises(StatementError) as caught:
        work.session.connection().execute(sa.insert(PERSON).values(id=1, full_name=NAME))
    assert NAME not in str(caught.value)


def test_an_unbound_insert_fails_closed(any_office: Office) -> None:
    with reading(any_office) as work, pytest.raises(StatementError, match="bound values only"):
        work.session.connection().execute(sa.insert(PERSON).values(id=1, full_name=NAME))


def test_a_text_bound_to_another_place_fails_closed(office: Office) -> None:
    bound = Bound(NAME, place="person.alias", case=1, row=1)
    with reading(office) as work, pytest.raises(StatementError, match="bound values only"):
        work.session.connection().execute(sa.insert(PERSON).values(id=1, full_name=bound))


@pytest.mark.parametrize(
    "condition",
    [
        lambda: col(Person.full_name) == NAME,
        lambda: col(Person.full_name) != NAME,
        lambda: col(Person.full_name).in_([NAME]),
        lambda: col(Person.full_name).like("%Thử%"),
        lambda: col(Person.full_name) < NAME,
        lambda: col(Person.full_name).desc(),
        lambda: PERSON.c.full_name == NAME,
        lambda: "x" + PERSON.c.full_name,
    ],
)
def test_a_sealed_column_cannot_be_searched(condition: Any) -> None:
    with pytest.raises(SealError):
        condition()


def test_whether_it_is_empty_may_be_asked(any_office: Office) -> None:
    _, person_id = new_case(any_office)
    with reading(any_office) as work:
        empty = work.session.exec(select(Person.id).where(col(Person.alias).is_(None))).all()
        assert person_id in empty


def test_without_keys_nothing_opens(office: Office) -> None:
    _, person_id = new_case(office)
    value = raw(office, PERSON, "full_name", person_id)
    with pytest.raises(SealError):
        unseal(value, place="person.full_name")
    with pytest.raises(SealError):
        keys()
    with unlocked(office.keys):
        assert unseal(value, place="person.full_name") == NAME


def test_a_destroyed_case_opens_nowhere(office: Office) -> None:
    _, person_id = new_case(office)
    value = raw(office, PERSON, "full_name", person_id)
    _, other_id = new_case(office)
    with writing(office) as work:
        case_id = work.session.get_one(Person, person_id).case_id
    office.keys.destroy_case(case_id)
    with unlocked(office.keys), pytest.raises(SealError):
        unseal(value, place="person.full_name")
    with reading(office) as work:
        assert work.session.get_one(Person, other_id).full_name == NAME


def test_sealing_again_after_an_edit(any_office: Office) -> None:
    case_id, person_id = new_case(any_office)
    with writing(any_office) as work:
        person = work.session.get_one(Person, person_id)
        person.full_name = "Bế Thị Sửa"
        work.session.flush()
        work.session.refresh(person)
        assert person.full_name == "Bế Thị Sửa"
    with reading(any_office) as work:
        assert work.session.get_one(Person, person_id).full_name == "Bế Thị Sửa"
        assert work.session.get_one(Case, case_id).note == "ghi chú kín"


def test_the_key_is_safe_before_the_data(any_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    flush = any_office.keys.flush
    monkeypatch.setattr(any_office.keys, "flush", lambda: (order.append("keys"), flush()))
    sa.event.listen(any_office.engine, "commit", lambda connection: order.append("data"))
    new_case(any_office)
    assert order == ["keys", "data"]


def test_when_the_keys_cannot_be_kept_the_data_is_not(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(office.keys, "flush", full)
    with pytest.raises(RuntimeError), writing(office) as work:
        case, _ = add_case(work)
        case_id = case.id
    with reading(office) as work:
        assert work.session.get(Case, case_id) is None


def test_seal_and_unseal_by_hand(office: Office) -> None:
    with unlocked(office.keys):
        office.keys.add_case(5)
        value = seal(NAME, place="person.full_name", case=5, row=6)
        opened = unseal(value, place="person.full_name")
        assert (opened, opened.case, opened.row) == (NAME, 5, 6)
        assert check(opened, 6) == NAME
        assert check(None, 6) is None
        with pytest.raises(SealError):
            check(opened, 7)


def test_the_trail_has_no_sealed_column() -> None:
    """It holds names of fields, never values."""
    assert sealed_columns(table_of(TrailEntry)) == []
