"""The migrations make exactly the tables that are declared, and go back down."""

from importlib import import_module

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from services import migrating
from services.office import Office
from services.work import Work, command_line
from tests import factories as make

LINKS = import_module("db.migrations.versions.0002_reception_and_verification").LINKS


def test_the_migrations_go_down_and_up_again(any_office: Office) -> None:
    config = migrating._config()
    with any_office.engine.execution_options(duongve_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")
    with any_office.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert [
            found for found in compare_metadata(context, SQLModel.metadata) if not _same_reference(found)
        ] == []


def _same_reference(found: object) -> bool:
    """SQLite tells of a reference added to a table that was there (`ALTER TABLE`) only where it points to,
    not that it is deferred; the next test looks at that."""
    return isinstance(found, tuple) and found[0] in ("add_fk", "remove_fk") and _place(found[1]) in LINKS


def _place(key: sa.ForeignKeyConstraint) -> tuple[str, str, str]:
    return key.parent.name, next(iter(key.column_keys)), key.referred_table.name


def test_references_added_later_are_checked_at_commit(any_office: Office) -> None:
    with pytest.raises(sa.exc.IntegrityError), Work(any_office, command_line(), write=True) as work:
        case = make.case(work)
        case.merged_into_id = 1  # there is no such file
        work.session.flush()  # not refused yet
        assert case.merged_into_id == 1
