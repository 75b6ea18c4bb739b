"""The app as processes: two of them, started as the Procfile does."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
from redis.asyncio import Redis
from sqlalchemy import URL

from tests.core.api.limited import BUDGET
from tests.fixtures.redis import make_limits
from tests.fixtures.servers import Server, serve

APP = "tests.core.api.limited_server:app"
CLIENTS = 200


@pytest.fixture(scope="module")
async def servers(database_url: URL, redis: Redis) -> AsyncIterator[list[Server]]:
    """Start both at once."""
    async with make_limits(redis) as limits:
        settings = {
            "DATABASE_URL": database_url.render_as_string(hide_password=False),
            "RATE_LIMITER_PREFIX": limits.RATE_LIMITER_PREFIX,
        }
        with serve(APP, **settings) as one, serve(APP, **settings) as two:
            yield [one, two]


async def knock(server: Server, forged: str) -> int:
    """Make one request on a connection of its own, and read the status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(server.url).port)
    lines = ("GET /limited/one HTTP/1.1", "Host: test", f"X-Forwarded-For: {forged}", "", "")
    writer.write("\r\n".join(lines).encode())
    status = int((await reader.readline()).split()[1])
    writer.close()
    await writer.wait_closed()
    return status


async def test_two_processes_share_every_budget(servers: list[Server]) -> None:
    """Of 200 clients at once exactly the budget passes, whatever they forge."""
    answers = await asyncio.gather(
        *(knock(servers[number % 2], f"198.51.100.{number}") for number in range(CLIENTS))
    )
    assert sorted(answers) == [200] * BUDGET + [429] * (CLIENTS - BUDGET)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to answer")
async def test_process_ends_cleanly(servers: list[Server]) -> None:
    """A supervisor's SIGTERM ends it at once, with every connection closed."""
    async with httpx.AsyncClient(base_url=servers[0].url) as client:
        assert (await client.get("/health/ready")).status_code == 200
        assert (await client.get("/api/v1/users")).status_code == 200
    log = servers[0].stop()
    assert servers[0].process.returncode in {0, -signal.SIGTERM}
    assert "Application shutdown complete" in log
    assert "Traceback" not in log
    assert "Warning" not in log
