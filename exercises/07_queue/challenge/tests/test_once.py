"""The stretch task: a second run changes nothing."""

# ruff: noqa: INP001 - laid into a package of the app

import asyncio
import secrets

import pytest
from redis.asyncio import Redis


@pytest.fixture
def key() -> str:
    """Name work that is nobody else's; its keys end by themselves."""
    return f"test-once-{secrets.token_hex(4)}"


async def test_second_run_does_nothing(redis: Redis, key: str) -> None:
    """Until it is forgotten."""
    from app.core.services.queue.once import run_once  # noqa: PLC0415 - it is what the test is about

    done: list[int] = []

    async def work() -> None:
        done.append(1)

    assert await run_once(redis, key, work, lease=1, remember=0.2) is True
    assert await run_once(redis, key, work, lease=1, remember=0.2) is False
    assert done == [1]
    await asyncio.sleep(0.25)
    assert await run_once(redis, key, work, lease=1, remember=0.2) is True
    assert done == [1, 1]


async def test_two_at_once(redis: Redis, key: str) -> None:
    """One does the work; the other is told to come back, and then has nothing to do."""
    from app.core.services.queue.once import (  # noqa: PLC0415 - as above
        StillRunningError,
        run_once,
    )

    begun, go = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await go.wait()

    first = asyncio.create_task(run_once(redis, key, work, lease=5, remember=5))
    await asyncio.wait_for(begun.wait(), 5)
    with pytest.raises(StillRunningError):
        await run_once(redis, key, work, lease=5, remember=5)
    go.set()
    assert await first is True
    assert await run_once(redis, key, work, lease=5, remember=5) is False


async def test_failed_work_is_not_remembered(redis: Redis, key: str) -> None:
    """The error comes through, and the next try is a first one."""
    from app.core.services.queue.once import run_once  # noqa: PLC0415 - as above

    async def fail() -> None:
        raise RuntimeError("no luck")

    async def work() -> None:
        pass

    with pytest.raises(RuntimeError, match="no luck"):
        await run_once(redis, key, fail, lease=5, remember=5)
    assert await run_once(redis, key, work, lease=5, remember=1) is True


async def test_whoever_is_overtaken_changes_nothing(redis: Redis, key: str) -> None:
    """The lease ended, another one did the work; what the first one says then comes too late."""
    from app.core.services.queue.once import run_once  # noqa: PLC0415 - as above

    go = asyncio.Event()

    async def fail_late() -> None:
        await go.wait()
        raise RuntimeError("late")

    async def work() -> None:
        pass

    slow = asyncio.create_task(run_once(redis, key, fail_late, lease=0.1, remember=5))
    await asyncio.sleep(0.2)
    assert await run_once(redis, key, work, lease=5, remember=5) is True
    go.set()
    with pytest.raises(RuntimeError, match="late"):
        await slow
    assert await run_once(redis, key, work, lease=5, remember=1) is False
