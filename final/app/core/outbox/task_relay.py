"""From the outbox to the queue: only what its own process did not get there."""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs.events import RelayConfig
from app.core.log.context import bound_context
from app.core.outbox.models import OutboxTask
from app.core.outbox.outbox import Outbox
from app.core.services.queue.exceptions import QueueUnavailableError
from app.core.services.queue.pushed import PushedTaskEvent, SendPushedTaskHandler

logger = logging.getLogger(__name__)

BATCH = 100


@dataclass(frozen=True)
class SendStoredTaskHandler(SendPushedTaskHandler):
    """Queues a task after the commit, then forgets that it was to be queued.

    So a task is on its way at once, as before. If the process dies first, or the queue does not
    take it, the row is still there, and a relay finds it. If it dies in between, the task is queued
    twice, under one id.
    """

    engine: AsyncEngine
    outbox: Outbox

    async def __call__(self, event: PushedTaskEvent) -> None:
        """Send it, see `SendPushedTaskHandler`."""
        is_stored = event.id in self.outbox.unsent
        self.outbox.unsent.discard(event.id)
        try:
            await super().__call__(event)
        except QueueUnavailableError as error:
            if not is_stored:
                raise
            logger.warning("%s It is left to the relay.", error)
        else:
            if is_stored:
                await forget(self.engine, [event.id])


@dataclass(frozen=True)
class TaskRelay:
    """Queues what was left behind. Relays skip what another one is about to queue."""

    engine: AsyncEngine
    sender: SendPushedTaskHandler
    config: RelayConfig

    async def send_forgotten(self) -> int:
        """Queue some tasks that are older than their own process needs; returns how many."""
        age = func.make_interval(0, 0, 0, 0, 0, 0, self.config.RELAY_TASK_GRACE)
        statement = (
            select(OutboxTask.__table__)
            .where(OutboxTask.created_at < func.now() - age)
            .order_by(OutboxTask.created_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        sent: list[UUID] = []
        async with self.engine.begin() as connection:
            for row in await connection.execute(statement):
                if not await self._send(row):
                    break
                sent.append(row.id)
            await connection.execute(delete(OutboxTask).where(OutboxTask.id.in_(sent)))
        if sent:
            logger.warning("%d tasks were left behind, and are queued now", len(sent))
        return len(sent)

    async def _send(self, row: Row[Any]) -> bool:
        secrets = tuple(name for name in row.secrets.split(",") if name)
        try:
            with bound_context(row.context):
                await self.sender(PushedTaskEvent(row.task, row.data, secrets, row.id))
        except QueueUnavailableError as error:
            logger.warning("%s", error)
            return False
        return True


async def forget(engine: AsyncEngine, ids: list[UUID]) -> None:
    """Remove tasks that are queued."""
    async with engine.begin() as connection:
        await connection.execute(delete(OutboxTask).where(OutboxTask.id.in_(ids)))
