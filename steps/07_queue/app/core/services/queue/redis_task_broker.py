"""The broker: tasks on a Redis stream, of which none is lost with its worker."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from functools import partial

from redis.asyncio import Redis
from redis.exceptions import OutOfMemoryError, RedisError
from taskiq import AckableMessage, AsyncBroker, BrokerMessage, TaskiqMessage
from taskiq_redis import RedisStreamBroker

from app.core.configs.queue import QueueConfig
from app.core.redis import TIMEOUT, create_redis
from app.core.services.queue.dead_letters import DeadLetters, make_placeholder
from app.core.services.queue.delayed_tasks import DelayedTasks
from app.core.services.queue.exceptions import (
    QueueFullError,
    UnknownTaskError,
    UnreadableTaskError,
    WorkerLostError,
)
from app.core.services.queue.registry import TaskRegistry
from app.core.services.queue.retry_middleware import RetryMiddleware
from app.core.services.queue.task_stream import Delivery, TaskStream

logger = logging.getLogger(__name__)

POLL = 0.5
"""Seconds that a read waits; so often a worker looks for what is due or was left behind."""
PAUSE = 1.0
"""Seconds before the next look at a Redis that does not answer."""


class RedisTaskBroker(RedisStreamBroker):
    """Delivers every task at least once, also when workers are killed and nothing new arrives.

    A worker that is killed leaves its entry of the stream pending; whoever polls next after
    ``QUEUE_REDELIVER_AFTER`` seconds claims it. The parent claims only after something new came,
    and under a lock that a killed worker keeps.

    Tasks are cancelled before that time, so none runs in two places at once unless it blocks the
    event loop. A heartbeat would allow longer ones, but a task that hangs would hang for ever.
    """

    def __init__(self, url: str, config: QueueConfig) -> None:
        super().__init__(
            url,
            # Only the blocking read uses the parent's connections: it needs another patience.
            max_connection_pool_size=1,
            socket_timeout=POLL + TIMEOUT,
            socket_connect_timeout=TIMEOUT,
        )
        self.config = config
        self._redis = create_redis(url)
        reader = Redis(connection_pool=self.connection_pool)
        self._stream = TaskStream(self._redis, reader, config, self.consumer_name)
        self._delayed_tasks = DelayedTasks(self._redis, config)
        self._dead_letters = DeadLetters(self._redis, config)
        self._retries = RetryMiddleware(config, self._delayed_tasks, self._dead_letters)
        self.add_middlewares(self._retries)
        self._has_joined = False
        self._looks_at = 0.0

    async def startup(self) -> None:
        """Start without Redis: the web app has other work, and workers wait in `listen`."""
        await AsyncBroker.startup(self)  # the parent would make the group now

    async def shutdown(self) -> None:
        """Close all connections."""
        await super().shutdown()
        await self._redis.aclose()

    async def kick(self, message: BrokerMessage) -> None:
        """Append a task.

        Raises:
            QueueFullError: too many tasks wait. Redis would rather throw the oldest away.
            RedisError: Redis does not take it.

        """
        if (length := await self._stream.count()) >= self.config.QUEUE_MAX_LENGTH:
            raise QueueFullError(length)
        await self._stream.append(message.message)

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """Give tasks one by one: those that waited in this process would grow old here."""
        while not is_cancelled():
            try:
                delivery = await self._receive()
                message = None if delivery is None else await self._accept(delivery)
            except RedisError as error:
                if not is_cancelled():
                    await self._wait_for_redis(error)
                continue
            if message is not None:
                yield message

    async def _wait_for_redis(self, error: RedisError) -> None:
        logger.warning("the queue does not answer: %r", error)
        self._has_joined = False  # a Redis that has lost everything needs a new group
        await asyncio.sleep(PAUSE)

    async def _receive(self) -> Delivery | None:
        if not self._has_joined:
            with room_may_be_missing():
                await self._stream.join()
            self._has_joined = True
        if time.monotonic() >= self._looks_at:
            if delivery := await self._stream.claim():
                return delivery
            with room_may_be_missing():
                await self._delayed_tasks.release()
            self._looks_at = time.monotonic() + POLL
        return await self._stream.read(POLL)

    async def _accept(self, delivery: Delivery) -> AckableMessage | None:
        """Sort out what cannot be done here; taskiq would log it and throw it away."""
        message = self._load(delivery)
        end = partial(self._end, delivery.id)
        if message is None:
            unreadable = make_placeholder(delivery.id.decode())
            await self._dead_letters.park(unreadable, UnreadableTaskError())
        elif delivery.times > self.config.QUEUE_MAX_DELIVERIES:
            await self._dead_letters.park(message, WorkerLostError(delivery.times - 1))
        elif self.find_task(message.task_name) is None:
            await self._retries.retry(message, UnknownTaskError())
        else:
            return AckableMessage(data=delivery.data, ack=end)
        await end()
        return None

    def _load(self, delivery: Delivery) -> TaskiqMessage | None:
        try:
            message = self.formatter.loads(delivery.data)
            message.parse_labels()
        except ValueError:
            return None
        return message

    async def _end(self, entry_id: bytes) -> None:
        try:
            await self._stream.end(entry_id)
        except RedisError as error:
            logger.warning("%r ended, but will be delivered again: %r", entry_id, error)


@contextmanager
def room_may_be_missing() -> Iterator[None]:
    """Go on although Redis is full: it takes nothing, but gives, and tasks that end make room."""
    try:
        yield
    except OutOfMemoryError as error:
        logger.warning("Redis is full, the queue is only emptied: %r", error)


def is_cancelled() -> bool:
    """Tell whether the worker is stopping.

    Of ten cancellations of a blocking read, redis-py loses one: it returns, or tells of a time-out,
    as if nothing had happened. Without this look, the worker would read on until it is killed.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def create_broker(url: str, config: QueueConfig, tasks: TaskRegistry) -> RedisTaskBroker:
    """Make a broker that knows these tasks; nothing is connected until it is used."""
    broker = RedisTaskBroker(url, config)
    for task, cron in tasks:
        labels = {"schedule": [{"cron": cron}]} if cron else {}
        broker.register_task(task.run, task.get_name(), **labels)
    return broker
