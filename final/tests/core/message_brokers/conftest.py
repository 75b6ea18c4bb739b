"""What the tests of brokers and consumers share."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from app.core.configs.events import EventsConfig
from app.core.message_brokers import BaseIntegrationEvent, BaseMessageBroker, Message
from app.core.message_brokers.dead_events import DeadEvents
from tests.core.message_brokers.sandbox import NOTES, Tries

Publish = Callable[..., Awaitable[None]]


@pytest.fixture
async def notes(
    engine: AsyncEngine,
    sessions: async_sessionmaker[AsyncSession],  # noqa: ARG001 - empties the tables in the end
    events: EventsConfig,  # noqa: ARG001 - a test of handlers has streams
) -> AsyncIterator[AsyncEngine]:
    """Make the table that handlers write to."""
    columns = "id bigserial PRIMARY KEY, key text, text text, who text"
    async with engine.begin() as connection:
        await connection.execute(text(f"CREATE TABLE {NOTES} ({columns})"))
    yield engine
    async with engine.begin() as connection:
        await connection.execute(text(f"DROP TABLE {NOTES}"))


@pytest.fixture
async def publish(web: AsyncContainer) -> Publish:
    """Publish without an outbox."""
    broker = await web.get(BaseMessageBroker)

    async def publish(*told: BaseIntegrationEvent, **context: str) -> None:
        await broker.publish([Message.of(event, context) for event in told])

    return publish


@pytest.fixture
def dead_events(redis: Redis, events: EventsConfig) -> DeadEvents:
    """Read what was given up."""
    return DeadEvents(redis, events)


@pytest.fixture
def tries(redis: Redis, events: EventsConfig) -> Tries:
    """Count what was begun."""
    return Tries(redis, events)
