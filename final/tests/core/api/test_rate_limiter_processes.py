"""The budget holds across processes."""

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from app.core.configs.rate_limiter import RateLimiterConfig
from tests.core.api.limited import BUDGET
from tests.fixtures.servers import serve

APP = "tests.core.api.limited:app"
CLIENTS = 200


@pytest.fixture
def ports(limits: RateLimiterConfig) -> Iterator[list[int]]:
    """Start two servers at once."""
    settings = {"RATE_LIMITER_PREFIX": limits.RATE_LIMITER_PREFIX}
    with serve(APP, **settings) as one, serve(APP, **settings) as two:
        yield [urlsplit(server.url).port or 0 for server in (one, two)]


async def knock(port: int, forged: str) -> int:
    """Make one request on a connection of its own, and read the status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = ("GET /limited/one HTTP/1.1", "Host: test", f"X-Forwarded-For: {forged}", "", "")
    writer.write("\r\n".join(lines).encode())
    status = int((await reader.readline()).split()[1])
    writer.close()
    await writer.wait_closed()
    return status


async def test_two_processes_share_every_budget(ports: list[int]) -> None:
    """Of 200 clients at once exactly the budget passes, whatever they forge."""
    answers = await asyncio.gather(
        *(knock(ports[number % 2], f"198.51.100.{number}") for number in range(CLIENTS))
    )
    assert sorted(answers) == [200] * BUDGET + [429] * (CLIENTS - BUDGET)
