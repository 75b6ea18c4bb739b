"""How much memory each process has, and whether it grows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression, mean

import psutil  # type: ignore[import-untyped]  # it ships no types
from redis.asyncio import Redis

from .processes import Processes
from .run import FINAL, SETTINGS
from .servers import Servers, prepare
from .serving import wait_until_ready
from .visitors import TRUST, Visitors

MIB = 2**20
HOUR = 3600
EVERY = 1.0
"""Seconds between two looks."""
WARM_UP = 1 / 3
"""The share of the time in which caches and pools fill."""
PARTS = 10
NUMBERS = {"web": 1, "worker": 1, "relay": 1, "consumers": 1, "scheduler": 1}


def weigh(pid: int) -> float:
    """Return the MiB that a process and its children have in memory."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return float(sum(each.memory_info().rss for each in family)) / MIB


@dataclass
class Weights:
    """What was seen of one process, in MiB, by the second."""

    seconds: list[float] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, seconds: float, weight: float) -> None:
        """Note a look."""
        self.seconds.append(seconds)
        self.weights.append(weight)

    def __str__(self) -> str:
        """Give the start and the end, and what the slope would make of an hour.

        Of each part of the time the least counts: hashing a password takes 64 MiB for a moment.
        """
        size = max(1, len(self.weights) // PARTS)
        starts = range(0, len(self.weights) - size + 1, size)
        floors = [min(self.weights[start : start + size]) for start in starts]
        middles = [mean(self.seconds[start : start + size]) for start in starts]
        slope = linear_regression(middles, floors).slope
        hour = f"{slope * HOUR:+6.1f} MiB in an hour"
        return f"{floors[0]:6.1f} MiB, in the end {floors[-1]:6.1f} MiB: {hour}"


class MemoryRun:
    """One of each process, visitors for a while, and a look at all of it each second."""

    def __init__(self, seconds: float, directory: Path, app: Path = FINAL) -> None:
        self._seconds, self._directory, self._app = seconds, directory, app
        self._weights: dict[str, Weights] = {}

    async def run(self) -> str:
        """Run it; return what a person may want to know."""
        servers = Servers(self._directory, self._app)
        try:
            settings = {**SETTINGS, **TRUST, **await asyncio.to_thread(servers.start)}
            await asyncio.to_thread(prepare, self._app, settings)
            processes = Processes(self._app, settings, self._directory, NUMBERS)
            processes.start()
            try:
                return await self._watch(processes, settings)
            finally:
                await asyncio.to_thread(processes.stop)
        finally:
            await asyncio.to_thread(servers.stop)

    async def _watch(self, processes: Processes, settings: Mapping[str, str]) -> str:
        visitors = Visitors(processes.urls[0])
        await wait_until_ready(visitors.url)
        staying = asyncio.create_task(visitors.stay(self._seconds))
        began = time.monotonic()
        while not staying.done():
            await asyncio.wait([staying], timeout=EVERY)
            if (seconds := time.monotonic() - began) > self._seconds * WARM_UP:
                for name, pid in processes.pids.items():
                    self._weights.setdefault(name, Weights()).add(seconds, weigh(pid))
        await staying
        lines = [f"{name:12} {weights}" for name, weights in self._weights.items()]
        async with Redis.from_url(settings["REDIS_URL"]) as redis:
            eternal, mortal = await sort_keys(redis)
        return "\n".join(
            [
                f"{sum(visitors.statuses.values())} requests in {self._seconds:.0f} s",
                f"{visitors.hangups} clients hung up",
                f"answers: {dict(sorted(visitors.statuses.items()))}",
                f"after the first {self._seconds * WARM_UP:.0f} s:",
                *lines,
                f"keys of Redis that expire: {mortal}, that do not: {len(eternal)}",
                *(f"  {name}: {size} bytes" for name, size in sorted(eternal.items())),
            ]
        )


async def sort_keys(redis: Redis) -> tuple[dict[str, int], int]:
    """Give the keys that never expire, with their sizes, and count the others."""
    eternal: dict[str, int] = {}
    mortal = 0
    async for key in redis.scan_iter():
        if await redis.ttl(key) == -1:
            eternal[key.decode()] = int(await redis.memory_usage(key) or 0)
        else:
            mortal += 1
    return eternal, mortal
