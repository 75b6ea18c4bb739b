"""Who may fill a key: whoever finds it empty, for a moment, unless it is deleted meanwhile.

A key of Redis holds JSON, or the mark of a lease. The holder computes and puts the JSON in the
place of its own mark; if another mark stands there, or none, the key was deleted since, and the
JSON may be older than the reason. The idea: Nishtala and others, "Scaling Memcache at Facebook"
(NSDI 2013), section 3.2.1.
"""

import asyncio
import logging
import secrets
from dataclasses import dataclass
from typing import cast

from pydantic_core import from_json
from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

UNAVAILABLE = (RedisError, OSError, TimeoutError)
"""What the client raises when Redis cannot be used."""

MARK = b"lease:"
"""How a mark begins; no JSON does."""

LIFETIME = 5.0
"""Seconds that a lease lasts: what takes longer to compute is not kept."""

STORE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
"""
RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end
"""


@dataclass(frozen=True)
class Lease:
    """Somebody is computing the value."""

    mark: bytes
    is_mine: bool


class Leases:
    """Looks keys up, and fills them. Keys are complete here, namespace and all."""

    def __init__(self, redis: Redis, timeout: float) -> None:
        self._redis = redis
        self._timeout = timeout
        self._store = redis.register_script(STORE)
        self._release = redis.register_script(RELEASE)

    async def look(self, key: str) -> bytes | Lease:
        """Return the JSON; if there is none, take the lease, or tell whose it is.

        What is neither JSON nor a mark is thrown away unread.

        Raises:
            RedisError, OSError, TimeoutError: Redis cannot be used.

        """
        async with asyncio.timeout(self._timeout):
            while True:
                found = cast("bytes | None", await self._redis.get(key))
                if found is None:
                    mark = MARK + secrets.token_hex(16).encode()
                    if await self._redis.set(key, mark, nx=True, px=int(LIFETIME * 1000)):
                        return Lease(mark, is_mine=True)
                elif found.startswith(MARK):
                    return Lease(found, is_mine=False)
                elif is_json(found):
                    return found
                else:
                    logger.warning("%s does not hold JSON: thrown away", key)
                    await self._redis.delete(key)

    async def is_held(self, key: str, mark: bytes) -> bool:
        """Tell whether this lease goes on.

        Raises:
            RedisError, OSError, TimeoutError: Redis cannot be used.

        """
        async with asyncio.timeout(self._timeout):
            return bool(await self._redis.get(key) == mark)

    async def end(self, key: str, mark: bytes, body: bytes | None, ttl: int) -> None:
        """Put JSON in the place of the mark, or nothing; another's mark stays, whatever happens."""
        try:
            async with asyncio.timeout(self._timeout):
                if body is None:
                    await self._release(keys=[key], args=[mark])
                else:
                    await self._store(keys=[key], args=[mark, body, ttl])
        except UNAVAILABLE as error:
            logger.warning("%s is not kept: %r", key, error)


def is_json(text: bytes) -> bool:
    """Tell whether the text can be read; a client must never get what somebody else left here."""
    try:
        from_json(text, allow_inf_nan=False, cache_strings="none")
    except ValueError:
        return False
    return True
