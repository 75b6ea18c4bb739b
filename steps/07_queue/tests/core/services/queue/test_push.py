"""When a task leaves the request that pushes it, with real commits."""

import logging
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import URL, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from taskiq import TaskiqMessage

from app.core.configs import AppConfig
from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.services.queue import QueueService
from app.core.services.queue.exceptions import QueueUnavailableError
from tests.core.services.queue.sandbox import WriteLine
from tests.fixtures.app import RunDatabaseProvider
from tests.models import Author

Sessions = async_sessionmaker[AsyncSession]
Lines = Callable[[], Awaitable[list[str]]]


@pytest.fixture
async def request_container(
    container: AsyncContainer,
    sandbox: Sessions,  # noqa: ARG001 - makes the tables
) -> AsyncIterator[AsyncContainer]:
    """Begin a request."""
    async with container() as request:
        yield request


@pytest.fixture
async def session(request_container: AsyncContainer) -> AsyncSession:
    """Give the request's session."""
    return await request_container.get(AsyncSession)


@pytest.fixture
async def service(request_container: AsyncContainer) -> QueueService:
    """Give the request's queue."""
    service: QueueService = await request_container.get(QueueService)
    return service


@pytest.fixture
def lines(redis: Redis, queue: QueueConfig) -> Lines:
    """Read what was queued."""

    async def read() -> list[str]:
        entries: Any = await redis.xrange(queue.tasks_key)
        messages = [TaskiqMessage.model_validate_json(fields[b"data"]) for _, fields in entries]
        return [message.kwargs["line"] for message in messages]

    return read


async def push(service: QueueService, line: str) -> None:
    """Push a task that writes a line."""
    await service.push(task=WriteLine, data={"line": line})


async def test_push_outside_of_a_transaction_goes_at_once(
    service: QueueService, lines: Lines
) -> None:
    """There is nothing to wait for."""
    await push(service, "now")
    assert await lines() == ["now"]


async def test_push_waits_for_the_commit(
    session: AsyncSession, service: QueueService, lines: Lines, sandbox: Sessions
) -> None:
    """When a worker can see the task, it can see the row."""
    session.add(Author(name="Eve"))
    await push(service, "after")
    await session.flush()
    assert await lines() == []
    await session.commit()
    assert await lines() == ["after"]
    async with sandbox() as other:
        assert (await other.scalars(select(Author.name))).all() == ["Eve"]
    await session.commit()
    assert await lines() == ["after"]


async def test_rollback_takes_the_task_back(
    session: AsyncSession, service: QueueService, lines: Lines
) -> None:
    """Neither now nor with the next commit."""
    session.add(Author(name="Eve"))
    await push(service, "never")
    await session.rollback()
    session.add(Author(name="Bob"))
    await push(service, "later")
    await session.commit()
    assert await lines() == ["later"]


async def test_savepoint_takes_back_what_came_after_it(
    session: AsyncSession, service: QueueService, lines: Lines
) -> None:
    """Tasks before and after it stay, in order."""
    session.add(Author(name="Eve"))
    await push(service, "before")
    savepoint = await session.begin_nested()
    await push(service, "within")
    await savepoint.rollback()
    await push(service, "after")
    await session.commit()
    assert await lines() == ["before", "after"]


async def test_request_that_never_commits_pushes_nothing_and_says_so(
    container: AsyncContainer, lines: Lines, sandbox: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever only read before the push would wait for the task for ever, and wonder."""
    async with container() as request:
        session, service = await request.get(AsyncSession), await request.get(QueueService)
        await session.execute(select(1))
        await push(service, "never")
    assert await lines() == []
    assert "no commit, so these go with the transaction: task_pushed" in caplog.text
    del sandbox


@pytest.fixture
async def deaf(
    database_url: URL,
    queue: QueueConfig,  # noqa: ARG001 - set for the container
    sandbox: Sessions,  # noqa: ARG001 - makes the tables
    unused_tcp_port: int,
) -> AsyncIterator[AsyncContainer]:
    """Begin a request of an app whose Redis does not answer."""
    config = AppConfig(REDIS_URL=f"redis://127.0.0.1:{unused_tcp_port}/0")
    container = create_container(RunDatabaseProvider(database_url), config=config)
    async with container() as request:
        yield request
    await container.close()


async def test_commit_succeeds_without_redis(
    deaf: AsyncContainer, sandbox: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    """It cannot be taken back: the task is lost, the log names it, and nobody waits for long."""
    session, service = await deaf.get(AsyncSession), await deaf.get(QueueService)
    session.add(Author(name="Eve"))
    await push(service, "lost")
    started = time.monotonic()
    with caplog.at_level(logging.WARNING):
        await session.commit()
    assert time.monotonic() - started < 10
    assert "The task sandbox.write_line cannot be queued now" in caplog.text
    async with sandbox() as other:
        assert (await other.scalars(select(Author.name))).all() == ["Eve"]


async def test_push_without_redis_is_an_error_where_it_can_be_one(deaf: AsyncContainer) -> None:
    """Outside of a transaction the client is told to come back: 503."""
    service = await deaf.get(QueueService)
    with pytest.raises(QueueUnavailableError, match=r"sandbox\.write_line") as caught:
        await push(service, "refused")
    error = caught.value
    assert (error.status, error.code) == (503, "queue_unavailable")
    assert error.headers == {"Retry-After": "1"}


async def test_full_queue_takes_nothing(
    database_url: URL, queue: QueueConfig, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The oldest tasks are not thrown away for the newest."""
    del queue
    monkeypatch.setenv("QUEUE_MAX_LENGTH", "2")
    container = create_container(RunDatabaseProvider(database_url))
    async with container() as request:
        service = await request.get(QueueService)
        await push(service, "one")
        await push(service, "two")
        with pytest.raises(QueueUnavailableError):
            await push(service, "three")
    await container.close()
    assert await lines() == ["one", "two"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "WriteLine: missing a required argument: 'line'"),
        ({"line": "a", "colour": "red"}, "WriteLine: got an unexpected keyword argument 'colour'"),
        ({"line": datetime.now(UTC)}, "WriteLine: .*datetime is not JSON serializable"),
        ({"line": math.nan}, "WriteLine: .*not JSON compliant"),
    ],
)
async def test_wrong_data_is_refused_where_it_is_pushed(
    service: QueueService, lines: Lines, data: dict[str, Any], problem: str
) -> None:
    """Not in a worker, an hour later."""
    with pytest.raises(TypeError, match=problem):
        await service.push(task=WriteLine, data=data)
    assert await lines() == []


async def test_task_has_the_data_of_the_moment_of_the_push(
    session: AsyncSession, service: QueueService, lines: Lines
) -> None:
    """What the caller changes before the commit is not the task's."""
    session.add(Author(name="Eve"))
    data = {"line": "as it was"}
    await service.push(task=WriteLine, data=data)
    data["line"] = "changed"
    await session.commit()
    assert await lines() == ["as it was"]
