"""Machines whose clocks are wrong, or jump: nothing waits for an hour, nothing happens twice."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from .processes import Processes
from .run import FINAL
from .traffic import ADMIN, API, Traffic
from .verdict import judge, wait_for_quiet

HOUR = 3600
CLOCKS = {"web-0": 0, "web-1": HOUR, "worker-0": -HOUR, "relay-0": HOUR, "consumers-0": -HOUR}
"""By how many seconds each process is ahead."""
NUMBERS = {"web": 2, "worker": 1, "relay": 1, "consumers": 1}
PATIENCE = 60.0

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send"),
]


def set_clock(ahead: float) -> dict[str, str]:
    """Make the environment of a process whose clock is so many seconds ahead."""
    return {"CLOCK_AHEAD": str(ahead), "PYTHONPATH": str(Path(__file__).parent / "wrong_clock")}


@pytest.fixture(scope="module")
def processes(
    addresses: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Processes]:
    """Start one of each, and a second web process; they agree about the time by no means."""
    own = {name: set_clock(ahead) for name, ahead in CLOCKS.items()}
    half = str(HOUR // 2)
    settings = {**addresses, "ACCESS_TOKEN_LIFETIME": half, "REFRESH_TOKEN_LIFETIME": half}
    logs = tmp_path_factory.mktemp("logs")
    processes = Processes(FINAL, settings, logs, NUMBERS, own)
    processes.start()
    yield processes
    assert processes.stop() == {}


async def log_in(url: str) -> dict[str, str]:
    """Get tokens."""
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        answer = await client.post(f"{url}{API}/auth/login", data=ADMIN)
        tokens: dict[str, str] = answer.raise_for_status().json()
        return tokens


async def refresh(url: str, tokens: dict[str, str]) -> dict[str, str]:
    """Get the next tokens."""
    token = {"refresh_token": tokens["refresh_token"]}
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        answer = await client.post(f"{url}{API}/auth/refresh", json=token)
        following: dict[str, str] = answer.raise_for_status().json()
        return following


async def ask(url: str, tokens: dict[str, str]) -> httpx.Response:
    """Ask something as the owner of the tokens."""
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    async with httpx.AsyncClient(timeout=PATIENCE, headers=headers) as client:
        return await client.get(f"{url}{API}/auth/me")


def read_clock(answer: httpx.Response) -> float:
    """Tell what time it is for who answered."""
    return parsedate_to_datetime(answer.headers["date"]).timestamp()


async def test_everything_happens_once_and_at_once(
    processes: Processes, addresses: dict[str, str]
) -> None:
    """Under clocks an hour apart, after they went forward, and after they went back."""

    async def pass_by(_made: int) -> None:
        """Nothing is killed."""

    traffic = Traffic(processes.urls[1:], 0, 3, pass_by, PATIENCE)
    url, redis_url = addresses["DATABASE_URL"].replace("+asyncpg", ""), addresses["REDIS_URL"]
    for jump in (None, signal.SIGUSR1, signal.SIGUSR2):
        if jump:
            processes.signal_all(jump)
        traffic.events += 4
        await traffic.run()
        assert await wait_for_quiet(url, redis_url, PATIENCE), "something still waits"
    assert traffic.failures == 0
    verdict = await judge(url, redis_url, traffic.accounts)
    assert verdict.complaints == []
    assert processes.find_ended() == []
    for name, log in processes.read_logs().items():
        assert "Traceback" not in log, name


async def test_whose_token_is_refused_gets_another_by_a_refresh(processes: Processes) -> None:
    """An hour is beyond the leeway; the session itself ends by the clock of the database alone."""
    right, ahead = processes.urls
    for home, abroad in ((right, ahead), (ahead, right)):
        tokens = await log_in(home)
        here, there = await ask(home, tokens), await ask(abroad, tokens)
        assert (here.status_code, there.status_code) == (200, 401)
        assert abs(read_clock(here) - read_clock(there)) > HOUR - PATIENCE
        tokens = await refresh(abroad, tokens)
        assert (await ask(abroad, tokens)).status_code == 200
