"""What becomes of events that arrive, well or badly."""

import json
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs.events import EventsConfig
from app.core.message_brokers.dead_events import DATA, DeadEvents
from app.core.message_brokers.redis_message_broker import CONTEXT
from tests.core.message_brokers.conftest import Publish
from tests.core.message_brokers.sandbox import (
    NOTES,
    TOPIC,
    NotedBetter,
    Tries,
    Whispered,
    init_sandbox,
    make,
)
from tests.core.message_brokers.waiting import wait_for_notes
from tests.fixtures.events import consuming, wait_until


async def wait_for_dead(dead_events: DeadEvents, number: int) -> None:
    """Wait until so many were given up."""

    async def are_there() -> bool:
        return len(await dead_events.read()) >= number

    await wait_until(are_there)


async def count_pending(redis: Redis, events: EventsConfig) -> int:
    """Count what was delivered and not acknowledged."""
    keys = events.stream_keys(TOPIC)
    return sum([(await redis.xpending(key, "notes"))["pending"] for key in keys])


async def test_event_is_handled_and_acknowledged(
    publish: Publish, notes: AsyncEngine, redis: Redis, events: EventsConfig
) -> None:
    """The consumers make streams and groups, and begin with what was there before them."""
    await publish(make("a", "one"), make("b", "two"))
    async with consuming(init_sandbox()):
        await wait_for_notes(notes, "one", "two")
        await publish(make("a", "three"))
        await wait_for_notes(notes, "one", "two", "three")
    assert await count_pending(redis, events) == 0


