"""The migrations make exactly the tables that are declared, and go back down."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from services import migrating
from services.office import Office


def test_the_migrations_go_down_and_up_again(any_office: Office) -> None:
    config = migrating._config()
    with any_office.engine.execution_options(duongve_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        command.upgrade(config, "head")
    with any_office.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, SQLModel.metadata) == []
