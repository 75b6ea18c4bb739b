"""Redis is down, dies, or hangs: slower, never broken."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.asyncio import Redis

from app.core.configs.cache import CacheConfig
from app.core.redis import create_redis
from app.core.services.cache import AiocacheService

CONFIG = CacheConfig(CACHE_TIMEOUT=0.1)
CROWD = 200


@asynccontextmanager
async def cache_at(port: int) -> AsyncIterator[AiocacheService]:
    """Make a cache on a Redis of the test's own, as impatient as the app's."""
    redis = create_redis(f"redis://127.0.0.1:{port}/0")
    yield AiocacheService(redis, CONFIG)
    await redis.aclose()


async def compute() -> bytes:
    """Make the answer."""
    return b'"computed"'


async def require_harmless(cache: AiocacheService, caplog: pytest.LogCaptureFixture) -> None:
    """Do everything once; each step logs a warning and takes a moment at most."""
    with caplog.at_level(logging.WARNING):
        started = time.monotonic()
        assert await cache.get("key") is None
        await cache.set("key", "value")
        await cache.delete("key")
        assert await cache.get_or_compute("key", compute) == b'"computed"'
        assert time.monotonic() - started < 4 * CONFIG.CACHE_TIMEOUT + 0.5
        await cache.clear()
    messages = [record.getMessage() for record in caplog.records]
    for words in ("not looked up", "not kept", "not forgotten", "without the cache"):
        assert any(words in message for message in messages), words
    assert {record.levelname for record in caplog.records} == {"WARNING"}


async def test_nothing_listens(unused_tcp_port: int, caplog: pytest.LogCaptureFixture) -> None:
    """Redis was never there."""
    async with cache_at(unused_tcp_port) as cache:
        await require_harmless(cache, caplog)


async def test_redis_is_killed_and_comes_back(
    mortal_redis: Any,  # noqa: ANN401 - the package ships no types
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The cache works again without a restart of the app."""
    async with cache_at(mortal_redis.port) as cache:
        await cache.set("key", "value")
        assert await cache.get_or_compute("key", compute) == b'"value"'
        mortal_redis.terminate()
        await require_harmless(cache, caplog)
        mortal_redis.start()
        await cache.set("key", "value")
        assert await cache.get("key") == "value"


async def test_redis_is_killed_while_somebody_computes(
    mortal_redis: Any,  # noqa: ANN401 - the same
) -> None:
    """The answer is there, though it cannot be kept; those who waited get it as well."""
    may_end = asyncio.Event()

    async def compute_slowly() -> bytes:
        await may_end.wait()
        return b"1"

    async with cache_at(mortal_redis.port) as cache:
        tasks = [
            asyncio.create_task(cache.get_or_compute("key", compute_slowly)) for _ in range(10)
        ]
        await asyncio.sleep(0.2)
        mortal_redis.terminate()
        may_end.set()
        assert await asyncio.gather(*tasks) == [b"1"] * 10


@asynccontextmanager
async def hanging_server() -> AsyncIterator[int]:
    """Accept connections and never answer: the slowest way to fail. Give the port."""
    ended = asyncio.Event()

    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        ended.set()


async def test_redis_hangs(caplog: pytest.LogCaptureFixture) -> None:
    """It is given up after the timeout in the settings."""
    async with hanging_server() as port, cache_at(port) as cache:
        await require_harmless(cache, caplog)


async def test_setting_decides_however_patient_the_client_is() -> None:
    """A client that would wait for a minute is not waited for."""
    async with hanging_server() as port:
        redis = Redis(port=port, socket_timeout=60)
        async with asyncio.timeout(10):
            body = await AiocacheService(redis, CONFIG).get_or_compute("key", compute)
        assert body == b'"computed"'
        await redis.aclose()


async def test_crowd_at_a_redis_that_hangs() -> None:
    """Nobody queues for a connection behind others who wait in vain."""
    async with hanging_server() as port, cache_at(port) as cache:
        started = time.monotonic()
        bodies = await asyncio.gather(*(cache.get_or_compute("key", compute) for _ in range(CROWD)))
        assert bodies == [b'"computed"'] * CROWD
        assert time.monotonic() - started < CONFIG.CACHE_TIMEOUT * CROWD / 4
