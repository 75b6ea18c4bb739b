"""Visitors of whom no two are alike: what is kept for each of them would add up."""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from .traffic import ADMIN, API, BLOCKED, PASSWORD, UNBLOCKED

TRUST = {"RATE_LIMITER_ENABLED": "true", "TRUSTED_PROXIES": "127.0.0.1/32"}
"""Settings under which each visitor is another client, with a budget of its own."""
CALM = 0.02
"""Seconds between two requests of one visitor."""


@dataclass
class Visitors:
    """They come to one web process, each time from another address and with another id."""

    url: str
    seed: int = 1
    statuses: Counter[int] = field(default_factory=Counter)
    hangups: int = 0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)
    _token: str = ""

    @asynccontextmanager
    async def arriving(self) -> AsyncIterator[httpx.AsyncClient]:
        """Let them have the connections of one client."""
        async with httpx.AsyncClient(base_url=self.url, timeout=60.0) as http:
            answer = await http.post(f"{API}/auth/login", data=ADMIN, headers=self.introduce())
            self._token = answer.raise_for_status().json()["access_token"]
            yield http

    def introduce(self) -> dict[str, str]:
        """Make the headers that are nobody else's."""
        number = next(self._numbers)
        place = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        return {"X-Forwarded-For": place, "X-Request-ID": secrets.token_hex(8)}

    async def read(self, http: httpx.AsyncClient, number: int) -> None:
        """Ask for what there is, for what there is not, and as somebody one is not."""
        chance = random.Random(self.seed * 1_000_003 + number)  # noqa: S311 - no secret
        path, token = chance.choice(
            (
                (f"{API}/users", ""),
                (f"{API}/users?page_size={number % 50 + 1}&username__contains=u{number}", ""),
                (f"{API}/users/{number % 7 + 1}", ""),
                (f"{API}/users/{number + 100_000}", ""),
                (f"/nowhere/{secrets.token_hex(4)}", ""),
                (f"{API}/auth/me", self._token),
                (f"{API}/auth/me", secrets.token_hex(8)),
                ("/health/ready", ""),
            )
        )
        headers = self.introduce() | ({"Authorization": f"Bearer {token}"} if token else {})
        self.statuses[(await http.get(path, headers=headers)).status_code] += 1

    async def live(self, http: httpx.AsyncClient) -> None:
        """Register, rename, get blocked and come back: every process of the app has to work."""
        name = f"visitor-{secrets.token_hex(6)}"
        data = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        made = await self._send(http, "POST", "/auth/register", data)
        path = f"/users/{made.json()['id']}"
        for step in range(6):
            await self._send(http, "PATCH", path, {"username": f"{name}-{step}"})
            status = {"status_id": UNBLOCKED if step % 2 else BLOCKED}
            await self._send(http, "PUT", f"{path}/status", status)
        # Nobody is called so: each has a budget of tries of its own.
        form = {"username": secrets.token_hex(8), "password": PASSWORD}
        failed = await http.post(f"{API}/auth/login", data=form, headers=self.introduce())
        self.statuses[failed.status_code] += 1

    async def hang_up(self) -> None:
        """Ask, and be gone before the answer, or in the middle of it."""
        place = urlsplit(self.url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(f"GET {API}/users HTTP/1.1\r\nHost: app\r\n\r\n".encode())
        with suppress(ConnectionError):
            await writer.drain()
            if next(self._numbers) % 2:
                await reader.read(20)
        writer.transport.abort()
        self.hangups += 1

    async def _send(
        self, http: httpx.AsyncClient, method: str, path: str, data: dict[str, Any]
    ) -> httpx.Response:
        headers = self.introduce() | {"Authorization": f"Bearer {self._token}"}
        answer = await http.request(method, f"{API}{path}", json=data, headers=headers)
        self.statuses[answer.status_code] += 1
        return answer.raise_for_status()

    async def stay(self, seconds: float) -> None:
        """Come and go for so long."""
        async with self.arriving() as http:

            async def repeat(what: Callable[[], Awaitable[None]], pause: float) -> None:
                while True:
                    await what()
                    await asyncio.sleep(pause)

            with suppress(TimeoutError):
                async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                    for _ in range(2):
                        group.create_task(
                            repeat(lambda: self.read(http, next(self._numbers)), CALM)
                        )
                    group.create_task(repeat(lambda: self.live(http), CALM))
                    group.create_task(repeat(self.hang_up, CALM))
