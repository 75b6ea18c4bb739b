"""Stage 1: the tables, and the migration that makes them."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.models import BaseModel
from tests.fixtures.server import clone_database, connect
from tests.migrations.schema import describe
from tests.migrations.test_migrations import empty, run

__all__ = ["empty"]

TABLES = {"orders", "order_lines"}
LAST = "0005"
"""The newest migration of the course."""

FIRST_COLUMNS = """
SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
WHERE indrelid = 'orders'::regclass
"""


@pytest.fixture
async def migrated(empty: AsyncEngine) -> AsyncEngine:
    """Bring an empty database to the newest migration."""
    await run(empty, command.upgrade, "head")
    return empty


def test_every_model_is_known() -> None:
    """``app/core/models.py`` imports the models of ``orders`` and ``order_lines``, as Alembic asks.

    In a process of its own: here, the routes may have imported them already.
    """
    question = "from app.core.models import BaseModel; print(*BaseModel.metadata.tables)"
    run = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert set(run.stdout.split()) & TABLES == TABLES


def test_migrations_are_one_chain() -> None:
    """Yours follow the last one of the course, one after another, and sort in that order."""
    scripts = ScriptDirectory.from_config(Config("alembic.ini"))
    newer = [script.revision for script in scripts.iterate_revisions("heads", LAST)]
    assert newer, f"no migration names {LAST} as its down_revision"
    assert sorted(newer, reverse=True) == newer
    assert min(newer) > LAST


async def test_migration_makes_the_tables(migrated: AsyncEngine) -> None:
    """``orders`` has the columns id and user_id, whatever else it has."""
    schema = await describe(migrated)
    assert {f"table {table}" for table in TABLES} - schema == set()
    columns = [line.split()[2] for line in schema if line.startswith("column orders ")]
    assert {"id", "user_id"} - set(columns) == set()


async def test_migration_can_be_taken_back(empty: AsyncEngine) -> None:
    """The way back leaves what was there before, to the letter; the way up works again."""
    await run(empty, command.upgrade, LAST)
    before = await describe(empty)
    await run(empty, command.upgrade, "head")
    after = await describe(empty)
    assert {"table orders", "table order_lines"} - after == set()
    await run(empty, command.downgrade, LAST)
    assert await describe(empty) == before
    await run(empty, command.upgrade, "head")
    assert await describe(empty) == after


async def test_models_and_migrations_make_the_same_tables(
    migrated: AsyncEngine, server_url: URL
) -> None:
    """Also what autogenerate does not compare: conditions of indexes, checks, defaults."""
    assert set(BaseModel.metadata.tables) & TABLES == TABLES
    await run(migrated, command.check)
    async with clone_database(server_url, "template1") as url, connect(url) as engine:
        async with engine.begin() as connection:
            await connection.run_sync(BaseModel.metadata.create_all)
        assert await describe(engine) == await describe(migrated)


async def test_orders_of_a_user_are_found_by_an_index(migrated: AsyncEngine) -> None:
    """Else each list of one user reads the orders of all."""
    assert {"table orders"} - await describe(migrated) == set()
    async with migrated.connect() as connection:
        found = list(await connection.scalars(text(FIRST_COLUMNS)))
    assert "user_id" in found, "no index of orders begins with user_id"
