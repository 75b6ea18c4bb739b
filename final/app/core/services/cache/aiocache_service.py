"""The cache in Redis, through aiocache."""

import json
import logging
import re
from collections.abc import AsyncIterator

from aiocache import RedisCache  # type: ignore[import-untyped]  # it ships no types
from aiocache.serializers import BaseSerializer  # type: ignore[import-untyped]  # the same
from pydantic import JsonValue
from pydantic_core import from_json
from redis.asyncio import Redis

from app.core.configs.cache import CacheConfig
from app.core.services.cache.flights import Flights
from app.core.services.cache.interface import CacheServiceInterface, Compute
from app.core.services.cache.leases import MARK, UNAVAILABLE, Leases

logger = logging.getLogger(__name__)

PORTION = 1000
"""Keys that Redis looks at in one go while others wait: well under a millisecond."""


class StrictJsonSerializer(BaseSerializer):  # type: ignore[misc]  # the same
    """JSON as its standard has it: no NaN, no infinity. A mark of a lease is not a value."""

    DEFAULT_ENCODING = None  # bytes go in and come out

    def dumps(self, value: JsonValue) -> bytes:
        """Write the value."""
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()

    def loads(self, text: bytes | None) -> JsonValue:
        """Read what is there."""
        if text is None or text.startswith(MARK):
            return None
        value: JsonValue = from_json(text, allow_inf_nan=False)
        return value


class SharedRedisCache(RedisCache):  # type: ignore[misc]  # the same
    """aiocache on the client that the process has already, and that somebody else closes."""

    def __init__(self, redis: Redis, config: CacheConfig) -> None:
        super().__init__(
            serializer=StrictJsonSerializer(),
            namespace=config.CACHE_NAMESPACE,
            timeout=config.CACHE_TIMEOUT,
        )
        self.client = redis  # in the place of the parent's own, which was never connected

    async def _set(self, key: str, value: bytes, ttl: int, **_options: object) -> bool:
        """Use SET: redis-py warns of SETEX, the parent's way."""
        return bool(await self.client.set(key, value, ex=ttl))


class AiocacheService(CacheServiceInterface):
    """Values under ``namespace:key``, as JSON text."""

    def __init__(self, redis: Redis, config: CacheConfig) -> None:
        self._redis = redis
        self._config = config
        self._cache = SharedRedisCache(redis, config)
        self._flights = Flights(Leases(redis, config.CACHE_TIMEOUT), config.CACHE_PATIENCE)

    async def get(self, key: str) -> JsonValue:
        """Return the value; None if there is none, or something else than JSON."""
        try:
            value: JsonValue = await self._cache.get(key)
        except UNAVAILABLE as error:
            logger.warning("%s is not looked up: %r", key, error)
        except ValueError:
            logger.warning("%s does not hold JSON", key)
        else:
            return value
        return None

    async def set(self, key: str, value: JsonValue, ttl: int | None = None) -> None:
        """Keep the value."""
        seconds = self._choose(ttl)
        try:
            await self._cache.set(key, value, ttl=seconds)
        except UNAVAILABLE as error:
            logger.warning("%s is not kept: %r", key, error)

    async def delete(self, key: str) -> None:
        """Remove the value or the mark of the one who is computing it."""
        try:
            await self._cache.delete(key)
        except UNAVAILABLE as error:
            logger.warning("%s is not forgotten before its time: %r", key, error)

    async def clear(self, prefix: str = "") -> None:
        """Remove in portions: aiocache's own way, KEYS, would stop Redis for everybody."""
        pattern = re.sub(r"([*?\[\]\\])", r"\\\1", self._name(prefix)) + "*"
        try:
            async for keys in self._scan(pattern):
                await self._redis.unlink(*keys)
        except UNAVAILABLE as error:
            logger.warning("%s is not forgotten before its time: %r", pattern, error)

    async def get_or_compute(self, key: str, compute: Compute, ttl: int | None = None) -> bytes:
        """Return the JSON text as it is kept, or compute it."""
        return await self._flights.get_or_compute(self._name(key), compute, self._choose(ttl))

    async def _scan(self, pattern: str) -> AsyncIterator[list[bytes | str]]:
        cursor = None
        while cursor != 0:
            cursor, keys = await self._redis.scan(cursor or 0, pattern, PORTION)
            if keys:
                yield keys

    def _name(self, key: str) -> str:
        name: str = self._cache.build_key(key)
        return name

    def _choose(self, ttl: int | None) -> int:
        if ttl is None:
            return self._config.CACHE_TTL
        if ttl < 1:
            raise ValueError(f"a ttl is at least 1 second, not {ttl}")
        return ttl
