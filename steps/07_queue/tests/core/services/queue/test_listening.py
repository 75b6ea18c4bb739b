"""How a worker reads the queue, with a stream that does what Redis rarely does."""

import asyncio

import pytest

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.services.queue import TaskRegistry
from app.core.services.queue.redis_task_broker import RedisTaskBroker, create_broker
from app.core.services.queue.task_stream import Delivery, TaskStream


async def listen(broker: RedisTaskBroker) -> None:
    """Read until there is no more reading."""
    async for _ in broker.listen():
        pass


async def find_nothing(_stream: TaskStream) -> Delivery | None:
    """No other worker has left anything."""
    return None


async def test_stop_is_heard_though_the_client_swallows_it(
    queue: QueueConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As redis-py does now and then: the read ends as if nothing had come."""
    reads = 0

    async def swallow(_stream: TaskStream, _patience: float) -> Delivery | None:
        nonlocal reads
        reads += 1
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            if reads > 1:
                raise
        return None

    monkeypatch.setattr(TaskStream, "claim", find_nothing)
    monkeypatch.setattr(TaskStream, "read", swallow)
    broker = create_broker(app_config.redis_url, queue, TaskRegistry())
    listening = asyncio.create_task(listen(broker))
    await asyncio.sleep(0.2)
    listening.cancel()
    await asyncio.wait([listening], timeout=1)
    listening.cancel()  # where the first one was not heard, the test would never end
    await asyncio.wait([listening])
    await broker.shutdown()
    assert reads == 1


async def test_worker_joins_once(queue: QueueConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not before every read: it would ask Redis twice as often."""
    joins, reads = [], 0

    async def join(stream: TaskStream) -> None:
        joins.append(stream)

    async def read(_stream: TaskStream, _patience: float) -> Delivery | None:
        nonlocal reads
        reads += 1
        await asyncio.sleep(0.01 if reads < 3 else 60)
        return None

    monkeypatch.setattr(TaskStream, "claim", find_nothing)
    monkeypatch.setattr(TaskStream, "join", join)
    monkeypatch.setattr(TaskStream, "read", read)
    broker = create_broker(app_config.redis_url, queue, TaskRegistry())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await listen(broker)
    await broker.shutdown()
    assert (reads, len(joins)) == (3, 1)


@pytest.mark.parametrize("is_there", [True, False])
async def test_log_tells_of_a_redis_that_is_away_and_of_no_other(
    queue: QueueConfig, caplog: pytest.LogCaptureFixture, unused_tcp_port: int, *, is_there: bool
) -> None:
    """A worker without work is silent."""
    away = f"redis://127.0.0.1:{unused_tcp_port}/0"
    broker = create_broker(app_config.redis_url if is_there else away, queue, TaskRegistry())
    try:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.5):
                await listen(broker)
    finally:
        await broker.shutdown()
    assert ("ConnectionError" in caplog.text) is not is_there
    assert bool(caplog.messages) is not is_there
