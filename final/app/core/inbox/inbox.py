"""The inbox: a second delivery of an event is noticed."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.inbox.models import InboxEntry


@dataclass(frozen=True)
class Inbox:
    """The notes, through the session of the event's request."""

    session: AsyncSession

    async def accept(self, consumer: str, event_id: str, handled_by: str) -> bool:
        """Note that the event is handled; the commit makes it true. False: it was already.

        If another process is at the same event, this one waits for its commit or rollback.
        """
        statement = (
            insert(InboxEntry)
            .values(consumer=consumer, event_id=UUID(event_id), handled_by=handled_by)
            .on_conflict_do_nothing()
            .returning(InboxEntry.event_id)
        )
        return await self.session.scalar(statement) is not None

    async def purge(self, *, older_than: float, limit: int) -> int:
        """Remove some notes that are older than so many seconds; returns how many."""
        key = (InboxEntry.consumer, InboxEntry.event_id)
        age = func.make_interval(0, 0, 0, 0, 0, 0, older_than)
        old = (
            select(*key)
            .where(InboxEntry.handled_at < func.now() - age)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        statement = delete(InboxEntry).where(tuple_(*key).in_(old)).returning(InboxEntry.event_id)
        return len((await self.session.scalars(statement)).all())
