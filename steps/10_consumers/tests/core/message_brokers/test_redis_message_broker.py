"""What reaches Redis, what is refused, and what a lost memory does."""

from typing import Any

import pytest
from dishka import AsyncContainer
from faststream.redis.parser import BinaryMessageFormatV1
from redis.asyncio import Redis

from app.core.configs import AppConfig
from app.core.configs.events import EventsConfig
from app.core.message_brokers import BaseIntegrationEvent, BaseMessageBroker, Mark, Message
from app.core.message_brokers.broker import partition_of
from app.core.message_brokers.dead_events import DATA
from app.core.message_brokers.event_broker import create_event_broker
from app.core.message_brokers.exceptions import (
    BatchesLostError,
    BrokerFullError,
    BrokerUnavailableError,
)
from app.core.message_brokers.reading import read_message
from app.core.message_brokers.redis_message_broker import RedisMessageBroker
from tests.core.message_brokers.conftest import Publish
from tests.core.message_brokers.sandbox import TOPIC, make


async def publish_to(config: AppConfig, *told: BaseIntegrationEvent) -> None:
    """Publish to another Redis."""
    broker = RedisMessageBroker(create_event_broker(config.redis_url), EventsConfig())
    await broker.start()
    await broker.publish([Message.of(event) for event in told])
    await broker.close()


@pytest.fixture
async def broker(web: AsyncContainer) -> BaseMessageBroker:
    """Give the broker of a process."""
    broker: BaseMessageBroker = await web.get(BaseMessageBroker)
    return broker


async def read(redis: Redis, events: EventsConfig, key: str) -> list[Message]:
    """Read what is in the stream of a key."""
    stream = events.stream_key(TOPIC, partition_of(key, events.EVENTS_PARTITIONS))
    entries: Any = await redis.xrange(stream)
    return [read_message(TOPIC, fields) for _, fields in entries]


async def test_message_arrives_as_it_was_sent(
    broker: BaseMessageBroker, redis: Redis, events: EventsConfig
) -> None:
    """Id, key, type, body and context; those of one key are in one stream, in order."""
    sent = [Message.of(make("ключ", f"{n}"), {"request_id": "r-1"}) for n in range(3)]
    await broker.publish(sent)
    assert await read(redis, events, "ключ") == sent


async def test_entry_has_the_names_that_other_programs_know(
    broker: BaseMessageBroker, redis: Redis, events: EventsConfig
) -> None:
    """A reader of another version, or in another language, cannot be changed at the same time."""
    message = Message.of(make("a", "one"), {"request_id": "r-1"})
    await broker.publish([message])
    stream = events.stream_key(TOPIC, partition_of("a", events.EVENTS_PARTITIONS))
    entries: Any = await redis.xrange(stream)
    ((_, fields),) = entries
    body, headers = BinaryMessageFormatV1.parse(fields[b"__data__"])
    assert body == message.body
    assert headers["message_id"] == message.id
    assert headers["event"] == message.type
    assert headers["key"] == message.key
    assert headers["context"] == '{"request_id": "r-1"}'


@pytest.mark.parametrize("partitions", [1, 4, 256])
def test_key_always_falls_to_the_same_partition(partitions: int) -> None:
    """In every process: Python's own hash of a text differs from process to process."""
    found = {partition_of(f"user:{number}", partitions) for number in range(5000)}
    assert found == set(range(partitions))
    assert partition_of("user:1", 8) == 2


async def test_full_stream_takes_nothing(
    web: AsyncContainer, publish: Publish, redis: Redis, events: EventsConfig
) -> None:
    """The oldest events are not thrown away for the newest: these wait in PostgreSQL."""
    del web
    await publish(make("a", "one"), make("a", "two"))
    config = events.model_copy(update={"EVENTS_MAX_LENGTH": 2})
    broker = RedisMessageBroker(create_event_broker(AppConfig().redis_url), config)
    await broker.start()
    with pytest.raises(BrokerFullError, match=r"2 events wait in .* for a first group"):
        await broker.publish([Message.of(make("a", "three"))])
    stream = events.stream_key(TOPIC, partition_of("a", events.EVENTS_PARTITIONS))
    for group, taken in (("new-name", 2), ("old-name", 1), ("newest", 2)):
        await redis.xgroup_create(stream, group, id="0")
        await redis.xreadgroup(group, "reader", {stream: ">"}, count=taken)
    with pytest.raises(BrokerFullError, match="for the group old-name: see EVENTS_MAX_LENGTH"):
        await broker.publish([Message.of(make("a", "three"))])
    await broker.close()
    assert len(await read(redis, events, "a")) == 2


async def test_redis_that_is_away_is_one_kind_of_error(
    events: EventsConfig, unused_tcp_port: int
) -> None:
    """Callers need not know what technology is behind the broker."""
    url = f"redis://127.0.0.1:{unused_tcp_port}/0"
    broker = RedisMessageBroker(create_event_broker(url), events)
    await broker.start()
    with pytest.raises(BrokerUnavailableError):
        await broker.publish([Message.of(make("a", "one"))])
    with pytest.raises(BrokerUnavailableError):
        await broker.trim()
    await broker.close()


async def test_lost_batches_are_noticed(
    broker: BaseMessageBroker, redis: Redis, events: EventsConfig
) -> None:
    """Who brings a batch learns that the one before is gone; a batch may come twice."""
    first, second = ([Message.of(make("a", line))] for line in ("one", "two"))
    await broker.publish(first, Mark(0, 1))
    await broker.publish(first, Mark(0, 1))
    await broker.publish(second, Mark(0, 2))
    assert await broker.read_marks([0, 1]) == {0: 2, 1: 0}
    await redis.set(events.mark_key(0), 1)  # as after a restart without the last writes
    with pytest.raises(BatchesLostError) as caught:
        await broker.publish(second, Mark(0, 3))
    assert caught.value.last == 1
    assert len(await read(redis, events, "a")) == 3


async def list_ids(redis: Redis, stream: str) -> list[bytes]:
    """Give the ids of all entries."""
    entries: Any = await redis.xrange(stream)
    return [entry_id for entry_id, _ in entries]


async def test_trimming_keeps_what_some_group_has_not_acknowledged(
    broker: BaseMessageBroker, publish: Publish, redis: Redis, events: EventsConfig
) -> None:
    """The slowest group decides, with what it was given and what it has yet to read."""
    stream = events.stream_key(TOPIC, partition_of("a", events.EVENTS_PARTITIONS))
    await publish(*(make("a", f"{number}") for number in range(6)))
    await broker.trim()
    assert await redis.xlen(stream) == 6  # no group yet: there may be one
    entries = await list_ids(redis, stream)
    for group, taken, done in (("quick", 6, 6), ("slow", 4, 2)):
        await redis.xgroup_create(stream, group, id="0")
        await redis.xreadgroup(group, "reader", {stream: ">"}, count=taken)
        await redis.xack(stream, group, *entries[:done])
    await broker.trim()
    assert await list_ids(redis, stream) == entries[2:]
    await redis.xack(stream, "slow", *entries[2:4])
    await broker.trim()
    # The last one that was delivered stays: it marks the place from which to go on.
    assert await list_ids(redis, stream) == entries[3:]


def test_field_is_the_one_that_faststream_reads() -> None:
    """It has no public name there."""
    from faststream.redis.message import DATA_KEY  # noqa: PLC0415 - for this line

    assert DATA_KEY == DATA
