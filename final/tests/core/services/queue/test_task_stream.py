"""The group of workers."""

import pytest
from redis.asyncio import Redis

from app.core.configs.queue import QueueConfig
from app.core.services.queue import task_stream
from app.core.services.queue.task_stream import GROUP, TaskStream


async def test_name_of_a_worker_goes_some_time_after_it(
    redis: Redis, queue: QueueConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its name would go what it had in hand, so that is claimed before."""
    busy, idle = (TaskStream(redis, redis, queue, name) for name in ("busy", "idle"))
    await busy.join()
    await busy.append(b"{}")
    assert await busy.read(0.01) is not None
    assert await idle.read(0.01) is None

    async def list_names() -> set[bytes]:
        return {worker["name"] for worker in await redis.xinfo_consumers(queue.tasks_key, GROUP)}

    await busy.join()
    assert await list_names() == {b"busy", b"idle"}
    monkeypatch.setattr(task_stream, "FORGET_AFTER", -1)
    await busy.join()
    assert await list_names() == {b"busy"}
