"""A task that was committed is queued, whatever dies in between."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import URL, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from taskiq import TaskiqMessage

from app.auth.commands.account.reset_password import ResetPassword
from app.auth.commands.users.update import UpdateUser
from app.auth.models import TokenPurpose
from app.auth.repositories.mail_token import MailTokenRepository
from app.core.configs import AppConfig
from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.mediator import Mediator
from app.core.outbox.models import OutboxTask
from app.core.outbox.outbox import Outbox
from app.core.outbox.task_relay import TaskRelay
from app.core.services.queue import QueueService
from tests.core.services.queue.sandbox import WriteLine
from tests.factories import UserFactory
from tests.fixtures.app import RunDatabaseProvider


async def read_queue(redis: Redis, queue: QueueConfig) -> list[TaskiqMessage]:
    """Read what was queued."""
    entries: Any = await redis.xrange(queue.tasks_key)
    return [TaskiqMessage.model_validate_json(fields[b"data"]) for _, fields in entries]


async def count_left(engine: AsyncEngine) -> int:
    """Count what the outbox still has."""
    async with engine.connect() as connection:
        return (await connection.execute(select(func.count(OutboxTask.id)))).scalar_one()


async def push_and_commit(container: AsyncContainer, line: str) -> None:
    """Push a task within a transaction that changes something."""
    async with container() as request:
        session, service = await request.get(AsyncSession), await request.get(QueueService)
        session.add(UserFactory.build(username=line, email=f"{line}@example.com"))
        await service.push(task=WriteLine, data={"line": line})
        await session.commit()


async def grow_old(engine: AsyncEngine) -> None:
    """Let some time pass."""
    earlier = OutboxTask.created_at - func.make_interval(0, 0, 0, 0, 1)
    async with engine.begin() as connection:
        await connection.execute(update(OutboxTask).values(created_at=earlier))


@pytest.fixture
async def deaf(
    database_url: URL,
    session: AsyncSession,  # noqa: ARG001 - empties the tables in the end
    unused_tcp_port: int,
) -> AsyncIterator[AsyncContainer]:
    """Make the container of a process whose Redis does not answer."""
    config = AppConfig(REDIS_URL=f"redis://127.0.0.1:{unused_tcp_port}/0")
    container = create_container(RunDatabaseProvider(database_url), config=config)
    yield container
    await container.close()


@pytest.mark.usefixtures("session")
async def test_task_is_queued_at_once_and_leaves_the_outbox(
    web: AsyncContainer, engine: AsyncEngine, redis: Redis, queue: QueueConfig
) -> None:
    """No relay is needed while all is well."""
    await push_and_commit(web, "at once")
    assert [message.kwargs["line"] for message in await read_queue(redis, queue)] == ["at once"]
    assert await count_left(engine) == 0


async def test_task_that_nobody_could_queue_is_queued_by_the_relay(
    deaf: AsyncContainer,
    web: AsyncContainer,
    engine: AsyncEngine,
    redis: Redis,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The commit stands, and the task is late, not lost: one line of the log, and no traceback."""
    await push_and_commit(deaf, "late")
    assert "sandbox.write_line cannot be queued now. It is left to the relay." in caplog.text
    assert "Traceback" not in caplog.text
    relay = await web.get(TaskRelay)
    assert await relay.send_forgotten() == 0  # its own process may be at it
    await grow_old(engine)
    assert await relay.send_forgotten() == 1
    queued = await read_queue(redis, QueueConfig())
    assert [message.kwargs["line"] for message in queued] == ["late"]
    assert await count_left(engine) == 0


async def test_owner_hears_of_another_password_though_redis_is_away(
    deaf: AsyncContainer, engine: AsyncEngine
) -> None:
    """The letter is committed with the password."""
    async with deaf() as request:
        session, tokens = await request.get(AsyncSession), await request.get(MailTokenRepository)
        ada = UserFactory.build()
        session.add(ada)
        await session.flush()
        token = await tokens.issue(ada, TokenPurpose.RESET_PASSWORD, timedelta(minutes=5))
        await session.commit()
    async with deaf() as request:
        mediator = await request.get(Mediator)
        await mediator.handle_command(ResetPassword(token, "another horse battery"))
    async with engine.connect() as connection:
        (left,) = (await connection.execute(select(OutboxTask.__table__))).all()
    assert "Your password was changed" in str(left)


async def test_owner_hears_of_another_address_though_redis_is_away(
    deaf: AsyncContainer, engine: AsyncEngine
) -> None:
    """The letter to the old address is committed with the change, the link to the new one later."""
    async with deaf() as request:
        session = await request.get(AsyncSession)
        ada = UserFactory.build(email_verified_at=datetime.now(UTC))
        session.add(ada)
        await session.commit()
    async with deaf() as request:
        mediator = await request.get(Mediator)
        await mediator.handle_command(UpdateUser(ada.id, email="ada@new.example.com"))
    async with engine.connect() as connection:
        statement = select(OutboxTask.__table__).order_by(OutboxTask.created_at)
        told, asked = (await connection.execute(statement)).all()
    assert "Your address was changed" in str(told)
    assert "Confirm your address" in str(asked)


@pytest.mark.usefixtures("session")
async def test_task_of_a_failed_commit_is_not_remembered(web: AsyncContainer) -> None:
    """A database that takes nothing for hours must not fill the memory of the web processes."""
    async with web() as request:
        session, service = await request.get(AsyncSession), await request.get(QueueService)
        columns = "id integer UNIQUE DEFERRABLE INITIALLY DEFERRED"
        await session.execute(text(f"CREATE TEMPORARY TABLE twins ({columns}) ON COMMIT DROP"))
        await session.execute(text("INSERT INTO twins VALUES (1), (1)"))
        await service.push(task=WriteLine, data={"line": "never"})
        with pytest.raises(IntegrityError, match="twins"):
            await session.commit()
    assert (await web.get(Outbox)).unsent == set()


@pytest.mark.usefixtures("session")
async def test_task_has_one_id_however_often_it_is_sent(
    web: AsyncContainer,
    engine: AsyncEngine,
    redis: Redis,
    queue: QueueConfig,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process that dies after queueing leaves a second copy, not a second task."""

    async def die(*_: object) -> None:
        raise ConnectionError("killed here")

    with monkeypatch.context() as patch:
        patch.setattr("app.core.outbox.task_relay.forget", die)
        await push_and_commit(web, "twice")
    await grow_old(engine)
    assert await (await web.get(TaskRelay)).send_forgotten() == 1
    first, second = await read_queue(redis, queue)
    assert first.task_id == second.task_id
    assert await count_left(engine) == 0


async def test_relay_without_a_queue_keeps_tasks(deaf: AsyncContainer, engine: AsyncEngine) -> None:
    """They stay until it works."""
    await push_and_commit(deaf, "patient")
    await grow_old(engine)
    assert await (await deaf.get(TaskRelay)).send_forgotten() == 0
    assert await count_left(engine) == 1
