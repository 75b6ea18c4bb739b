"""From the outbox to Redis: all of it, in order, and again if it was lost."""

import asyncio
from collections.abc import Sequence

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs.events import EventsConfig
from app.core.message_brokers import BaseMessageBroker
from app.core.message_brokers.broker import Mark, Message
from app.core.message_brokers.exceptions import BrokerUnavailableError
from app.core.outbox.event_relay import EventRelay
from app.core.outbox.models import OutboxEvent
from tests.core.message_brokers.sandbox import TOPIC, make, put_into_outbox
from tests.core.outbox.conftest import read_streams, send_all

KEYS = "abcdefgh"


async def fill(engine: AsyncEngine, number: int) -> list[tuple[str, str]]:
    """Put so many events about each key into the outbox."""
    lines = [(key, f"{key}{count:03}") for count in range(number) for key in KEYS]
    async with engine.begin() as connection:
        await put_into_outbox(connection, [make(*line) for line in lines])
    return lines


def lines_of(messages: list[object], key: str) -> list[str]:
    """Give what was told about a key, in order."""
    bodies = [m.body.decode() for m in messages if m.key == key]  # type: ignore[attr-defined]  # messages
    return [body.partition('"text":"')[2].partition('"')[0] for body in bodies]


async def test_everything_is_sent_once_and_in_order(
    relay: EventRelay, engine: AsyncEngine, redis: Redis, events: EventsConfig
) -> None:
    """A second look finds nothing."""
    lines = await fill(engine, 30)
    assert await send_all(relay) == len(lines)
    assert await send_all(relay) == 0
    messages: list[object] = [*await read_streams(redis, events, TOPIC)]
    assert len(messages) == len(lines)
    for key in KEYS:
        assert lines_of(messages, key) == [line for owner, line in lines if owner == key]


async def test_relays_at_once_keep_the_order_and_send_once(
    relay: EventRelay, engine: AsyncEngine, redis: Redis, events: EventsConfig
) -> None:
    """Three that take what they can get: no event twice, none before its predecessor."""
    lines = await fill(engine, 60)
    small = EventRelay(
        engine, relay.broker, events, relay.config.model_copy(update={"RELAY_BATCH": 7})
    )
    for _ in lines:  # fewer rounds would do
        if not await count_waiting(engine):
            break
        await asyncio.gather(*(small.send_batch() for _ in range(3)))
    messages: list[object] = [*await read_streams(redis, events, TOPIC)]
    assert len(messages) == len(lines)
    for key in KEYS:
        assert lines_of(messages, key) == [line for owner, line in lines if owner == key]


async def count_waiting(engine: AsyncEngine) -> int:
    """Count what was not sent."""
    async with engine.connect() as connection:
        waiting = select(func.count()).where(OutboxEvent.batch.is_(None))
        return (await connection.execute(waiting)).scalar_one()


async def test_locked_partition_is_left_to_the_other_relay(
    relay: EventRelay, engine: AsyncEngine
) -> None:
    """Nobody waits for a lock, and nobody sends what another one is about to send."""
    await fill(engine, 1)
    async with engine.begin() as other:
        await other.execute(text("SELECT number FROM outbox_partitions FOR UPDATE"))
        assert await relay.send_batch() == 0
    assert await send_all(relay) == len(KEYS)


async def test_relay_locks_only_what_it_sends(
    relay: EventRelay, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it talks to the broker, another one sends the events of all other partitions."""
    await fill(engine, 1)
    sent_beside = []
    with monkeypatch.context() as patch:

        async def publish_beside_another(messages: Sequence[Message], mark: Mark) -> None:
            patch.undo()
            sent_beside.append(await send_all(relay))
            await relay.broker.publish(messages, mark)

        patch.setattr(relay.broker, "publish", publish_beside_another)
        sent = await relay.send_batch()
    assert sent > 0
    assert sent_beside == [len(KEYS) - sent]


async def test_what_redis_forgot_is_sent_again(
    relay: EventRelay, engine: AsyncEngine, redis: Redis, events: EventsConfig
) -> None:
    """All of it, though nothing new happens: the numbers of the batches are gone too."""
    lines = await fill(engine, 5)
    await send_all(relay)
    keys = [key async for key in redis.scan_iter(f"{events.EVENTS_PREFIX}:*")]
    await redis.delete(*keys)
    assert await relay.find_losses() == len(lines)
    assert await send_all(relay) == len(lines)
    assert await relay.find_losses() == 0
    assert len(await read_streams(redis, events, TOPIC)) == len(lines)


async def test_only_the_lost_end_is_sent_again(
    relay: EventRelay, engine: AsyncEngine, redis: Redis, events: EventsConfig
) -> None:
    """A Redis that came back without its last writes has an older number."""
    await fill(engine, 2)
    await send_all(relay)
    before = {number: await redis.get(events.mark_key(number)) for number in range(4)}
    lines = await fill(engine, 3)
    await send_all(relay)
    for number, mark in before.items():
        await redis.set(events.mark_key(number), mark or b"0")
    async with engine.begin() as connection:
        await put_into_outbox(connection, [make(key, "new") for key in KEYS])
    sent = await send_all(relay)
    # The relay reports what it took back, then what it sent.
    assert sent == len(lines) + len(lines) + len(KEYS)


async def test_broker_that_is_away_changes_nothing(
    relay: EventRelay, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction is rolled back; the events wait."""
    await fill(engine, 1)

    async def fail(*_: object) -> None:
        raise BrokerUnavailableError("away")

    with monkeypatch.context() as patch:
        patch.setattr(relay.broker, "publish", fail)
        with pytest.raises(BrokerUnavailableError):
            await relay.send_batch()
    assert await count_waiting(engine) == len(KEYS)
    assert await send_all(relay) == len(KEYS)


async def test_sent_events_are_removed_in_the_end(relay: EventRelay, engine: AsyncEngine) -> None:
    """What waits is never removed, what was sent only after its time."""
    await fill(engine, 1)
    await send_all(relay)
    await fill(engine, 1)
    assert await relay.purge() == 0
    old = func.now() - func.make_interval(0, 0, 0, 2)
    async with engine.begin() as connection:
        aged = update(OutboxEvent).where(OutboxEvent.batch.is_not(None)).values(sent_at=old)
        await connection.execute(aged)
    assert await relay.purge() == len(KEYS)
    assert await count_waiting(engine) == len(KEYS)


async def test_broker_is_the_one_in_the_container(web: AsyncContainer, relay: EventRelay) -> None:
    """One place names the technology."""
    assert await web.get(BaseMessageBroker) is relay.broker
