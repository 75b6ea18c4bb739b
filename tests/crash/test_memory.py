"""A web process keeps nothing of those who were there; see also ``nox -s crash -- --memory``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import httpx
import pytest

from .memory import weigh
from .serving import serve
from .visitors import TRUST, Visitors

REQUESTS = 1_000
MOST = 4.0
"""MiB. Were each request kept, they would be about 11."""

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows counts memory in another way"),
]


async def come(visitors: Visitors, http: httpx.AsyncClient, number: int) -> None:
    """Let so many come, some of whom hang up; a few at once."""
    numbers = iter(range(number))

    async def ask() -> None:
        for each in numbers:
            if each % 20:
                await visitors.read(http, each)
            else:
                await visitors.hang_up()

    await asyncio.gather(*(ask() for _ in range(4)))


async def test_visitors_leave_nothing_behind(addresses: dict[str, str], tmp_path: Path) -> None:
    """Each with an address, an id and a path of its own."""
    async with serve({**addresses, **TRUST}, tmp_path / "log") as web:
        visitors = Visitors(web.url)
        async with visitors.arriving() as http:
            await come(visitors, http, REQUESTS // 2)  # caches and pools fill
            before = weigh(web.process.pid)
            await come(visitors, http, REQUESTS)
            grown = weigh(web.process.pid) - before
    assert visitors.statuses.keys() <= {200, 401, 404}
    assert grown < MOST
