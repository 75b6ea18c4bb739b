"""The stream of tasks, and the group of workers that reads it."""

from typing import Any, NamedTuple

from redis.asyncio import Redis
from redis.exceptions import ResponseError

from app.core.configs.queue import QueueConfig
from app.core.services.queue.delayed_tasks import DATA

GROUP = "workers"
FORGET_AFTER = 86_400_000
"""Milliseconds after which a silent worker's name is forgotten."""


class Delivery(NamedTuple):
    """An entry that is this worker's now."""

    id: bytes
    data: bytes
    times: int
    """How often it was delivered, this time included."""


class TaskStream:
    """What one worker asks of the stream. An entry is there until its task has ended."""

    def __init__(self, redis: Redis, reader: Redis, config: QueueConfig, worker: str) -> None:
        self._redis = redis
        self._reader = reader
        self._key = config.tasks_key
        self._worker = worker
        self._abandoned_after = int(config.QUEUE_REDELIVER_AFTER * 1000)

    async def join(self) -> None:
        """Make the group, from the first task on: some may have been pushed before any worker."""
        try:
            await self._redis.xgroup_create(self._key, GROUP, id="0", mkstream=True)
        except ResponseError as error:
            if "BUSYGROUP" not in str(error):
                raise
        for consumer in await self._redis.xinfo_consumers(self._key, GROUP):
            if not consumer["pending"] and consumer["idle"] > FORGET_AFTER:
                await self._redis.xgroup_delconsumer(self._key, GROUP, consumer["name"])

    async def append(self, data: bytes) -> None:
        """Add a task."""
        await self._redis.xadd(self._key, {DATA: data})

    async def count(self) -> int:
        """Count the tasks that wait or run."""
        return int(await self._redis.xlen(self._key))

    async def read(self, patience: float) -> Delivery | None:
        """Wait for a new task, at most so many seconds."""
        found: Any = await self._reader.xreadgroup(
            GROUP, self._worker, {self._key: ">"}, count=1, block=int(patience * 1000)
        )
        for _, entries in found or ():
            for entry_id, fields in entries:
                return Delivery(entry_id, fields.get(DATA.encode(), b""), 1)
        return None

    async def claim(self) -> Delivery | None:
        """Take over a task that was with another worker for too long, if there is one.

        The claim repeats the condition, so of two workers that found the task one gets it.
        """
        while True:
            found: Any = await self._redis.xpending_range(
                self._key, GROUP, "-", "+", 1, idle=self._abandoned_after
            )
            if not found:
                return None
            entry_id, times = found[0]["message_id"], found[0]["times_delivered"]
            claimed: Any = await self._redis.xclaim(
                self._key, GROUP, self._worker, self._abandoned_after, [entry_id]
            )
            for _, fields in claimed:
                # Redis 6 also gives what somebody cut off the stream: nothing.
                return Delivery(entry_id, (fields or {}).get(DATA.encode(), b""), times + 1)

    async def end(self, entry_id: bytes) -> None:
        """Acknowledge and remove: the stream holds what is to be done, and nothing else."""
        async with self._redis.pipeline() as pipe:
            pipe.xack(self._key, GROUP, entry_id)
            pipe.xdel(self._key, entry_id)
            await pipe.execute()
