"""What the tests of the outbox share."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.core.configs.events import EventsConfig
from app.core.message_brokers import Message
from app.core.message_brokers.reading import read_message
from app.core.outbox.event_relay import EventRelay

ENDLESS = 500
"""More events than any test has."""


@pytest.fixture
async def session(
    web: AsyncContainer,
    sessions: async_sessionmaker[AsyncSession],  # noqa: ARG001 - empties the tables in the end
) -> AsyncIterator[AsyncSession]:
    """Give the session of a request."""
    async with web() as request:
        yield await request.get(AsyncSession)


@pytest.fixture
async def relay(web: AsyncContainer, session: AsyncSession) -> EventRelay:
    """Give a relay that sends when it is told to."""
    del session
    relay: EventRelay = await web.get(EventRelay)
    await relay.prepare()
    return relay


async def send_all(relay: EventRelay) -> int:
    """Send until nothing is left; return how many events there were."""
    total = 0
    while sent := await relay.send_batch():
        total += sent
        assert total < ENDLESS, "the same events are sent again and again"
    return total


async def read_streams(redis: Redis, events: EventsConfig, topic: str) -> list[Message]:
    """Read everything that reached Redis, stream after stream."""
    messages: list[Message] = []
    for stream in events.stream_keys(topic):
        entries: Any = await redis.xrange(stream)
        messages += [read_message(topic, fields) for _, fields in entries]
    return messages
