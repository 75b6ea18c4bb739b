"""From the outbox to the broker."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from app.core.configs.events import EventsConfig, RelayConfig
from app.core.log.context import bound_context
from app.core.message_brokers.broker import BaseMessageBroker, Mark, Message
from app.core.message_brokers.exceptions import BatchesLostError
from app.core.outbox.models import OutboxEvent, OutboxPartition

logger = logging.getLogger(__name__)

PURGE = 5_000
"""Rows per statement."""


@dataclass(frozen=True)
class EventRelay:
    """Sends events in order. Any number of relays may run.

    A relay locks the row of a partition, sends its oldest events, and marks them, all in one
    transaction. Others skip a locked partition, so events of one key are never sent by two at once,
    and a relay that dies gives its lock back by dying. If it dies between sending and marking, the
    next one sends the batch again: readers know what they have handled.
    """

    engine: AsyncEngine
    broker: BaseMessageBroker
    events: EventsConfig
    config: RelayConfig

    async def prepare(self) -> None:
        """Add the rows of the partitions."""
        rows = [{"number": number} for number in range(self.events.EVENTS_PARTITIONS)]
        async with self.engine.begin() as connection:
            statement = upsert(OutboxPartition).values(rows).on_conflict_do_nothing()
            await connection.execute(statement)

    async def send_batch(self) -> int:
        """Send some events of one partition; returns how many, 0 if there is nothing to do.

        Raises:
            MessageBrokerError: the broker does not take them; they stay where they are.

        """
        async with self.engine.begin() as connection:
            partition = await self._lock_waiting(connection)
            if partition is None:
                return 0
            rows = await self._read(connection, partition.number)
            mark = Mark(partition.number, partition.last_batch + 1)
            try:
                await self.broker.publish([make_message(row) for row in rows], mark)
            except BatchesLostError as error:
                return await self._take_back(connection, partition.number, error.last)
            await self._mark(connection, [row.id for row in rows], mark)
        for row in rows:
            with bound_context(row.context):
                logger.info("%s was sent", row.type, extra={"event.id": str(row.event_id)})
        return len(rows)

    async def find_losses(self) -> int:
        """Compare with what the broker has, and take back what it lost; returns how many events."""
        async with self.engine.connect() as connection:
            known = await connection.execute(
                select(OutboxPartition.number, OutboxPartition.last_batch)
            )
            sent = {row.number: row.last_batch for row in known}
        marks = await self.broker.read_marks(list(sent)) if sent else {}
        lost = [number for number, last in marks.items() if last < sent[number]]
        return sum([await self._check(number) for number in lost])

    async def purge(self) -> int:
        """Remove some events that were sent long ago; returns how many."""
        age = func.make_interval(0, 0, 0, 0, 0, 0, self.config.RELAY_KEEP)
        old = select(OutboxEvent.id).where(OutboxEvent.sent_at < func.now() - age).limit(PURGE)
        async with self.engine.begin() as connection:
            ended = await connection.execute(
                delete(OutboxEvent).where(OutboxEvent.id.in_(old.with_for_update(skip_locked=True)))
            )
        return ended.rowcount

    async def _check(self, number: int) -> int:
        """Look again while no other relay can send."""
        async with self.engine.begin() as connection:
            locked = select(OutboxPartition.last_batch).where(OutboxPartition.number == number)
            last = await connection.scalar(locked.with_for_update())
            has = (await self.broker.read_marks([number]))[number]
            if last is None or has >= last:
                return 0
            return await self._take_back(connection, number, has)

    async def _lock_waiting(self, connection: AsyncConnection) -> Row[int, int] | None:
        waiting = select(OutboxEvent.id).where(
            OutboxEvent.partition == OutboxPartition.number, OutboxEvent.batch.is_(None)
        )
        statement = (
            select(OutboxPartition.number, OutboxPartition.last_batch)
            .where(waiting.exists())
            .order_by(func.random())
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return (await connection.execute(statement)).first()

    async def _read(self, connection: AsyncConnection, number: int) -> Sequence[Row[Any]]:
        statement = (
            select(OutboxEvent.__table__)
            .where(OutboxEvent.partition == number, OutboxEvent.batch.is_(None))
            .order_by(OutboxEvent.id)
            .limit(self.config.RELAY_BATCH)
        )
        return (await connection.execute(statement)).all()

    async def _mark(self, connection: AsyncConnection, ids: list[int], mark: Mark) -> None:
        sent = update(OutboxEvent).where(OutboxEvent.id.in_(ids))
        await connection.execute(sent.values(batch=mark.batch, sent_at=func.now()))
        await self._set_last(connection, mark.partition, mark.batch)

    async def _take_back(self, connection: AsyncConnection, number: int, last: int) -> int:
        """Let everything be sent again that came after the last batch which the broker has."""
        lost = await connection.execute(
            update(OutboxEvent)
            .where(OutboxEvent.partition == number, OutboxEvent.batch > last)
            .values(batch=None, sent_at=None)
        )
        await self._set_last(connection, number, last)
        logger.warning(
            "the broker lost %d events of partition %d: they are sent again", lost.rowcount, number
        )
        return lost.rowcount

    async def _set_last(self, connection: AsyncConnection, number: int, last: int) -> None:
        partition = update(OutboxPartition).where(OutboxPartition.number == number)
        await connection.execute(partition.values(last_batch=last))


def make_message(row: Row[Any]) -> Message:
    """Read a row."""
    body = row.body.encode()
    return Message(str(row.event_id), row.topic, row.key, row.type, body, row.context)
