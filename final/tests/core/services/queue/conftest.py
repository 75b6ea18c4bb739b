"""What the tests of the queue share."""

from collections.abc import AsyncIterator

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import URL

from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.services.queue import QueueService
from app.core.services.queue.dead_letters import DeadLetters
from tests.core.services.queue.sandbox import Journal
from tests.fixtures.app import RunDatabaseProvider


@pytest.fixture
async def container(database_url: URL, queue: QueueConfig) -> AsyncIterator[AsyncContainer]:  # noqa: ARG001 - set for the container
    """Make the container of a process that pushes."""
    container = create_container(RunDatabaseProvider(database_url))
    yield container
    await container.close()


@pytest.fixture
async def service(container: AsyncContainer) -> AsyncIterator[QueueService]:
    """Give the service of a request that has no transaction."""
    async with container() as request:
        yield await request.get(QueueService)


@pytest.fixture
def journal(redis: Redis, queue: QueueConfig) -> Journal:
    """Read what the tasks of the sandbox wrote."""
    return Journal(redis, queue)


@pytest.fixture
def dead_letters(redis: Redis, queue: QueueConfig) -> DeadLetters:
    """Read what was given up."""
    return DeadLetters(redis, queue)
