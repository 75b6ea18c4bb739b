"""Messages that workers send, through real queues."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import URL, text
from sqlalchemy.ext.asyncio import AsyncSession
from taskiq import TaskiqMessage

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.services.mail import EmailData, MailService
from app.core.services.mail.exceptions import EmailDataError
from app.core.services.queue.dead_letters import DeadLetters
from app.core.services.queue.redis_task_broker import RedisTaskBroker
from app.worker import init_worker
from tests.core.services.mail.sandbox import Greeting
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.mail_server import MailServer
from tests.fixtures.queue import PATIENCE, read_options, run_taskiq, wait_until, work

ADA = EmailData("Hello", "ada@example.com")


@dataclass(frozen=True)
class Office:
    """An app that queues mail, and what a test looks at."""

    request: AsyncContainer
    redis: Redis
    config: QueueConfig
    url: URL

    async def queue(self, username: str = "Ada") -> None:
        """Queue a greeting."""
        mail = await self.request.get(MailService)
        await mail.queue(template=Greeting(username), email_data=ADA)

    async def read(self) -> list[TaskiqMessage]:
        """Give what waits for workers."""
        entries: Any = await self.redis.xrange(self.config.tasks_key)
        return [TaskiqMessage.model_validate_json(fields[b"data"]) for _, fields in entries]

    async def is_empty(self) -> bool:
        """Tell whether nothing waits or runs."""
        return await self.redis.xlen(self.config.tasks_key) == 0

    async def count_delayed(self) -> int:
        """Count what waits for another try."""
        return int(await self.redis.zcard(self.config.delayed_key))

    def work(self) -> AbstractAsyncContextManager[RedisTaskBroker]:
        """Run a worker."""
        return work(init_worker(app_config, RunDatabaseProvider(self.url)))


@pytest.fixture
async def office(
    database_url: URL,
    queue: QueueConfig,
    redis: Redis,
    mail_server: MailServer,  # noqa: ARG001 - set for the container
) -> AsyncIterator[Office]:
    """Begin a request of an app that queues mail."""
    container = create_container(RunDatabaseProvider(database_url))
    async with container() as request:
        yield Office(request, redis, queue, database_url)
    await container.close()


async def test_message_shares_the_fate_of_the_transaction(office: Office) -> None:
    """Nothing is queued before the commit, and nothing ever after a rollback."""
    session = await office.request.get(AsyncSession)
    await session.execute(text("SELECT 1"))
    await office.queue("Eve")
    await session.rollback()
    await session.execute(text("SELECT 1"))
    await office.queue("Ada")
    assert await office.read() == []
    await session.commit()
    (task,) = await office.read()
    assert "Hello Ada!" in task.kwargs["content"]["text"]


async def test_mistake_is_found_where_it_is_made(office: Office) -> None:
    """Nothing is queued that a worker could only fail at."""
    mail = await office.request.get(MailService)
    with pytest.raises(EmailDataError):
        await mail.queue(template=Greeting("Ada"), email_data=EmailData("Hi\n", "ada@example.com"))
    assert await office.read() == []


async def test_message_waits_while_the_server_is_down(
    office: Office,
    mail_server: MailServer,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No try counts, and it is sent once when the server is back; the log names no recipient."""
    monkeypatch.setenv("QUEUE_MAX_TRIES", "1")
    await mail_server.stop()
    await office.queue()
    (queued,) = await office.read()

    async def is_delayed() -> bool:
        return await office.count_delayed() == 1

    async def is_sent() -> bool:
        return bool(mail_server.messages) and await office.is_empty()

    with caplog.at_level(logging.WARNING):
        async with office.work():
            await wait_until(is_delayed)
            await mail_server.start()
            await wait_until(is_sent)
    (message,) = mail_server.messages
    assert message["Message-ID"] == queued.kwargs["mark"]["message_id"]
    assert message["Date"] == queued.kwargs["mark"]["date"]
    assert "MailUnavailableError: the mail server 127.0.0.1" in caplog.text
    assert "ada@example.com" not in caplog.text


async def test_refused_message_is_given_up_at_once(
    office: Office, mail_server: MailServer, dead_letters: DeadLetters
) -> None:
    """Asking again would make us look like somebody who guesses addresses; no secret is kept."""
    mail_server.says["RCPT"] = "550 <ada@example.com>: no such user"
    await office.queue()

    async def is_parked() -> bool:
        return len(await dead_letters.read()) == 1

    async with office.work():
        await wait_until(is_parked)
    (letter,) = await dead_letters.read()
    assert letter.error.startswith("MailRefusedError: the mail server 127.0.0.1")
    assert letter.error.endswith("550 <***>: no such user")
    assert letter.message.kwargs["content"] == letter.message.kwargs["email_data"] == "***"
    assert letter.message.kwargs["mark"]["message_id"].endswith("@example.com>")
    assert await office.count_delayed() == 0
    assert await office.is_empty()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
async def test_message_of_a_killed_worker_is_sent_by_another(
    office: Office, mail_server: MailServer
) -> None:
    """SIGKILL before the server's word that it has it: the same message is sent again."""
    has_come, never = asyncio.Event(), asyncio.Event()

    async def keep_waiting() -> None:
        has_come.set()
        await never.wait()

    mail_server.before_answer = keep_waiting
    await office.queue()
    settings = {"DATABASE_URL": office.url.render_as_string(hide_password=False)}
    with run_taskiq("worker", "app.worker:broker", *read_options("worker"), **settings) as killed:
        await asyncio.wait_for(has_come.wait(), PATIENCE)
        killed.kill()
    mail_server.before_answer = None

    async def is_done() -> bool:
        return len(mail_server.messages) == 2 and await office.is_empty()

    async with office.work():
        await wait_until(is_done)
    first, second = mail_server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
