"""Brings an office's database to today's shape. A backup is made first when there is something to lose."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import db.migrations
from services.office import Office


def migrate(office: Office, *, backup: Callable[[Office], object] | None = None) -> bool:
    """Runs what is missing; True when something ran. `backup` is called before, unless the database is new."""
    config = _config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with office.engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present == newest:
        return False
    if present is not None and backup is not None:
        backup(office)
    with office.engine.execution_options(duongve_write=True).begin() as connection:
        _upgrade(connection, config)
    return True


def _upgrade(connection: sa.Connection, config: Config) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(db.migrations.__file__).parent))
    return config
