"""One run from the start to the verdict."""

from __future__ import annotations

import asyncio
import random
import re
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]  # it has no types

from .plan import SERVERS, Plan
from .processes import Processes
from .servers import Servers, prepare
from .traffic import ADMIN, PASSWORD, Traffic
from .verdict import Verdict, judge, wait_for_quiet

FINAL = Path(__file__).resolve().parents[2] / "final"

SETTINGS = {
    "ENVIRONMENT": "local",
    "RATE_LIMITER_ENABLED": "false",
    "ACCESS_TOKEN_LIFETIME": "86400",
    "FIRST_ADMIN_USERNAME": ADMIN["username"],
    "FIRST_ADMIN_EMAIL": "admin@example.com",
    "FIRST_ADMIN_PASSWORD": PASSWORD,
    # Whoever is killed is missed soon.
    "QUEUE_TASK_TIMEOUT": "4",
    "QUEUE_REDELIVER_AFTER": "5",
    "QUEUE_MAX_DELIVERIES": "50",
    "QUEUE_MAX_TRIES": "50",
    "QUEUE_RETRY_DELAY": "0.5",
    "QUEUE_MAX_RETRY_DELAY": "2",
    "RELAY_MAX_BACKOFF": "1",
    "RELAY_TASK_GRACE": "3",
    "RELAY_TIDY_EVERY": "2",
    "CONSUMER_TIMEOUT": "4",
    "CONSUMER_CLAIM_AFTER": "5",
    "CONSUMER_RETRY_DELAY": "0.5",
    "CONSUMER_MAX_DELIVERIES": "50",
}

COUNTED = {
    "redelivered": re.compile(r"is delivered again"),
    "suppressed": re.compile(r"has handled \S+ already"),
    "sent again to Redis": re.compile(r"the broker lost"),
    "tasks left behind": re.compile(r"(\d+) tasks were left behind"),
}
SENT = re.compile(r"\S+\.v\d+ was sent")
WORKED = {
    "web": re.compile(r"(?m)(?:GET|POST|PATCH|PUT) \S+ 2\d\d\b"),
    "worker": re.compile(r"(?m)task \S+ done"),
}
"""What a line of each kind's log looks like that tells of work done."""


@dataclass
class Report:
    """What a person may want to know."""

    plan: Plan
    verdict: Verdict = field(default_factory=Verdict)
    kills: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    relays: Counter[str] = field(default_factory=Counter)
    worked: dict[str, Counter[str]] = field(
        default_factory=lambda: {kind: Counter() for kind in WORKED}
    )
    requests: int = 0
    failures: int = 0
    traffic_seconds: float = 0.0
    quiet_seconds: float = 0.0
    exit_codes: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """Write it for a person to read."""
        seconds = self.traffic_seconds + self.quiet_seconds
        shares = {name.split(":", 1)[-1]: count for name, count in self.verdict.shares.items()}
        speed = self.verdict.events / max(seconds, 0.1)
        lines = [
            f"seed {self.plan.seed}: {self.verdict.events} committed events, {speed:.0f}/s",
            f"requests: {self.requests}, of them {self.failures} without a good answer",
            f"traffic {self.traffic_seconds:.1f} s, quiet after {self.quiet_seconds:.1f} s more",
            f"killed: {show(self.kills)}",
            f"noticed: {show(self.counted)}",
            f"dead letters: {self.verdict.dead_events} events, {self.verdict.dead_tasks} tasks",
            f"answered by: {show(self.worked['web'])}",
            f"tasks done by: {show(self.worked['worker'])}",
            f"handled by consumers: {show(shares)}",
            f"sent by relays: {show(self.relays)}",
            *(f"WRONG: {complaint}" for complaint in self.verdict.complaints),
        ]
        return "\n".join(lines)


def show(counts: dict[str, int]) -> str:
    """Write counts in a line."""
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "nothing"


class Run:
    """Everything of one run is in one directory."""

    def __init__(self, plan: Plan, directory: Path) -> None:
        self.plan, self._directory = plan, directory
        self._servers = Servers(directory, plan.app)
        self._schedule = plan.schedule()
        self._chance = random.Random(plan.seed)  # noqa: S311 - no secret
        self._report = Report(plan)
        self._mayhem: set[asyncio.Task[None]] = set()

    async def run(self) -> Report:
        """Start, disturb, wait, count, stop."""
        addresses = await asyncio.to_thread(self._servers.start)
        try:
            url = addresses["DATABASE_URL"].replace("+asyncpg", "")
            settings = {**SETTINGS, **addresses, "JWT_SECRET": secrets.token_hex(32)}
            await self._prepare(url, settings)
            await self._disturb(url, settings)
        finally:
            await asyncio.to_thread(self._servers.stop)
        return self._report

    async def _prepare(self, url: str, settings: dict[str, str]) -> None:
        connection = await asyncpg.connect(url)
        # The workshop's server answers before it has written; a crash would undo what was promised.
        await connection.execute("ALTER DATABASE app SET synchronous_commit = on")
        await connection.close()
        prepare(self.plan.app, settings)

    async def _disturb(self, url: str, settings: dict[str, str]) -> None:
        report = self._report
        processes = Processes(self.plan.app, settings, self._directory)
        processes.start()
        traffic = Traffic(processes.urls, self.plan.events, self.plan.seed, self._tick(processes))
        try:
            began = time.monotonic()
            await traffic.run()
            await asyncio.gather(*self._mayhem)
            report.traffic_seconds = time.monotonic() - began
            processes.start()
            ended = time.monotonic()
            is_quiet = await wait_for_quiet(url, settings["REDIS_URL"], self.plan.patience)
            report.quiet_seconds = time.monotonic() - ended
            report.verdict = await judge(url, settings["REDIS_URL"], traffic.accounts)
            report.verdict.require(is_quiet, "something still waits")
        finally:
            report.exit_codes = await asyncio.to_thread(processes.stop)
            report.verdict.require(
                not report.exit_codes, f"SIGTERM was not enough or not well: {report.exit_codes}"
            )
        report.requests, report.failures = traffic.requests, traffic.failures
        report.kills += processes.kills
        self._read(processes)

    def _tick(self, processes: Processes) -> Callable[[int], Awaitable[None]]:
        async def tick(made: int) -> None:
            for moment in [each for each in self._schedule if each <= made]:
                for victim in self._schedule.pop(moment):
                    task = asyncio.create_task(self._kill(processes, victim))
                    self._mayhem.add(task)
            await asyncio.sleep(0)

        return tick

    async def _kill(self, processes: Processes, victim: str) -> None:
        if victim in SERVERS:
            self._report.kills[victim] += 1
            await asyncio.to_thread(self._restart, victim)
        else:
            await asyncio.to_thread(processes.kill, victim, self._chance)

    def _restart(self, server: str) -> None:
        self._servers.kill(server)
        time.sleep(0.5)
        self._servers.start()

    def _read(self, processes: Processes) -> None:
        for name, log in processes.read_logs().items():
            for what, pattern in COUNTED.items():
                self._report.counted[what] += len(pattern.findall(log))
            if sent := len(SENT.findall(log)):
                self._report.relays[name] += sent
            kind = name.partition("-")[0]
            if kind in WORKED:
                self._report.worked[kind][name] += len(WORKED[kind].findall(log))
