"""Tasks that wait for another try, in Redis: no restart of a process forgets them."""

from redis.asyncio import Redis

from app.core.configs.queue import QueueConfig

DATA = "data"
"""The field of a stream's entry that holds the message, as in taskiq-redis."""

RELEASE = f"""
local now = redis.call('TIME')
local due = redis.call('ZRANGE', KEYS[1], '-inf', now[1] + now[2] / 1e6, 'BYSCORE', 'LIMIT', 0, 100)
for _, message in ipairs(due) do
  redis.call('XADD', KEYS[2], '*', '{DATA}', message)
  redis.call('ZREM', KEYS[1], message)
end
"""
"""Moves what is due to the stream. A script is one step for everybody else in Redis."""


class DelayedTasks:
    """A sorted set of messages, by the time of Redis's clock at which each is due.

    Not taskiq's ``SmartRetryMiddleware`` with a ``ListRedisScheduleSource``: its exponent is a
    factor, its source pickles unless told otherwise and is read once a minute, retries would need
    the scheduler, and two schedulers would send each of them twice.
    """

    def __init__(self, redis: Redis, config: QueueConfig) -> None:
        self._redis = redis
        self._config = config
        self._release = redis.register_script(RELEASE)

    async def add(self, message: bytes, delay: float) -> None:
        """Keep a message for so many seconds."""
        due = await self.read_clock() + delay
        await self._redis.zadd(self._config.delayed_key, {message: due})

    async def read_clock(self) -> float:
        """Return the time of Redis's clock in seconds: those of workers may differ."""
        seconds, microseconds = await self._redis.time()
        return float(seconds + microseconds / 1e6)

    async def release(self) -> None:
        """Queue what is due; any number of workers may do this at once."""
        await self._release(keys=[self._config.delayed_key, self._config.tasks_key])
