"""What happens to requests while Redis is down."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from app.core.configs.rate_limiter import RateLimiterConfig
from app.core.redis import create_redis
from tests.core.api.limited import make_limited_app
from tests.fixtures.client import call

OPEN = RateLimiterConfig(RATE_LIMITER_FAIL_OPEN=True)
CLOSED = RateLimiterConfig(RATE_LIMITER_FAIL_OPEN=False)


@asynccontextmanager
async def limited(config: RateLimiterConfig, port: int) -> AsyncIterator[httpx.AsyncClient]:
    """Call the app with a Redis of the test's own."""
    app = make_limited_app(config)
    app.state.redis = create_redis(f"redis://127.0.0.1:{port}/0")
    async with call(app) as client:
        yield client
    await app.state.redis.aclose()


async def test_open_lets_through_and_warns(
    mortal_redis: Any,  # noqa: ANN401 - the package ships no types
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Requests pass uncounted and as quickly as ever, and the log says so."""
    async with limited(OPEN, mortal_redis.port) as client:
        assert (await client.get("/limited/two")).status_code == 200
        assert (await client.get("/limited/two")).status_code == 429
        mortal_redis.terminate()
        started = time.monotonic()
        for _ in range(10):
            assert (await client.get("/limited/two")).status_code == 200
    assert time.monotonic() - started < 2
    assert "request let through uncounted" in caplog.text


async def test_closed_asks_to_come_back_until_redis_does(
    mortal_redis: Any,  # noqa: ANN401 - the same
    unused_tcp_port: int,
) -> None:
    """Nobody passes uncounted; after a restart of Redis the app needs none itself."""
    async with limited(CLOSED, unused_tcp_port) as client:
        assert (await client.get("/limited/one")).status_code == 200
        mortal_redis.terminate()
        answer = await client.get("/limited/one")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.headers["retry-after"] == "1"
        mortal_redis.start()
        assert (await client.get("/limited/one")).status_code == 200


async def test_redis_that_hangs_is_given_up_soon() -> None:
    """A connection that is accepted and never answered is the slowest way to fail."""

    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    ended = asyncio.Event()
    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    async with server, limited(OPEN, server.sockets[0].getsockname()[1]) as client:
        started = time.monotonic()
        assert (await client.get("/limited/two")).status_code == 200
        assert time.monotonic() - started < 2
        ended.set()
