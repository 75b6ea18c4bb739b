"""Tasks for tests, and a worker that knows them."""

import asyncio
import os
import signal
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dishka import FromDishka, Provider, Scope, provide
from redis.asyncio import Redis
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from taskiq import TaskiqMessage

from app.core.configs import AppConfig, app_config
from app.core.configs.queue import QueueConfig
from app.core.exceptions import UnavailableError
from app.core.services.queue import BaseTask, QueueService, TaskTable, inject
from app.core.services.queue.redis_task_broker import RedisTaskBroker
from app.worker import init_worker


@dataclass(frozen=True)
class Journal:
    """What the tasks wrote down, in Redis: they may run in several processes."""

    redis: Redis
    config: QueueConfig

    async def write(self, line: str) -> None:
        """Add a line."""
        await self.redis.rpush(f"{self.config.QUEUE_PREFIX}:journal", line)

    async def read(self) -> list[str]:
        """Give all lines."""
        lines: Any = await self.redis.lrange(f"{self.config.QUEUE_PREFIX}:journal", 0, -1)
        return [line.decode() for line in lines]

    async def has(self, *lines: str) -> bool:
        """Tell whether these are the lines."""
        return await self.read() == list(lines)


class JournalProvider(Provider):
    """Makes the journal."""

    journal = provide(Journal, scope=Scope.APP)


class WriteLine(BaseTask):
    """Writes a line."""

    __task_name__ = "sandbox.write_line"

    @staticmethod
    @inject
    async def run(line: str, journal: FromDishka[Journal]) -> None:
        """Write it."""
        await journal.write(line)


class TakeTime(BaseTask):
    """Takes its time."""

    __task_name__ = "sandbox.take_time"

    @staticmethod
    @inject
    async def run(seconds: float, journal: FromDishka[Journal]) -> None:
        """Write down when it begins and ends."""
        await journal.write("started")
        await asyncio.sleep(seconds)
        await journal.write("ended")


class Fail(BaseTask):
    """Fails."""

    __task_name__ = "sandbox.fail"

    @staticmethod
    @inject
    async def run(
        message: str, journal: FromDishka[Journal], context: FromDishka[TaskiqMessage]
    ) -> None:
        """Write down that it was tried, then fail."""
        await journal.write(f"try {context.labels.get('tries', 0)}")
        raise RuntimeError(message)


class SpoilAndFail(BaseTask):
    """Fails, and spoils what it was given."""

    __task_name__ = "sandbox.spoil_and_fail"

    @staticmethod
    @inject
    async def run(items: list[int], since: datetime, journal: FromDishka[Journal]) -> None:
        """Write down what was given, then take it away."""
        await journal.write(f"{items} {since:%Y}")
        items.clear()
        raise RuntimeError


class FailWithSecret(BaseTask):
    """Fails, and tells what it should not."""

    __task_name__ = "sandbox.fail_with_secret"
    __secrets__ = frozenset({"login"})

    @staticmethod
    async def run(name: str, login: dict[str, str]) -> None:
        """Tell."""
        raise RuntimeError(f"{name} cannot log in with {login['password']}\nparameters: {login}")


class NeedRoom(BaseTask):
    """Needs room on the disk of the database, of which there is some at the third run."""

    __task_name__ = "sandbox.need_room"

    @staticmethod
    @inject
    async def run(session: FromDishka[AsyncSession], journal: FromDishka[Journal]) -> None:
        """Write down that it was tried, and in the end that it went well."""
        await journal.write("tried")
        if len(await journal.read()) < 3:
            await session.execute(text("DO $$ BEGIN RAISE 'full' USING ERRCODE = '53100'; END $$"))
        await journal.write("done")


class NeedServer(BaseTask):
    """Needs a server that is away until the given run."""

    __task_name__ = "sandbox.need_server"

    @staticmethod
    @inject
    async def run(until: int, journal: FromDishka[Journal]) -> None:
        """Write down that it was tried, and in the end that it went well."""
        await journal.write("tried")
        if len(await journal.read()) < until:
            raise UnavailableError("The server is away.", retry_after=1)
        await journal.write("done")


class KillWorker(BaseTask):
    """Kills whoever runs it."""

    __task_name__ = "sandbox.kill_worker"

    @staticmethod
    @inject
    async def run(spare: int, journal: FromDishka[Journal]) -> None:
        """Kill the group of this process, but never the tests."""
        await journal.write("killed" if os.getpid() != spare else "spared")
        if os.getpid() != spare:
            os.killpg(0, signal.SIGKILL)


class PushLine(BaseTask):
    """Leaves the work to another task."""

    __task_name__ = "sandbox.push_line"

    @staticmethod
    @inject
    async def run(line: str, service: FromDishka[QueueService]) -> None:
        """Push it."""
        await service.push(task=WriteLine, data={"line": line})


TASKS: TaskTable = (
    *(WriteLine, TakeTime, Fail, SpoilAndFail, FailWithSecret, NeedRoom, KillWorker),
    *(PushLine, NeedServer),
)


def init_sandbox_worker(config: AppConfig = app_config, *providers: Provider) -> RedisTaskBroker:
    """Build a worker that knows the app's tasks and those of the sandbox."""
    broker = init_worker(config, JournalProvider(), *providers)
    for task in TASKS:
        broker.register_task(task.run, task.get_name())
    return broker
