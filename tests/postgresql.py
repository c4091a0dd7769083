"""An office on PostgreSQL for each test, at little cost: one database a process, put back as founded after each.

To found it for every test costs two seconds a time, to copy a database one; to put its rows back, some
hundredths. A test that changed the shape of the tables gets the next one a new database.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from services.founding import found
from services.office import Office, make_office, open_office

KEPT = "kept"  # the schema that holds the founded rows beside the tables
SHAPE = """
SELECT md5(string_agg(said, ';' ORDER BY said)) FROM (
    SELECT concat_ws(' ', oid, relname, relkind) AS said FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid, attname, atttypid, attnotnull) FROM pg_attribute
        JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat_ws(' ', oid, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', oid, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
) AS shape
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Offices:
    """The offices of one process's tests, one after another. `address`: a database of the server to sign in to."""

    def __init__(self, address: str, folder: Path) -> None:
        self._server = self._engine(address)
        self._name = f"duongve_test_{os.getpid()}"
        self._url = f"{address.rsplit('/', 1)[0]}/{self._name}"
        self._founded = folder / "founded"
        self._inside: sa.Engine | None = None
        self._shape = ""

    @contextmanager
    def fresh(self, home: Path) -> Iterator[Office]:
        """An office as founded, its folder at `home`."""
        if self._inside is None:
            self._found()
        shutil.copytree(self._founded, home)
        office = open_office(home, self._url)
        try:
            yield office
        finally:
            office.close()
            self._put_back()

    def close(self) -> None:
        self._drop()
        self._server.dispose()

    def _found(self) -> None:
        with self._server.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{self._name}"')
        shutil.rmtree(self._founded, ignore_errors=True)
        office = make_office(self._founded, kind="office", url=self._url)
        found(office)
        office.close()
        self._inside = self._engine(self._url)
        with self._inside.connect() as connection:
            self._shape = connection.exec_driver_sql(SHAPE).scalar_one()
            connection.exec_driver_sql(f"CREATE SCHEMA {KEPT}")
            for table in connection.exec_driver_sql(TABLES).scalars().all():
                connection.exec_driver_sql(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')

    def _put_back(self) -> None:
        assert self._inside is not None
        with self._inside.connect() as connection:
            connection.exec_driver_sql(OTHERS)
            if connection.exec_driver_sql(SHAPE).scalar_one() == self._shape:
                tables = connection.exec_driver_sql(TABLES).scalars().all()
                connection.exec_driver_sql(";".join(["BEGIN", *_as_founded(tables), "COMMIT"]))
                return
        self._drop()

    def _drop(self) -> None:
        if self._inside is not None:
            self._inside.dispose()
            self._inside = None
            with self._server.connect() as connection:
                connection.exec_driver_sql(f'DROP DATABASE "{self._name}" WITH (FORCE)')

    @staticmethod
    def _engine(address: str) -> sa.Engine:
        driven = address.replace("postgresql://", "postgresql+psycopg://")
        return sa.create_engine(driven, isolation_level="AUTOCOMMIT")


def _as_founded(tables: list[str]) -> Iterator[str]:
    """Each table emptied and filled again, the trail's triggers and the references sleeping meanwhile."""
    yield "SET LOCAL session_replication_role = replica"
    for table in tables:
        yield f'DELETE FROM public."{table}"'
        yield f'INSERT INTO public."{table}" SELECT * FROM {KEPT}."{table}"'
