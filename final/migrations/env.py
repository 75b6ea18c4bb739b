"""How Alembic reaches the database: async, with the address from the settings."""

import asyncio
from logging.config import fileConfig
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, TypeDecorator, func, select

from app.core.configs.database import DatabaseConfig
from app.core.db import create_engine
from app.core.models import BaseModel

LOCK = 7_214_000
"""Key of the advisory lock: two processes that migrate at once take turns."""


def render_item(kind: str, item: object, _autogen: AutogenContext) -> str | Literal[False]:
    """Write the database's type into a migration: the app's own types may change later."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def run_migrations(connection: Connection) -> None:
    """Run what was asked for in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=BaseModel.metadata,
        compare_server_default=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
        context.run_migrations()


async def run_on_own_engine() -> None:
    """Connect to the database that the settings name."""
    engine = create_engine(DatabaseConfig(), is_bounded=False)  # an index may take hours
    try:
        async with engine.connect() as connection:
            await connection.run_sync(run_migrations)
    finally:
        await engine.dispose()


if context.is_offline_mode():
    context.configure(dialect_name="postgresql", target_metadata=BaseModel.metadata)
    with context.begin_transaction():
        context.run_migrations()
elif (given := context.config.attributes.get("connection")) is not None:
    run_migrations(given)  # a test brings its own connection
else:
    fileConfig(context.config.config_file_name or "alembic.ini", disable_existing_loggers=False)
    asyncio.run(run_on_own_engine())
