"""Alembic's entry: runs on the connection it is given (services/migrating.py)."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlmodel import SQLModel

import db  # noqa: F401  (maps every table)


def render_item(kind: str, item: Any, autogen: Any) -> Any:
    """Migrations name plain column types, so an old one never imports today's code."""
    if kind != "type" or not isinstance(item, sa.TypeDecorator):
        return False
    return f"sa.{item.impl!r}"


def run(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=True,
        compare_type=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
