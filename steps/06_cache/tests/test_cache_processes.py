"""The cache between processes: two real servers, one Redis."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis
from sqlalchemy import URL

from tests.core.api.counted import COUNTER, SECONDS
from tests.fixtures.servers import Server, serve

APP = "tests.core.api.counted:app"
CLIENTS = 40


@pytest.fixture
async def settings(database_url: URL, redis: Redis) -> AsyncIterator[dict[str, str]]:
    """Give what both have in common; remove what they leave in Redis."""
    namespace = f"test-{secrets.token_hex(4)}"
    yield {
        "CACHE_TIMEOUT": "10",  # a busy machine is no dead Redis
        "CACHE_PATIENCE": "20",
        "DATABASE_URL": database_url.render_as_string(hide_password=False),
        "CACHE_NAMESPACE": namespace,
        COUNTER: f"{namespace}:runs",
    }
    async for key in redis.scan_iter(f"{namespace}:*"):
        await redis.delete(key)


@pytest.fixture
async def browser() -> AsyncIterator[httpx.AsyncClient]:
    """Make a client that is patient with a busy machine."""
    async with httpx.AsyncClient(timeout=30) as browser:
        yield browser


async def ask(browser: httpx.AsyncClient, *servers: Server) -> list[dict[str, Any]]:
    """Ask all servers in turn, all at once."""
    answers = await asyncio.gather(
        *(browser.get(f"{servers[n % len(servers)].url}/counted") for n in range(CLIENTS))
    )
    return [answer.json() for answer in answers]


async def test_misses_at_once_compute_once_in_two_processes(
    settings: dict[str, str], browser: httpx.AsyncClient
) -> None:
    """One of them computes, for the clients of both."""
    with serve(APP, **settings) as one, serve(APP, **settings) as two:
        bodies = await ask(browser, one, two)
    assert [body["runs"] for body in bodies] == [1] * CLIENTS
    assert len({body["process"] for body in bodies}) == 1


async def test_killed_process_delays_nobody_for_long(
    settings: dict[str, str], redis: Redis, browser: httpx.AsyncClient
) -> None:
    """It dies while it computes; the clients of the other one get their answer all the same."""
    dying, heir = {**settings, SECONDS: "60"}, {**settings, "CACHE_PATIENCE": "0.5"}
    with serve(APP, **dying) as one, serve(APP, **heir) as two:
        await browser.get(f"{two.url}/health/live")
        lost = asyncio.create_task(browser.get(f"{one.url}/counted"))
        async with asyncio.timeout(30):
            while not await redis.exists(settings[COUNTER]):  # noqa: ASYNC110 - another process sets no event
                await asyncio.sleep(0.02)
        one.process.kill()
        started = time.monotonic()
        bodies = await ask(browser, two)
        assert time.monotonic() - started < 4
    assert [body["runs"] for body in bodies] == [2] * CLIENTS
    assert {body["process"] for body in bodies} == {two.process.pid}
    with pytest.raises(httpx.HTTPError):
        await lost
