"""Brings an office's database to today's shape. A backup is made first when there is something to lose."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.operations.ops import CreateForeignKeyOp, DropConstraintOp
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import db.migrations
from db.engine import make_engine, sqlite_url
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


def draft(words: str) -> Path:
    """Writes the next migration from what the tables say now and did not say before; read it, then keep it."""
    scripts = ScriptDirectory.from_config(_config())
    number = f"{int(scripts.get_current_head() or 0) + 1:04d}"
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(sqlite_url(Path(folder) / "empty.db"))
        upgrade(engine)
        config = _config()
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            made = command.revision(
                config, words, autogenerate=True, rev_id=number, process_revision_directives=_without_references
            )
        engine.dispose()
    return Path(getattr(made, "path", ""))


def _without_references(context: Any, revision: Any, directives: Any) -> None:
    """SQLite tells less of a reference added to an old table than was declared: that is no difference."""
    (script,) = directives
    for change in (script.upgrade_ops, script.downgrade_ops):
        change.ops = [one for one in change.ops if not _is_reference(one)]


def _is_reference(change: Any) -> bool:
    parts = getattr(change, "ops", [change])
    return all(
        isinstance(one, CreateForeignKeyOp)
        or (isinstance(one, DropConstraintOp) and one.constraint_type == "foreignkey")
        for one in parts
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(db.migrations.__file__).parent))
    return config


if __name__ == "__main__":  # python -m services.migrating "What is new"
    sys.stdout.write(f"{draft(sys.argv[1])}\n")
