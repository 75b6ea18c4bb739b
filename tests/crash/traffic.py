"""Clients that register, rename, block and unblock, and remember what they were promised."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import httpx

PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that live for a minute
ADMIN = {"username": "admin", "password": PASSWORD}
API = "/api/v1"
UNBLOCKED, BLOCKED = 1, 2
CLIENTS = 6
NEWCOMERS, RENAMES = 0.2, 0.5
"""Shares of registrations, and of changes of the name among the rest."""


@dataclass
class Account:
    """What a client knows about a user that it made."""

    user_id: int
    promised: int = 1
    """Changes that were answered with success; the registration is the first."""
    tried: int = 1
    """Changes that were asked for, whatever came of them."""
    blocks: int = 0
    tried_blocks: int = 0
    is_blocked: bool = False


@dataclass
class Traffic:
    """About so many events, made by several clients; each waits for its answer."""

    urls: list[str]
    events: int
    seed: int
    on_request: Callable[[int], Awaitable[None]]
    """Is told how many requests there were."""
    patience: float = 10.0
    """Seconds to wait for an answer."""
    accounts: dict[int, Account] = field(default_factory=dict)
    failures: int = 0
    requests: int = 0
    made: int = 0
    _token: str = ""
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    async def run(self) -> None:
        """Make the events, through whatever happens to the processes."""
        limits = httpx.Limits(max_keepalive_connections=0)  # the next request may go to another
        async with httpx.AsyncClient(timeout=self.patience, limits=limits) as http:
            await self._log_in(http)
            async with asyncio.TaskGroup() as group:
                for number in range(CLIENTS):
                    group.create_task(self._live(http, random.Random(self.seed + number)))  # noqa: S311 - no secret

    async def _live(self, http: httpx.AsyncClient, chance: random.Random) -> None:
        mine: list[Account] = []
        while self.made < self.events:
            if not mine or chance.random() < NEWCOMERS:
                account = await self._register(http, chance)
                mine += [account] if account else []
            elif chance.random() < RENAMES:
                await self._rename(http, chance, chance.choice(mine))
            else:
                await self._toggle_block(http, chance, chance.choice(mine))

    async def _register(self, http: httpx.AsyncClient, chance: random.Random) -> Account | None:
        name = self._name()
        data = {"email": f"{name}@example.com", "username": name, "password": PASSWORD}
        answer = await self._send(http, chance, "POST", "/auth/register", json=data)
        if answer is None or answer.status_code != httpx.codes.CREATED:
            return None
        self.made += 1
        account = Account(answer.json()["id"])
        self.accounts[account.user_id] = account
        return account

    async def _rename(
        self, http: httpx.AsyncClient, chance: random.Random, account: Account
    ) -> None:
        account.tried += 1
        path, data = f"/users/{account.user_id}", {"username": self._name()}
        answer = await self._send(http, chance, "PATCH", path, json=data)
        if answer is not None and answer.is_success:
            account.promised += 1
            self.made += 1

    async def _toggle_block(
        self, http: httpx.AsyncClient, chance: random.Random, account: Account
    ) -> None:
        wanted = UNBLOCKED if account.is_blocked else BLOCKED
        account.tried += 1
        account.tried_blocks += wanted == BLOCKED
        path = f"/users/{account.user_id}/status"
        answer = await self._send(http, chance, "PUT", path, json={"status_id": wanted})
        if answer is not None and answer.is_success:
            # If an answer got lost before, this changed nothing: it is asked for until confirmed.
            account.blocks += wanted == BLOCKED
            account.is_blocked = wanted == BLOCKED
            self.made += 1 + (wanted == BLOCKED)

    async def _send(
        self,
        http: httpx.AsyncClient,
        chance: random.Random,
        method: str,
        path: str,
        **options: object,
    ) -> httpx.Response | None:
        self.requests += 1
        await self.on_request(self.made)
        headers = {"Authorization": f"Bearer {self._token}"}
        url = f"{chance.choice(self.urls)}{API}{path}"
        try:
            answer = await http.request(method, url, headers=headers, **options)  # type: ignore[arg-type]  # passed on
        except httpx.HTTPError:
            answer = None
        if answer is None or answer.is_server_error:
            self.failures += 1
            await asyncio.sleep(0.1)
        return answer

    async def _log_in(self, http: httpx.AsyncClient) -> None:
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                for url in self.urls:
                    answer = await http.post(f"{url}{API}/auth/login", data=ADMIN)
                    answer.raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(0.2)
                continue
            self._token = answer.json()["access_token"]
            return
        raise TimeoutError("the web processes did not start")

    def _name(self) -> str:
        return f"user-{next(self._numbers)}"
