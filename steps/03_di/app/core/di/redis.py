"""Redis: one client per process."""

from collections.abc import AsyncIterator

from dishka import Provider, Scope, provide
from redis.asyncio import Redis

from app.core.configs import AppConfig
from app.core.redis import create_redis


class RedisProvider(Provider):
    """Makes the client, and closes it when the process ends."""

    scope = Scope.APP

    @provide
    async def redis(self, config: AppConfig) -> AsyncIterator[Redis]:
        """Make the client; nothing is connected until the first command."""
        redis = create_redis(config.redis_url)
        yield redis
        await redis.aclose()
