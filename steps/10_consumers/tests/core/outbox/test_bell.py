"""A bell that PostgreSQL cannot ring."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest
from asyncpg import PostgresError  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import URL, event, text

from app.core.outbox.bell import Bell
from app.core.outbox.outbox import CHANNEL
from tests.fixtures.server import connect

Driver = Any  # asyncpg's connection, which has no types


async def notice_the_loss(driver: Driver) -> None:
    """Close the connection, as asyncpg does when the server is gone."""
    driver.terminate()


async def fall_ill(driver: Driver) -> None:
    """Leave a transaction in which PostgreSQL refuses every command."""
    with suppress(PostgresError):
        await driver.execute("BEGIN; SELECT 1 / 0")


@pytest.mark.parametrize("spoil", [notice_the_loss, fall_ill])
async def test_connection_that_is_lost_before_it_listens_is_an_outage(
    database_url: URL, spoil: Callable[[Driver], Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    """The bell is silent, whoever waits polls; the next wait listens over a new connection."""
    async with connect(database_url) as engine:
        bell = Bell(engine)

        def checkout(connection: Any, *_: object) -> None:  # noqa: ANN401 - SQLAlchemy's adapter
            connection.run_async(spoil)

        event.listen(engine.sync_engine, "checkout", checkout)
        await bell.wait(0.01)
        assert "PostgreSQL cannot wake the relay" in caplog.text
        event.remove(engine.sync_engine, "checkout", checkout)
        waiting = asyncio.create_task(bell.wait(5))
        await asyncio.sleep(0.3)
        async with engine.begin() as connection:
            await connection.execute(text(f"NOTIFY {CHANNEL}"))
        async with asyncio.timeout(2):
            await waiting
        await bell.close()
