"""Shared fixtures: a fresh office per test, on SQLite and, when a server is there, on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import db.engine
from services.founding import found
from services.office import Office, make_office, open_office
from tests.postgresql import Offices

# Time is measured by the bench, never asserted by a test: a busy machine must not fail one.
settings.register_profile("duongve", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("duongve")

# No test cuts the power, so none waits for the disk; `test_engine` looks at the settings that do wait.
DURABLE = db.engine.PRAGMAS
db.engine.PRAGMAS = (*DURABLE, "PRAGMA synchronous=OFF")

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


@pytest.fixture(scope="session")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """Offices on the PostgreSQL server, one after another."""
    if not POSTGRESQL:
        if IN_CI:
            pytest.fail("PostgreSQL must be there in CI: set DUONGVE_TEST_POSTGRESQL")
        pytest.skip("no PostgreSQL here: set DUONGVE_TEST_POSTGRESQL to run this on it too")
    offices = Offices(POSTGRESQL, tmp_path_factory.mktemp("postgresql"))
    yield offices
    offices.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A fresh office on each engine the services must run on."""
    if request.param == "sqlite":
        yield request.getfixturevalue("office")
        return
    with request.getfixturevalue("on_postgresql").fresh(tmp_path / "pg") as office:
        yield office
