"""The stretch task: slow statements are told, and their values are not."""

# ruff: noqa: INP001 - laid into a package of the app

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from tests.fixtures.log import write_lines

LOGGER = "app.core.db.slow_statements"
SLEEP = text("SELECT pg_sleep(:seconds),\n  CAST(:name AS text)")


@pytest.fixture
async def watched(database_url: URL) -> AsyncIterator[AsyncEngine]:
    """Give an engine that is nobody else's, watched twice."""
    from app.core.db.slow_statements import (  # noqa: PLC0415 - it is what the test is about
        watch_statements,
    )

    engine = create_async_engine(database_url)
    watch_statements(engine, 0.1)
    watch_statements(engine, 0.1)
    yield engine
    await engine.dispose()


async def sleep(engine: AsyncEngine, seconds: float, name: str = "swordfish") -> None:
    """Run a statement that takes its time."""
    async with engine.connect() as connection:
        await connection.execute(SLEEP, {"seconds": seconds, "name": name})


async def run(engine: AsyncEngine, *seconds: float) -> list[dict[str, Any]]:
    """Run statements at once; give the lines, in which no value may be."""
    with write_lines(LOGGER) as lines:
        await asyncio.gather(*(sleep(engine, each) for each in seconds))
    assert "swordfish" not in lines.text
    return lines.read()


async def test_slow_statement_is_told_once(watched: AsyncEngine) -> None:
    """With its text and its time; a quick one is not."""
    (line,) = await run(watched, 0.15, 0.0)
    assert line["level"] == "warning"
    assert line["message"].startswith("slow statement")
    assert line["db.query.text"].startswith("SELECT pg_sleep($1")
    assert "\n" not in line["db.query.text"]
    assert 140 <= line["duration_ms"] < 5000


async def test_statements_at_once_have_their_own_times(watched: AsyncEngine) -> None:
    """Each connection is timed by itself."""
    first, second = await run(watched, 0.2, 0.7)
    assert 190 <= first["duration_ms"] < second["duration_ms"]
    assert second["duration_ms"] >= 690


async def test_slow_failure_is_told_too(watched: AsyncEngine) -> None:
    """The error comes through; the next quick statement on the connection is no slow one."""
    wrong = text("SELECT CAST(concat(CAST(:name AS text), pg_sleep(0.15)) AS integer)")
    with write_lines(LOGGER) as lines:
        async with watched.connect() as connection:
            with pytest.raises(DBAPIError):
                await connection.execute(wrong, {"name": "swordfish"})
            await connection.rollback()
            await connection.execute(text("SELECT 1"))
    (line,) = lines.read()
    assert line["db.query.text"].startswith("SELECT CAST")
    assert line["duration_ms"] >= 140
    assert "swordfish" not in lines.text


async def test_other_engines_stay_as_they_are(watched: AsyncEngine, engine: AsyncEngine) -> None:
    """Only the engine that was given is watched."""
    assert await run(engine, 0.15) == []
    assert len(await run(watched, 0.15)) == 1
