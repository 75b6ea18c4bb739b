"""The broker on Redis Streams, by FastStream."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

from faststream.redis import RedisBroker
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import RedisError

from app.core.configs.events import EventsConfig
from app.core.message_brokers.broker import BaseMessageBroker, Mark, Message, partition_of
from app.core.message_brokers.exceptions import (
    BatchesLostError,
    BrokerFullError,
    BrokerUnavailableError,
)
from app.core.message_brokers.trimming import Trimmer

EVENT, KEY, CONTEXT, MESSAGE_ID = "event", "key", "context", "message_id"


@asynccontextmanager
async def complain() -> AsyncIterator[None]:
    """Turn what Redis raises into what the contract promises."""
    try:
        yield
    except RedisError as error:
        raise BrokerUnavailableError(repr(error)) from error


class RedisMessageBroker(BaseMessageBroker):
    """Publishes to a topic's streams, of which each holds the keys that fall to it.

    Redis may lose what it has confirmed: it was emptied, or its machine died before the disk had
    everything. So it keeps the number of each partition's last batch beside the streams, and
    whoever brings the next one sees whether the one before is there.
    """

    def __init__(self, broker: RedisBroker, config: EventsConfig) -> None:
        self._broker = broker
        self._config = config
        self._trimmer = Trimmer(config)
        self._client: Redis | None = None

    @property
    def _redis(self) -> Redis:
        if self._client is None:
            raise BrokerUnavailableError("the broker was not started")
        return self._client

    async def start(self) -> None:
        """Get ready; nothing is connected until the first message."""
        self._client = await self._broker.connect()

    async def close(self) -> None:
        """Close all connections."""
        await self._broker.stop()

    async def publish(self, messages: Sequence[Message], mark: Mark | None = None) -> None:
        """Publish in one transaction of Redis, see `BaseMessageBroker.publish`."""
        async with complain(), self._redis.pipeline(transaction=True) as pipe:
            if mark is not None:
                await self._require_previous(pipe, mark)
            await self._require_room(messages)
            pipe.multi()  # type: ignore[no-untyped-call]  # redis-py's
            if mark is not None:
                pipe.set(self._config.mark_key(mark.partition), mark.batch)
            for message in messages:
                await self._append(message, pipe)
            await pipe.execute()

    async def read_marks(self, partitions: Sequence[int]) -> Mapping[int, int]:
        """Read the numbers beside the streams."""
        async with complain():
            numbers = await self._redis.mget([self._config.mark_key(each) for each in partitions])
        return {each: int(number or 0) for each, number in zip(partitions, numbers, strict=True)}

    async def trim(self) -> int:
        """Cut off each stream what every group has acknowledged."""
        async with complain():
            return await self._trimmer.trim(self._redis)

    async def _require_previous(self, pipe: Pipeline, mark: Mark) -> None:
        """Watch the number until the transaction: if it changes, nothing is published."""
        key = self._config.mark_key(mark.partition)
        await pipe.watch(key)
        # A relay that was killed after the publication left the number of this very batch.
        if (last := int(await pipe.get(key) or 0)) < mark.batch - 1:
            raise BatchesLostError(mark.partition, last)

    async def _require_room(self, messages: Sequence[Message]) -> None:
        for stream in {self._locate(message) for message in messages}:
            if (length := await self._redis.xlen(stream)) >= self._config.EVENTS_MAX_LENGTH:
                raise BrokerFullError(stream, length, await self._find_slowest(stream))

    async def _find_slowest(self, stream: str) -> str | None:
        """Name the group that was given least, perhaps because nobody runs it any more."""

        def get_last(group: Mapping[str, bytes]) -> list[int]:
            return [int(part) for part in group["last-delivered-id"].split(b"-")]

        groups = await self._redis.xinfo_groups(stream)
        return min(groups, key=get_last)["name"].decode() if groups else None

    async def _append(self, message: Message, pipe: Pipeline) -> None:
        headers: dict[str, Any] = {
            "content-type": "application/json",
            MESSAGE_ID: message.id,
            EVENT: message.type,
            KEY: quote(message.key),  # FastStream 0.7 miscounts what is not ASCII
            CONTEXT: json.dumps(dict(message.context)),
        }
        await self._broker.publish(
            message.body,
            stream=self._locate(message),
            headers=headers,
            correlation_id=message.context.get("request_id", message.id),
            pipeline=pipe,
        )

    def _locate(self, message: Message) -> str:
        partition = partition_of(message.key, self._config.EVENTS_PARTITIONS)
        return self._config.stream_key(message.topic, partition)
