"""The cache: one per process, on the Redis client of the process."""

from dishka import Provider, Scope, provide
from redis.asyncio import Redis

from app.core.configs.cache import CacheConfig
from app.core.services.cache import AiocacheService, CacheServiceInterface


class CacheProvider(Provider):
    """Makes the cache. Its connections are those of the client, and are closed with it."""

    scope = Scope.APP

    @provide
    def config(self) -> CacheConfig:
        """Read the settings."""
        return CacheConfig()

    @provide
    def cache(self, redis: Redis, config: CacheConfig) -> CacheServiceInterface:
        """Make the cache; nothing is connected until it is used."""
        return AiocacheService(redis, config)
