"""Servers whose disk or memory is full: what was promised is kept, and nobody has to restart."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager

import asyncpg  # type: ignore[import-untyped]  # it has no types
import httpx
import pytest

from .faults import no_memory, no_snapshot, no_space, read_only
from .processes import Processes
from .run import FINAL
from .servers import Servers
from .traffic import API, PASSWORD, Account, Traffic
from .verdict import judge, wait_for_quiet

NUMBERS = {"web": 1, "worker": 1, "relay": 1, "consumers": 1}
PATIENCE = 60.0

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(sys.platform == "win32", reason="the Redis there writes no snapshots"),
]


@pytest.fixture(scope="module")
def processes(
    addresses: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Processes]:
    """Start one of each; they go through all tests of this module."""
    processes = Processes(FINAL, addresses, tmp_path_factory.mktemp("logs"), NUMBERS)
    processes.start()
    yield processes
    assert processes.stop() == {}


@pytest.fixture(scope="module")
def traffic(processes: Processes) -> Traffic:
    """Give clients that remember what they were promised."""

    async def pass_by(_made: int) -> None:
        """Nothing is killed."""

    return Traffic(processes.urls, 0, 1, pass_by, PATIENCE)


async def make_events(traffic: Traffic, number: int) -> None:
    """Go on; every request has a good answer."""
    before = traffic.failures
    traffic.events += number
    await traffic.run()
    assert traffic.failures == before


async def require_all_well(
    processes: Processes, traffic: Traffic, addresses: dict[str, str]
) -> None:
    """Make sure that all of it took effect, once, in the processes that were there before."""
    await make_events(traffic, 5)
    url, redis_url = addresses["DATABASE_URL"].replace("+asyncpg", ""), addresses["REDIS_URL"]
    assert await wait_for_quiet(url, redis_url, PATIENCE), "something still waits"
    verdict = await judge(url, redis_url, traffic.accounts)
    assert verdict.complaints == []
    assert processes.find_ended() == []
    for name, log in processes.read_logs().items():
        assert "Traceback" not in log, name


@pytest.mark.parametrize("fault", [read_only, no_space])
async def test_full_disk_of_postgres(
    servers: Servers,
    processes: Processes,
    traffic: Traffic,
    addresses: dict[str, str],
    fault: Callable[[Servers], AbstractAsyncContextManager[None]],
) -> None:
    """Who writes is told to come again, who reads is served; what is on its way gets there."""
    await make_events(traffic, 8)
    async with (
        fault(servers),
        httpx.AsyncClient(base_url=processes.urls[0], timeout=PATIENCE) as client,
    ):
        newcomers = [
            {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
            for name in (f"{fault.__name__}-{number}" for number in range(6))
        ]
        answers = await asyncio.gather(
            *(client.post(f"{API}/auth/register", json=newcomer) for newcomer in newcomers)
        )
        refused = [answer for answer in answers if answer.status_code != httpx.codes.CREATED]
        assert {answer.status_code for answer in refused} == {503}
        assert all(answer.headers["retry-after"] for answer in refused)
        for answer in answers:  # somebody may have found the last bytes
            if answer.is_success:
                user_id = answer.json()["id"]
                traffic.accounts[user_id] = Account(user_id)
        served = await asyncio.gather(*(client.get(f"{API}/users") for _ in range(4)))
        assert {answer.status_code for answer in served} == {200}
    await require_all_well(processes, traffic, addresses)


@pytest.mark.parametrize("fault", [no_memory, no_snapshot])
async def test_full_redis(
    servers: Servers,
    processes: Processes,
    traffic: Traffic,
    addresses: dict[str, str],
    fault: Callable[[Servers], AbstractAsyncContextManager[None]],
) -> None:
    """Nobody notices: what happened is told, and what is to be done is queued, afterwards."""
    async with fault(servers):
        await make_events(traffic, 8)
        database = await asyncpg.connect(servers.owner_url)
        assert await database.fetchval("SELECT count(*) FROM outbox_events WHERE batch IS NULL")
        assert await database.fetchval("SELECT count(*) FROM outbox_tasks")
        await database.close()
    await require_all_well(processes, traffic, addresses)
