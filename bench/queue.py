"""Tasks per second, run in the composed app: ``python -m bench.queue COUNT`` prints JSON."""

from __future__ import annotations

import asyncio
import json
import sys
import time

COUNT_AT_ONCE = 8


async def measure(count: int) -> dict[str, float]:
    """Push and do tasks that do nothing, next to plain XADD.

    Args:
        count: how many.

    Returns:
        ``xadd``, ``pushed`` and ``done``, each per second.

    """
    from taskiq.receiver import Receiver  # noqa: PLC0415 - the same

    from app.core.configs import app_config  # noqa: PLC0415 - only in the composed app
    from app.core.configs.queue import QueueConfig  # noqa: PLC0415 - the same
    from app.core.di import create_container  # noqa: PLC0415 - the same
    from app.core.redis import create_redis  # noqa: PLC0415 - the same
    from app.core.services.queue import BaseTask, QueueService  # noqa: PLC0415 - the same
    from app.worker import init_worker  # noqa: PLC0415 - the same

    done = 0

    class Nothing(BaseTask):  # type: ignore[misc]  # the app is not on the path of the checker
        """Counts itself."""

        __task_name__ = "bench.nothing"

        @staticmethod
        async def run(text: str) -> None:
            """Do nothing."""
            nonlocal done
            done += len(text) > 0

    config = QueueConfig()
    redis = create_redis(app_config.redis_url)

    async def spread(work: object) -> float:
        begun = time.perf_counter()

        async def some(number: int) -> None:
            for _ in range(count // COUNT_AT_ONCE):
                await work(number)  # type: ignore[operator]  # each is a coroutine function

        await asyncio.gather(*(some(number) for number in range(COUNT_AT_ONCE)))
        return count / (time.perf_counter() - begun)

    async def add(_number: int) -> None:
        await redis.xadd("bench:plain", {"data": "x" * 200})

    container = create_container()
    async with container() as request:
        service = await request.get(QueueService)

        async def push(_number: int) -> None:
            await service.push(task=Nothing, data={"text": "x" * 100})

        xadd = await spread(add)
        pushed = await spread(push)
    await container.close()
    broker = init_worker()
    broker.register_task(Nothing.run, Nothing.get_name())
    broker.is_worker_process = True
    finish = asyncio.Event()
    listening = asyncio.create_task(
        Receiver(broker, max_async_tasks=10, propagate_exceptions=False).listen(finish)
    )
    begun = time.perf_counter()
    while done < count and not listening.done():  # noqa: ASYNC110 - counted by the tasks
        await asyncio.sleep(0.01)
    took = time.perf_counter() - begun
    finish.set()
    await listening
    await broker.shutdown()
    await redis.delete("bench:plain", config.tasks_key)
    await redis.aclose()
    return {"xadd": xadd, "pushed": pushed, "done": count / took}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measure(int(sys.argv[1])))))
