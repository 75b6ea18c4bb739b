"""Too many clients, slow and broken networks, restarts: the finished app bends and comes back."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
import pytest

from .proxy import Proxy
from .serving import serve, wait_until_ready

CLIENTS = 500
PATIENCE = 60.0
USERS = "/api/v1/users"

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send"),
]


@asynccontextmanager
async def behind_proxy(settings: dict[str, str], name: str) -> AsyncIterator[Proxy]:
    """Put a proxy before a server, and its address into the settings."""
    parts = urlsplit(settings[name])
    assert parts.port
    async with Proxy(parts.port).running() as proxy:
        place = re.sub(r":\d+$", f":{proxy.port}", parts.netloc)
        settings[name] = urlunsplit(parts._replace(netloc=place))
        yield proxy


async def test_crowd_at_a_small_pool_is_told_to_come_again(
    addresses: dict[str, str], tmp_path: Path
) -> None:
    """Some are served, the others get a 503 with Retry-After, and then all is as before."""
    few = {"DATABASE_POOL_SIZE": "1", "DATABASE_MAX_OVERFLOW": "0", "DATABASE_POOL_TIMEOUT": "0.05"}
    settings = {**addresses, **few}
    async with (
        behind_proxy(settings, "DATABASE_URL") as proxy,
        serve(settings, tmp_path / "log") as web,
    ):
        limits = httpx.Limits(max_connections=CLIENTS)
        async with httpx.AsyncClient(base_url=web.url, limits=limits, timeout=PATIENCE) as client:
            assert (await client.get(USERS)).status_code == 200  # there is a connection
            proxy.delay = 0.02
            answers = await asyncio.gather(*(client.get(USERS) for _ in range(CLIENTS)))
            counts = Counter(answer.status_code for answer in answers)
            assert counts.keys() == {200, 503}, counts
            assert all(
                answer.headers["retry-after"] for answer in answers if answer.is_server_error
            )
            proxy.delay = 0.0
            await wait_until_ready(web.url)
            assert (await client.get(USERS)).status_code == 200
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


async def test_slow_redis_makes_answers_slow_and_no_worse(
    addresses: dict[str, str], tmp_path: Path
) -> None:
    """Each thing that asks it waits as long as its setting says; nobody waits for Redis."""
    settings = dict(addresses)
    async with (
        behind_proxy(settings, "REDIS_URL") as proxy,
        serve(settings, tmp_path / "log") as web,
        httpx.AsyncClient(base_url=web.url, timeout=PATIENCE) as client,
    ):
        right = (await client.get(f"{USERS}/1")).json()
        proxy.delay = 5.0
        answers = await asyncio.gather(*(client.get(f"{USERS}/1") for _ in range(20)))
        assert [answer.json() for answer in answers] == [right] * 20
        assert max(answer.elapsed.total_seconds() for answer in answers) < proxy.delay
        proxy.delay = 0.0
        await proxy.cut()
        assert (await client.get(f"{USERS}/1")).json() == right


async def test_cut_connections_to_postgres_cost_one_answer_each(
    addresses: dict[str, str], tmp_path: Path
) -> None:
    """The first who takes a broken one from the pool is told to come again; then it is gone."""
    settings = {**addresses, "DATABASE_POOL_SIZE": "3", "DATABASE_MAX_OVERFLOW": "0"}
    async with (
        behind_proxy(settings, "DATABASE_URL") as proxy,
        serve(settings, tmp_path / "log") as web,
        httpx.AsyncClient(base_url=web.url, timeout=PATIENCE) as client,
    ):
        await asyncio.gather(*(client.get(USERS) for _ in range(20)))
        await proxy.cut()
        statuses = [(await client.get(USERS)).status_code for _ in range(10)]
    assert set(statuses) <= {200, 503}
    assert statuses.count(503) <= 3
    assert statuses[-3:] == [200] * 3


async def test_rolling_restart_fails_no_request(addresses: dict[str, str], tmp_path: Path) -> None:
    """One after another ends on SIGTERM and comes back, while clients go on asking.

    A connection that nobody has accepted yet is reset when the socket closes. So a balancer may
    find one without an answer per restart and client; as this is no POST, it asks the other.
    """
    failures, resets, answered = 0, 0, Counter[int]()
    is_over = asyncio.Event()

    async with AsyncExitStack() as stack:
        webs = [
            await stack.enter_async_context(serve(addresses, tmp_path / f"log-{number}"))
            for number in range(2)
        ]

        async def ask(first: int) -> None:
            nonlocal failures, resets
            limits = httpx.Limits(max_keepalive_connections=0)
            async with httpx.AsyncClient(limits=limits, timeout=PATIENCE) as client:
                while not is_over.is_set():
                    for web in (webs[first], webs[1 - first]):
                        try:
                            answer = await client.get(f"{web.url}{USERS}")
                        except httpx.ConnectError:
                            continue
                        except (httpx.ReadError, httpx.RemoteProtocolError):
                            resets += 1
                            continue
                        answered[answer.status_code] += 1
                        break
                    else:
                        failures += 1

        clients = [asyncio.create_task(ask(number % 2)) for number in range(6)]
        for number in range(len(webs)):
            await asyncio.sleep(0.5)
            webs[number].process.send_signal(signal.SIGTERM)
            assert await webs[number].process.wait() in {0, -signal.SIGTERM}
            webs[number] = await stack.enter_async_context(
                serve(addresses, tmp_path / f"log-{number}")
            )
        await asyncio.sleep(0.5)
        is_over.set()
        await asyncio.gather(*clients)
    assert failures == 0
    assert answered.keys() == {200}
    assert answered[200] > 20
    assert resets <= len(webs) * len(clients)
