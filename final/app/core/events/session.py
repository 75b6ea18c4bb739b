"""The session that publishes: what its objects registered goes out after the commit, not before.

No handler has to remember it. A rollback makes the events not to have happened, a rollback to a
savepoint those since the savepoint.
"""

import logging
from typing import Final

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session, SessionTransaction, UOWTransaction

from app.core.db.soft_delete import SoftDeleteSession
from app.core.events.bus import BaseEventBus
from app.core.events.event import BaseEvent
from app.core.events.source import EventSource, now

logger = logging.getLogger(__name__)

OWN: Final = "own"
"""Events that belong to no object, with their places in the order of all events."""
SOURCES: Final = "sources"
"""Objects with events that were flushed: in a list, lest they be collected as garbage."""
GATHERED: Final = "gathered"
"""Events of the transaction that is being committed."""
COMMITTED: Final = "committed"
"""Events that are certain, and not published yet."""
STARTS: Final = "starts"
"""When each open transaction or savepoint began, by `now`."""


def publish_after_commit(session: AsyncSession, event: BaseEvent) -> None:
    """Register an event that belongs to no object; it shares the fate of the open transaction."""
    session.info.setdefault(OWN, []).append((now(), event))


class GatheringSession(SoftDeleteSession):
    """Gathers the events of its objects while it commits."""


class EventSession(AsyncSession):
    """Commits, then publishes."""

    sync_session_class = GatheringSession

    def __init__(self, engine: AsyncEngine, bus: BaseEventBus) -> None:
        super().__init__(engine, expire_on_commit=False)
        self._bus = bus

    async def commit(self) -> None:
        """Commit, then wait until every handler has had the events."""
        await super().commit()
        await self._publish()

    async def close(self) -> None:
        """Publish what ``async with session.begin()`` committed, then close."""
        await self._publish()
        if lost := [event.get_name() for _, event in self.info.pop(OWN, [])]:
            logger.warning("no commit, so these go with the transaction: %s", ", ".join(lost))
        await super().close()

    async def _publish(self) -> None:
        events: list[BaseEvent] = self.info.pop(COMMITTED, [])
        await self._bus.publish(events)


@event.listens_for(GatheringSession, "after_transaction_create")
def note_start(session: Session, transaction: SessionTransaction) -> None:
    """Remember when a transaction or savepoint began; a new transaction has no savepoints yet."""
    if transaction.parent is None:
        session.info[STARTS] = {}
    session.info[STARTS][transaction] = now()


@event.listens_for(GatheringSession, "after_flush")
def hold_sources(session: Session, _flush: UOWTransaction) -> None:
    """Hold on to objects that have something to tell."""
    sources = session.info.setdefault(SOURCES, [])
    for state in (session.new, session.dirty, session.deleted):
        sources += [source for source in state if isinstance(source, EventSource)]


@event.listens_for(GatheringSession, "before_commit")
def gather(session: Session) -> None:
    """Write what is left to write, then take all events in the order of their registration."""
    if session.in_nested_transaction():
        return  # a savepoint is released: nothing is certain yet
    session.flush()
    sources: list[EventSource] = session.info.pop(SOURCES, [])
    numbered = [pair for source in sources for pair in source.pull_numbered()]
    numbered += session.info.pop(OWN, [])
    session.info[GATHERED] = [event for _, event in sorted(numbered, key=lambda pair: pair[0])]


@event.listens_for(GatheringSession, "after_commit")
def confirm(session: Session) -> None:
    """Now it has happened."""
    session.info.setdefault(COMMITTED, []).extend(session.info.pop(GATHERED, []))


@event.listens_for(GatheringSession, "after_soft_rollback")
def take_back(session: Session, transaction: SessionTransaction) -> None:
    """Forget what was registered since the start of what was rolled back.

    An object that the rollback took out of the session keeps its events: added again, it will be
    created after all.
    """
    session.info.pop(GATHERED, None)
    since: int = session.info[STARTS][transaction]
    session.info[OWN] = [pair for pair in session.info.pop(OWN, []) if pair[0] < since]
    for source in session:
        if isinstance(source, EventSource) and inspect(source).persistent:
            source.forget_events(since)
    held: list[EventSource] = session.info.pop(SOURCES, [])
    session.info[SOURCES] = [source for source in held if source in session]
