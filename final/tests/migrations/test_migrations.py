"""Migrations go up and down, and make exactly what the models say."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.models import BaseModel
from tests.fixtures.database import alembic_config
from tests.fixtures.server import clone_database, connect
from tests.migrations.schema import describe

REVISIONS = [
    script.revision
    for script in reversed(
        list(ScriptDirectory.from_config(Config("alembic.ini")).walk_revisions())
    )
]


@pytest.fixture
async def empty(server_url: URL) -> AsyncIterator[AsyncEngine]:
    """Connect to a database without a single table."""
    async with clone_database(server_url, "template1") as url, connect(url) as engine:
        yield engine


async def run(engine: AsyncEngine, action: Callable[..., Any], *arguments: str) -> None:
    """Run an Alembic command on this engine."""

    def call(connection: Connection) -> None:
        action(alembic_config(connection), *arguments)

    async with engine.connect() as connection:
        await connection.run_sync(call)


async def test_each_migration_can_be_taken_back(empty: AsyncEngine) -> None:
    """Up, down, up again: the way back leaves what was there before, to the letter."""
    for revision in REVISIONS:
        before = await describe(empty)
        await run(empty, command.upgrade, revision)
        after = await describe(empty)
        await run(empty, command.downgrade, "-1")
        assert await describe(empty) == before
        await run(empty, command.upgrade, revision)
        assert await describe(empty) == after


async def test_migration_may_take_longer_than_other_statements(
    empty: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large index takes hours."""
    monkeypatch.setenv("DATABASE_URL", empty.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATABASE_STATEMENT_TIMEOUT", "0.001")
    upgrade = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "alembic", "upgrade", "head"
    )
    assert await upgrade.wait() == 0


async def test_alembic_sees_no_drift(empty: AsyncEngine) -> None:
    """``alembic check`` finds nothing to generate."""
    await run(empty, command.upgrade, "head")
    await run(empty, command.check)


async def test_migrations_and_models_make_the_same_schema(
    empty: AsyncEngine, server_url: URL
) -> None:
    """Also what autogenerate does not compare: conditions of indexes, checks, defaults."""
    await run(empty, command.upgrade, "head")
    migrated = await describe(empty)
    async with clone_database(server_url, "template1") as url, connect(url) as engine:
        async with engine.begin() as connection:
            await connection.run_sync(BaseModel.metadata.create_all)
        assert await describe(engine) == migrated
