"""The notes: written once, with the effect, and removed in the end."""

import asyncio
from uuid import uuid4

from dishka import AsyncContainer
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.core.inbox.inbox import Inbox
from app.core.inbox.models import InboxEntry
from app.core.inbox.purge import PurgeInbox
from app.core.services.queue import QueueService
from app.worker import init_worker
from tests.fixtures.events import wait_until
from tests.fixtures.queue import work

Sessions = async_sessionmaker[AsyncSession]


async def test_event_is_accepted_once_per_group(sessions: Sessions) -> None:
    """Another group has its own note."""
    event = str(uuid4())
    async with sessions() as session:
        inbox = Inbox(session)
        assert await inbox.accept("audit", event, "me")
        assert not await inbox.accept("audit", event, "me")
        assert await inbox.accept("mail", event, "me")


async def test_rollback_takes_the_note_back(sessions: Sessions) -> None:
    """The next delivery finds the event unhandled."""
    event = str(uuid4())
    async with sessions() as session:
        assert await Inbox(session).accept("audit", event, "me")
        await session.rollback()
        assert await Inbox(session).accept("audit", event, "me")


async def test_of_two_processes_at_once_one_gets_it(sessions: Sessions) -> None:
    """The second one waits until it is known what became of the first."""
    event = str(uuid4())
    async with sessions() as first, sessions() as second:
        assert await Inbox(first).accept("audit", event, "one")
        waiting = asyncio.create_task(Inbox(second).accept("audit", event, "two"))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await first.commit()
        assert not await waiting


async def test_only_old_notes_are_removed(web: AsyncContainer, sessions: Sessions) -> None:
    """By a worker, when the clock says so."""
    async with sessions() as session:
        for age in (0, 1, 8, 9):
            await Inbox(session).accept("audit", str(uuid4()), f"{age}")
            old = update(InboxEntry).where(InboxEntry.handled_by == f"{age}")
            days = func.now() - func.make_interval(0, 0, 0, age)
            await session.execute(old.values(handled_at=days))
        await session.commit()
    async with web() as request:
        await (await request.get(QueueService)).push(task=PurgeInbox)

    async def are_gone() -> bool:
        async with sessions() as session:
            left = await session.scalars(select(InboxEntry.handled_by))
            return sorted(left) == ["0", "1"]

    async with work(init_worker()):
        await wait_until(are_gone)
