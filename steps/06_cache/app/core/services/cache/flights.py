"""One computation for all who ask at once."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from app.core.services.cache.interface import Compute
from app.core.services.cache.leases import LIFETIME, UNAVAILABLE, Lease, Leases

logger = logging.getLogger(__name__)

POLL_EVERY = 0.02
"""Seconds between two looks at what another process is doing."""

GRACE = 1.0
"""Seconds for which a flight that has landed can be joined: an answer of Redis takes its time."""

Flight = asyncio.Future[bytes | None]
"""Ends with the JSON, or with None where computing failed; cancelled means: look again."""


class Flights:
    """Runs computations under the leases of Redis, and lets others wait for them.

    One joins a flight by the mark of its lease, not by its key: after a deletion there is another
    mark, and whoever asks then does not get what was read before.
    """

    def __init__(self, leases: Leases, patience: float) -> None:
        self._leases = leases
        self._patience = patience
        self._flights: dict[bytes, Flight] = {}

    async def get_or_compute(self, key: str, compute: Compute, ttl: int) -> bytes:
        """Do what `CacheServiceInterface.get_or_compute` promises."""
        found = await self._find(key)
        if isinstance(found, bytes):
            return found
        if found is None:
            return await compute()
        return await self._lead(key, found.mark, compute, ttl)

    async def _find(self, key: str) -> bytes | Lease | None:
        """Return the JSON, or the lease to compute under; None means: without one.

        The lease is our own, or that of another process which has been waited for long enough. Who
        computes does not matter: while the mark is there, nobody has deleted the key.
        """
        deadline = monotonic() + self._patience
        try:
            while True:
                found = await self._leases.look(key)
                if isinstance(found, bytes) or found.is_mine:
                    return found
                if flight := self._flights.get(found.mark):
                    landed, _ = await asyncio.wait([flight], timeout=LIFETIME)
                    if not landed:
                        return None
                    if not flight.cancelled():
                        return flight.result()
                elif monotonic() < deadline:
                    await self._watch(key, found.mark, deadline)
                else:
                    return found
        except UNAVAILABLE as error:
            logger.warning("%s is computed without the cache: %r", key, error)
        return None

    async def _lead(self, key: str, mark: bytes, compute: Compute, ttl: int) -> bytes:
        """Compute for all who wait; an error is for oneself, they compute by themselves."""
        body = None
        with self._fly(mark) as flight:
            try:
                body = await compute()
                flight.set_result(body)
            except Exception:
                flight.set_result(None)
                raise
            finally:
                await self._leases.end(key, mark, body, ttl)
        return body

    async def _watch(self, key: str, mark: bytes, deadline: float) -> None:
        """Wait until another process is done, on behalf of all who wait in this one."""
        with self._fly(mark):
            while monotonic() < deadline and await self._leases.is_held(key, mark):  # noqa: ASYNC110 - Redis sets no event
                await asyncio.sleep(POLL_EVERY)

    @contextmanager
    def _fly(self, mark: bytes) -> Iterator[Flight]:
        """Let others join, and also those who saw the mark just before it gave way to the JSON."""
        loop = asyncio.get_running_loop()
        flight = self._flights[mark] = loop.create_future()
        try:
            yield flight
        finally:
            if flight.cancel():
                self._forget(mark, flight)
            else:
                loop.call_later(GRACE, self._forget, mark, flight)

    def _forget(self, mark: bytes, flight: Flight) -> None:
        # A lease of this process is watched like another's until its holder gets to fly.
        if self._flights.get(mark) is flight:
            del self._flights[mark]
