"""What the engine makes of a database that gives trouble."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs.database import DatabaseConfig
from app.core.db import DatabaseUnreachableError, StatementTimeoutError, create_engine
from app.core.db import engine as engine_module
from tests.fixtures.server import connect
from tests.fixtures.silence import proxied


async def test_database_that_is_away_has_its_own_error(
    database_url: URL, unused_tcp_port: int
) -> None:
    """Nobody takes it for some other service that refuses a connection."""
    async with connect(database_url.set(host="127.0.0.1", port=unused_tcp_port)) as engine:
        with pytest.raises(DatabaseUnreachableError, match="Connect call failed"):
            await engine.connect()


async def test_address_as_a_provider_prints_it_is_connected_to(database_url: URL) -> None:
    """What libpq would read behind the question mark keeps nobody out."""
    parameters = {"sslmode": "prefer", "channel_binding": "prefer"}
    async with connect(database_url.set(query=parameters)) as engine, engine.connect() as there:
        assert await there.scalar(text("SELECT 1")) == 1


@pytest.fixture
async def impatient(
    database_url: URL, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncEngine]:
    """Make an engine whose server waits for a second, and whose driver as long as is asked."""
    monkeypatch.setattr(engine_module, "GRACE", request.param - 1)
    address = database_url.render_as_string(hide_password=False)
    engine = create_engine(DatabaseConfig(DATABASE_URL=address, DATABASE_STATEMENT_TIMEOUT=1))
    yield engine
    await engine.dispose()


@pytest.mark.parametrize("impatient", [30, 0.3], ids=["server", "driver"], indirect=True)
async def test_statement_that_takes_too_long_is_ended(impatient: AsyncEngine) -> None:
    """By the server, or by the driver when the server is silent; others go on."""
    with pytest.raises(StatementTimeoutError):
        async with impatient.begin() as connection:
            await connection.execute(text("SELECT pg_sleep(60)"))
    async with impatient.begin() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize("impatient", [30], indirect=True)
async def test_transaction_that_stands_idle_is_ended(impatient: AsyncEngine) -> None:
    """A process that hangs must not keep its locks."""
    name = "idle_in_transaction_session_timeout"
    async with impatient.connect() as connection:
        assert await connection.scalar(text(f"SHOW {name}")) == "1s"


@pytest.mark.parametrize("is_silent", [False, True], ids=["answers", "silent"])
async def test_silent_database_does_not_hold_up_the_end(
    database_url: URL, caplog: pytest.LogCaptureFixture, *, is_silent: bool
) -> None:
    """All idle connections are closed at the same time; soon none is left, and nothing is said."""
    caplog.set_level(logging.INFO)
    async with proxied(database_url) as (url, proxy):
        address = url.render_as_string(hide_password=False)
        engine = create_engine(DatabaseConfig(DATABASE_URL=address))
        for connection in [await engine.connect() for _ in range(5)]:
            await connection.close()
        assert proxy.clients == 5
        if is_silent:
            proxy.fall_silent()
        async with asyncio.timeout(3):  # seconds
            await engine.dispose()
            await proxy.wait_until_left()
    assert not caplog.messages
