"""How a relay hears at once that there is something to do."""

import asyncio
import logging
from typing import Any

from asyncpg import InterfaceError, PostgresError  # type: ignore[import-untyped]  # no types
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.core.outbox.outbox import CHANNEL

logger = logging.getLogger(__name__)

OUTAGES = (DBAPIError, PoolTimeoutError, InterfaceError, PostgresError, OSError)
"""The driver's own errors too: its listener goes past SQLAlchemy, which would wrap them."""


class Bell:
    """Listens to PostgreSQL's notifications.

    A notification is a hint: it is lost while nobody listens. So whoever waits looks again after a
    while, rung or not.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._rung = asyncio.Event()
        self._connection: AsyncConnection | None = None
        self._driver: Any = None

    def ring(self, *_: object) -> None:
        """Wake whoever waits, or will wait next."""
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Wait until it rings, at most so long."""
        await self._listen()
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()

    async def close(self) -> None:
        """Give the connection back; the listener ends with it."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()  # another user of it must not hear our notifications
            await connection.close()

    async def _listen(self) -> None:
        if self._driver is not None and not self._driver.is_closed():
            return
        try:
            await self.close()
            self._connection = await self._engine.connect()
            self._driver = (await self._connection.get_raw_connection()).driver_connection
            await self._driver.add_listener(CHANNEL, self.ring)
        except OUTAGES as error:
            self._driver = None
            logger.warning("PostgreSQL cannot wake the relay, which polls: %r", error)
