"""The engine: durable, one writer at a time, silent about values, one moment a reading."""

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from db.base import UtcDateTime, new_id, table_of
from db.cases import Case, CaseState
from db.engine import make_engine, open_session
from db.fields import PartialDate
from db.places import Unit
from db.support import Delivery, SupportKind
from db.trail import Counter, TrailEntry
from services.office import Office
from tests.conftest import DURABLE
from tests.db.rows import add_case, new_case, reading, writing


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 30000)],
)
def test_sqlite_is_set_for_durability(
    monkeypatch: pytest.MonkeyPatch, office: Office, pragma: str, value: object
) -> None:
    monkeypatch.setattr("db.engine.PRAGMAS", DURABLE)
    with office.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def test_parameters_are_never_printed(any_office: Office) -> None:
    with any_office.engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(sa.text("SELECT * FROM nowhere WHERE a = :a"), {"a": "Bế Thị Kín"})
    assert "Bế Thị Kín" not in str(caught.value)


def test_a_postgresql_address_uses_our_driver() -> None:
    assert make_engine("postgresql://nobody@nowhere/none").dialect.driver == "psycopg"


def test_writers_wait_for_each_other_instead_of_failing(any_office: Office) -> None:
    """Read, think, write: in a deferred transaction one of two would fail at once."""
    failures: list[BaseException] = []

    def one() -> None:
        try:
            for _ in range(5):
                with writing(any_office) as work:
                    work.session.exec(select(Unit.id)).all()
                    add_case(work)
                    work.session.flush()
                    time.sleep(0.005)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with any_office.engine.connect() as connection:
        count = connection.execute(sa.select(sa.func.count(), sa.func.max(table_of(TrailEntry).c.seq))).one()
        assert connection.execute(sa.select(sa.func.count()).select_from(table_of(Case))).scalar_one() == 20
    assert count[0] == count[1]


def test_a_reading_sees_one_moment(any_office: Office) -> None:
    new_case(any_office)
    table = table_of(Case)
    count = sa.select(sa.func.count()).select_from(table)
    with reading(any_office) as work:
        before = work.session.execute(count).scalar_one()
        new_case(any_office)
        assert work.session.execute(count).scalar_one() == before
    with reading(any_office) as work:
        assert work.session.execute(count).scalar_one() == before + 1


def test_a_reading_does_not_block_a_writer(any_office: Office) -> None:
    with reading(any_office) as work:
        work.session.exec(select(Case.id)).all()
        new_case(any_office)


def test_a_case_of_a_unit_that_is_not_there_is_refused(any_office: Office) -> None:
    with pytest.raises(DBAPIError), writing(any_office) as work:
        case = Case(code="X-1", state=CaseState.RECEIVED, received_on=date(2018, 1, 1), unit_id=1)
        work.session.add(case)


def test_an_enum_is_stored_by_its_value_and_comes_back_as_itself(any_office: Office) -> None:
    case_id, _ = new_case(any_office)
    with any_office.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT state FROM case_file").scalar_one() == "received"
    with reading(any_office) as work:
        assert work.session.get_one(Case, case_id).state is CaseState.RECEIVED


def test_an_unknown_enum_value_is_refused(any_office: Office) -> None:
    with reading(any_office) as work, pytest.raises(Exception, match="nonsense"):
        work.session.execute(select(Case.id).where(Case.state == "nonsense"))


def test_an_instant_comes_back_in_utc(any_office: Office) -> None:
    moment = datetime(2018, 3, 1, 23, 30, 15, 123456, tzinfo=UTC)
    with any_office.engine.connect() as connection:
        value = connection.execute(sa.select(sa.literal(moment, UtcDateTime))).scalar_one()
    assert value == moment
    assert value.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(office: Office) -> None:
    with office.engine.connect() as connection, pytest.raises(Exception, match="time zone"):
        connection.execute(sa.select(sa.literal(datetime(2018, 1, 1), UtcDateTime)))


def test_whole_dong_beyond_32_bits_are_kept(any_office: Office) -> None:
    case_id, _ = new_case(any_office)
    with writing(any_office) as work:
        gift = Delivery(case_id=case_id, kind=SupportKind.LOAN, delivered_on=date(2018, 4, 1), amount=10**11)
        work.session.add(gift)
    with reading(any_office) as work:
        assert work.session.get_one(Delivery, gift.id).amount == 10**11


def test_ids_are_opaque_and_exact_in_a_browser() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(0 < id < 2**53 for id in ids)


@pytest.mark.parametrize("text", ["1999", "1999-04", "1999-04-03"])
def test_a_partial_date_stays_as_it_was_known(text: str) -> None:
    assert PartialDate(text) == text


@pytest.mark.parametrize("text", ["99", "1999-13", "1999-02-30", "1999-4-3", "", "1999-04-03x"])
def test_what_is_not_a_partial_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        PartialDate(text)


@pytest.mark.parametrize(
    ("text", "day"), [("1999", "1999-07-01"), ("1999-04", "1999-04-15"), ("1999-04-03", "1999-04-03")]
)
def test_the_day_used_for_ages(text: str, day: str) -> None:
    assert PartialDate(text).day.isoformat() == day


def test_a_session_keeps_what_it_read_after_the_commit(office: Office) -> None:
    with writing(office) as work:
        case, _ = add_case(work)
    assert case.code


def test_open_session_without_work_keeps_nothing(office: Office) -> None:
    with open_session(office.engine, write=False) as session:
        session.add(Counter(name="lost", value=1))
        session.flush()
    with open_session(office.engine, write=False) as session:
        assert session.exec(select(Counter).where(Counter.name == "lost")).first() is None


def test_today_is_the_day_in_viet_nam(office: Office) -> None:
    assert reading(office).today == (datetime.now(UTC) + timedelta(hours=7)).date()