async def test_name_of_a_reader_goes_some_time_after_it(
    publish: Publish,
    notes: AsyncEngine,
    redis: Redis,
    events: EventsConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every start brings a new one; without an end, Redis would keep them all for ever."""
    names: list[set[bytes]] = []
    for number, line in enumerate(("first", "second"), start=1):
        await publish(make("a", line))
        async with consuming(init_sandbox()):
            await wait_for_notes(notes, *("first", "second")[:number])
        found = [await redis.xinfo_consumers(key, "notes") for key in events.stream_keys(TOPIC)]
        names.append({reader["name"] for readers in found for reader in readers})
        monkeypatch.setattr("app.core.message_brokers.event_stream.FORGET_AFTER", -1)
    assert names[0]
    assert not names[0] & names[1]


async def test_second_delivery_changes_nothing(publish: Publish, notes: AsyncEngine) -> None:
    """The same event three times is one note; the inbox says who took it."""
    event = make("a", "once")
    await publish(event, event)
    async with consuming(init_sandbox()):
        await publish(event, make("a", "last"))
        await wait_for_notes(notes, "once", "last")
    async with notes.connect() as connection:
        found = await connection.execute(text("SELECT event_id, consumer FROM inbox_entries"))
        assert (event.id, "notes") in [tuple(row) for row in found]


async def test_poison_is_parked_and_the_rest_flows_on(
    publish: Publish,
    notes: AsyncEngine,
    dead_events: DeadEvents,
    tries: Tries,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After its tries; what it wrote is rolled back, and its own key goes on behind it."""
    await publish(make("a", "poison", deed="fail"), make("a", "behind"), make("b", "beside"))
    async with consuming(init_sandbox(), dead=1):
        await wait_for_notes(notes, "behind", "beside")
    (dead,) = await dead_events.read()
    assert (dead.type, dead.group) == ("sandbox.noted.v1", "notes")
    assert dead.error == "RuntimeError: this event always fails"
    assert await tries.count("poison") == 3
    waits = [line for line in caplog.messages if "next try" in line]
    assert waits == [
        f"sandbox.noted.v1 failed, next try in {delay} s: {dead.error}" for delay in ("0.1", "0.2")
    ]


async def test_retried_event_is_handled_like_a_new_one(
    publish: Publish, notes: AsyncEngine, dead_events: DeadEvents
) -> None:
    """What was given up has no note in the inbox; what was handled has, and is not repeated."""
    await publish(make("a", "later", deed="recover"))
    async with consuming(init_sandbox(), dead=1):
        await wait_for_dead(dead_events, 1)
        (dead,) = await dead_events.read()
        assert dead.error == "RuntimeError: this event fails for now"
        await dead_events.retry(dead.id, inbox_keep=60)
        await wait_for_notes(notes, "later")
        assert await dead_events.read() == []


async def test_unknown_version_is_parked_and_unknown_event_passed_over(
    publish: Publish, notes: AsyncEngine, dead_events: DeadEvents
) -> None:
    """A newer version of what we read needs us; what we never read does not."""
    await publish(make("a", "new", kind=NotedBetter), make("a", "other", kind=Whispered))
    await publish(make("a", "last"))
    async with consuming(init_sandbox(), dead=1):
        await wait_for_notes(notes, "last")
    (dead,) = await dead_events.read()
    assert dead.type == "sandbox.noted.v2"
    assert dead.error.startswith("UnknownVersionError: nobody here reads sandbox.noted.v2")


@pytest.mark.parametrize("kind", ["bytes", "empty", "json", "headers", "body", "context"])
async def test_malformed_message_is_parked_at_once(
    publish: Publish, notes: AsyncEngine, dead_events: DeadEvents, redis: Redis, kind: str
) -> None:
    """Whatever a stranger writes into the stream, those behind it are handled."""
    stream = EventsConfig().stream_key(TOPIC, 0)
    headers = {"message_id": "17", "event": "sandbox.noted.v1", "key": "a"}
    whole = {**headers, "message_id": "00000000-0000-0000-0000-000000000001"}
    fields: dict[str, dict[Any, Any]] = {
        "bytes": {DATA: b"\x89\x00\xff"},
        "empty": {"colour": "red"},
        "json": {DATA: json.dumps({"text": "hello"})},
        "headers": {DATA: json.dumps({"data": "{}", "headers": headers})},
        "body": {DATA: json.dumps({"data": '{"payload": 1}', "headers": whole})},
        "context": {DATA: json.dumps({"data": "{}", "headers": {**whole, CONTEXT: "[]"}})},
    }
    await redis.xadd(stream, fields[kind])
    async with consuming(init_sandbox(), dead=1):
        await publish(*(make(key, f"note {key}") for key in "abcdefgh"))
        await wait_for_notes(notes, *(f"note {key}" for key in "abcdefgh"))
        await wait_for_dead(dead_events, 1)
    (dead,) = await dead_events.read()
    assert dead.error.startswith("MalformedMessageError")


async def test_lost_connection_to_the_database_is_no_try(
    publish: Publish, notes: AsyncEngine, dead_events: DeadEvents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While PostgreSQL is away nothing is given up, even with a single try."""
    monkeypatch.setenv("CONSUMER_MAX_DELIVERIES", "1")
    await publish(make("a", "first", deed="lose_database"))
    async with consuming(init_sandbox()):
        await wait_for_notes(notes, "first")
    assert await dead_events.read() == []


async def test_handler_that_takes_too_long_is_cancelled(
    publish: Publish, notes: AsyncEngine, dead_events: DeadEvents, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its time is bounded, so that another process may take over; nothing of it is left."""
    monkeypatch.setenv("CONSUMER_MAX_DELIVERIES", "1")
    monkeypatch.setenv("CONSUMER_CLAIM_AFTER", "60")  # nobody takes over on a slow machine
    await publish(make("a", "slow", deed="hang"), make("a", "next"))
    async with consuming(init_sandbox(), dead=1):
        await wait_for_notes(notes, "next")
    (dead,) = await dead_events.read()
    assert dead.error.startswith("TimeoutError")


async def test_streams_that_redis_forgot_are_made_again(
    publish: Publish, notes: AsyncEngine, redis: Redis, events: EventsConfig
) -> None:
    """FastStream's own subscriber would stop here, and ask for a restart."""
    async with consuming(init_sandbox()):
        await publish(make("a", "before"))
        await wait_for_notes(notes, "before")
        await redis.delete(*events.stream_keys(TOPIC))
        await publish(make("a", "after"))
        await wait_for_notes(notes, "before", "after")


async def test_context_of_the_request_arrives(publish: Publish, notes: AsyncEngine) -> None:
    """A handler's log lines bear the id of the request in which it began."""
    async with consuming(init_sandbox()):
        await publish(make("a", "told"), request_id="request-17")
        await wait_for_notes(notes, "told")
    async with notes.connect() as connection:
        assert await connection.scalar(text(f"SELECT who FROM {NOTES}")) == "request-17"  # noqa: S608 - a constant
