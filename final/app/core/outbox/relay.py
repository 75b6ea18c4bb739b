"""The relay: a loop that ends when it is asked to, and at nothing else."""

import asyncio
import logging
import random
import time
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.core.configs.events import RelayConfig
from app.core.message_brokers.broker import BaseMessageBroker
from app.core.message_brokers.exceptions import MessageBrokerError
from app.core.outbox.bell import Bell
from app.core.outbox.event_relay import EventRelay
from app.core.outbox.task_relay import TaskRelay

logger = logging.getLogger(__name__)

OUTAGES = (MessageBrokerError, DBAPIError, PoolTimeoutError, OSError)
"""What passes by itself. Everything else is a mistake of ours, and ends the process."""
FIRST_PAUSE = 0.1


@dataclass
class Relay:
    """Sends what waits, then waits for more."""

    events: EventRelay
    tasks: TaskRelay
    broker: BaseMessageBroker
    bell: Bell
    config: RelayConfig
    _is_stopping: bool = field(default=False, init=False)
    _limit: asyncio.Timeout | None = field(default=None, init=False)
    _looks_at: float = field(default=0.0, init=False)
    _tidies_at: float = field(default=0.0, init=False)

    def stop(self) -> None:
        """End after the batch at hand, or without it when that takes too long."""
        if self._limit is not None and not self._is_stopping:
            now = asyncio.get_running_loop().time()
            self._limit.reschedule(now + self.config.RELAY_STOP_TIMEOUT)
        self._is_stopping = True
        self.bell.ring()

    async def run(self) -> None:
        """Work until `stop`; a batch that is left is rolled back: another relay sends it again."""
        try:
            async with asyncio.timeout(None) as self._limit:
                await self._work_on()
        except TimeoutError:
            logger.warning("the batch at hand is left: it takes too long")
        finally:
            self._limit = None
        await self.bell.close()

    async def _work_on(self) -> None:
        """Work; while something is away, try again, with longer and longer pauses."""
        pause = FIRST_PAUSE
        is_prepared = False
        while not self._is_stopping:
            try:
                if not is_prepared:
                    await self.events.prepare()
                    is_prepared = True
                await self._work()
            except OUTAGES as error:
                logger.warning("the relay waits %.1f s: %r", pause, error)
                await self.bell.wait(pause * random.uniform(0.5, 1))  # noqa: S311 - no secret
                pause = min(pause * 2, self.config.RELAY_MAX_BACKOFF)
            else:
                pause = FIRST_PAUSE

    async def _work(self) -> None:
        if time.monotonic() >= self._looks_at:
            self._looks_at = time.monotonic() + self.config.RELAY_POLL
            await self.events.find_losses()
            await self.tasks.send_forgotten()
        if time.monotonic() >= self._tidies_at:
            self._tidies_at = time.monotonic() + self.config.RELAY_TIDY_EVERY
            await self._tidy()
        if not await self.events.send_batch():
            await self.bell.wait(self.config.RELAY_POLL)

    async def _tidy(self) -> None:
        trimmed, purged = await self.broker.trim(), await self.events.purge()
        if trimmed or purged:
            logger.info("%d entries of streams and %d sent events removed", trimmed, purged)
