"""Tests never touch a database that a person could miss."""

from typing import Any

import pytest
from sqlalchemy import URL, CursorResult, TextClause, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from tests.fixtures.server import (
    clone_database,
    connect_to_server,
    database_exists,
    drop_database,
    require_test_database,
)


async def test_run_has_its_own_test_database(engine: AsyncEngine, server_url: URL) -> None:
    """Whatever the settings name, the tests work elsewhere."""
    async with engine.connect() as connection:
        name = await connection.scalar(text("SELECT current_database()"))
    assert name != server_url.database
    assert str(name).endswith("_test")


@pytest.mark.parametrize("name", ["app", "app_test_copy", "", "test"])
def test_other_names_are_refused(name: str) -> None:
    """The refusal names the database."""
    with pytest.raises(RuntimeError, match="_test"):
        require_test_database(URL.create("postgresql+asyncpg", database=name))


async def test_dropping_another_database_is_refused(server_url: URL) -> None:
    """The guard stands in front of the statement, not only in the fixtures."""
    async with connect_to_server(server_url) as server:
        with pytest.raises(RuntimeError, match="not 'app'"):
            await drop_database(server, server_url.set(database="app"))


async def test_database_that_autovacuum_looks_at_is_dropped_a_moment_later(
    server_url: URL, template_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL refuses, as nobody but a superuser may end that process."""
    execute, refusals = AsyncConnection.execute, iter([True, True])

    async def refuse_twice(self: AsyncConnection, statement: TextClause) -> CursorResult[Any]:
        if statement.text.startswith("DROP") and next(refusals, False):
            reason = Exception("permission denied to terminate process")
            raise ProgrammingError(statement.text, {}, reason)
        return await execute(self, statement)

    async with clone_database(server_url, template_database) as url:
        monkeypatch.setattr(AsyncConnection, "execute", refuse_twice)
    monkeypatch.undo()
    assert url.database
    async with connect_to_server(server_url) as server:
        assert not await database_exists(server, url.database)
    assert next(refusals, None) is None
