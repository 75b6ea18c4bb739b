"""The pool: it keeps connections, and lets go of them in time."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy.pool import AsyncAdaptedQueuePool

GOODBYE = 1.0
"""Seconds that a server has to close its side; then ours is closed without it."""


class PromptPool(AsyncAdaptedQueuePool):
    """A pool whose end takes no longer than `GOODBYE`, also with a database that does not answer.

    Left to itself, a pool says goodbye to one connection after another, and asyncpg waits for each
    answer as long as for that to a statement. A process that is asked to end has no such time.
    """

    __module__ = AsyncAdaptedQueuePool.__module__  # names its logger, so SQLAlchemy's level holds

    def dispose(self) -> None:
        """Close all idle connections at the same time."""
        idle = [self._pool.get(block=False) for _ in range(self.checkedin())]
        connected: list[Any] = [entry for entry in idle if entry.dbapi_connection is not None]
        if connected:
            drivers = [entry.driver_connection for entry in connected]
            connected[0].dbapi_connection.run_async(lambda _: say_goodbye(drivers))
        for entry in idle:
            entry.close()
        super().dispose()


async def say_goodbye(drivers: Sequence[Any]) -> None:
    """Close connections of asyncpg; what gets no answer is aborted."""
    goodbyes = (driver.close(timeout=GOODBYE) for driver in drivers)
    await asyncio.gather(*goodbyes, return_exceptions=True)
