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
    if is_current(office.engine):
        return False
    present = revision_of(office.engine)
    if present is not None and backup is not None:
        backup(office)
    upgrade(office.engine)
    return True


def revision_of(engine: sa.Engine) -> str | None:
    """The shape a database has now; None when it is new."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_current(engine: sa.Engine) -> bool:
    """Whether a database has today's shape."""
    return revision_of(engine) == ScriptDirectory.from_config(_config()).get_current_head()


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Brings a database to one shape, in one transaction."""
    config = _config()
    with engine.execution_options(duongve_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(db.migrations.__file__).parent))
    return config
