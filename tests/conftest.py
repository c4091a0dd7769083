"""Shared fixtures: a fresh office per test, on SQLite and, when a server is there, on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings

from services.founding import found
from services.office import Office, make_office, open_office

# Time is measured by the bench, never asserted by a test: a busy machine must not fail one.
settings.register_profile("duongve", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("duongve")

POSTGRESQL = os.environ.get("DUONGVE_TEST_POSTGRESQL", "")  # e.g. postgresql://postgres@127.0.0.1/postgres
IN_CI = os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, founded SQLite office; each test copies it."""
    home = tmp_path_factory.mktemp("founded")
    office = make_office(home, kind="office", url=f"sqlite:///{home}/data/duongve.db")
    found(office)
    with office.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    office.close()
    return home


@pytest.fixture
def office(founded: Path, tmp_path: Path) -> Iterator[Office]:
    """A fresh office on SQLite."""
    home = tmp_path / "office"
    shutil.copytree(founded, home)
    office = open_office(home, f"sqlite:///{home}/data/duongve.db")
    yield office
    office.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A fresh office on each engine the services must run on."""
    if request.param == "sqlite":
        yield request.getfixturevalue("office")
        return
    if not POSTGRESQL:
        if IN_CI:
            pytest.fail("PostgreSQL must be there in CI: set DUONGVE_TEST_POSTGRESQL")
        pytest.skip("no PostgreSQL here: set DUONGVE_TEST_POSTGRESQL to run this on it too")
    name = f"duongve_test_{os.getpid()}_{abs(hash(str(tmp_path))) % 10**9}"
    server = sa.create_engine(
        POSTGRESQL.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    office = make_office(tmp_path / "pg", kind="office", url=f"{POSTGRESQL.rsplit('/', 1)[0]}/{name}")
    found(office)
    yield office
    office.close()
    with server.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.dispose()
