"""How often a client may call a route."""

import logging
from collections.abc import Awaitable
from math import ceil
from typing import cast

from fastapi_limiter.depends import RateLimiter
from pyrate_limiter import GCRA, Decision, Rate, RateItem, RedisStateStore, StateBucket
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.requests import Request
from starlette.responses import Response

from app.core.api.client import get_client
from app.core.configs.rate_limiter import RateLimiterConfig
from app.core.exceptions import RateLimitedError, UnavailableError

logger = logging.getLogger(__name__)

REDIS_CLOCK = """
local time = redis.call('TIME')
ARGV[1] = time[1] * 1000 + math.floor(time[2] / 1000)
"""


class RedisClockGCRA(GCRA):
    """The algorithm of the limiter: a burst of ``times``, then one each ``seconds / times``.

    It keeps one number per client and route, and changes it within Redis: one round trip, and no
    two processes can count the same request. The time comes from Redis too; by the clocks of
    several machines, a budget would be as wrong as the clocks.
    """

    def redis_script(self) -> str:
        """Put the time of Redis in the place of the caller's."""
        return f"{REDIS_CLOCK}{super().redis_script()}"


class ConfigurableRateLimiter(RateLimiter):
    """A dependency that lets a client call a route ``times`` times per ``seconds``.

    The settings are in `RateLimiterConfig`. Of the parent, only the place in a route is used: its
    own counting is within one process, and shares one budget between all clients.
    """

    def __init__(self, times: int, seconds: int) -> None:
        if times < 1 or seconds < 1:
            raise ValueError(f"a rate needs at least 1 time in 1 second, not {times} in {seconds}")
        self.rate = Rate(times, seconds * 1000)
        self.name = f"{times}/{seconds}"

    async def __call__(self, request: Request, response: Response) -> None:  # noqa: ARG002 - the parent's signature
        """Let the request through.

        Raises:
            RateLimitedError: the budget is spent.
            UnavailableError: Redis does not answer, and the settings say to refuse then.

        """
        config: RateLimiterConfig = request.app.state.rate_limiter
        if not config.RATE_LIMITER_ENABLED:
            return
        try:
            key = self.make_key(request, config, await self.identify(request, config))
            decision = await self.decide(request.app.state.redis, key)
        except RedisError as error:
            if not config.RATE_LIMITER_FAIL_OPEN:
                raise UnavailableError("Requests cannot be counted now.", retry_after=1) from error
            logger.warning("request let through uncounted: %r", error)
            return
        if not decision.allowed:
            raise RateLimitedError(
                f"At most {self.rate.limit} requests in {self.rate.interval // 1000} seconds.",
                retry_after=ceil((decision.retry_after_ms or 0) / 1000),
            )

    async def decide(self, redis: Redis, key: str) -> Decision:
        """Count one request."""
        bucket = StateBucket([self.rate], RedisClockGCRA(), RedisStateStore(redis, key))
        decision = bucket.put_decision(RateItem(key, timestamp=0))
        return await cast("Awaitable[Decision]", decision)

    async def identify(self, request: Request, config: RateLimiterConfig) -> str:
        """Say whose budget is spent: the client's. A subclass may count something else."""
        return get_client(request, config.TRUSTED_PROXIES)

    def make_key(self, request: Request, config: RateLimiterConfig, owner: str) -> str:
        """Name the budget by the route, never by the path: /users/1 and /users/2 share one."""
        endpoint = request.scope["endpoint"]
        return ":".join(
            (
                config.RATE_LIMITER_PREFIX,
                request.method,
                f"{endpoint.__module__}.{endpoint.__qualname__}",
                self.name,
                owner,
            )
        )
