"""Tests never touch a database that a person could miss."""

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.server import connect_to_server, drop_database, require_test_database


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
