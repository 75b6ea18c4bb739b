"""Which events leave a session, when, and in which order."""

import gc
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from app.core.events.session import EventSession, publish_after_commit
from tests.core.events.sandbox import NamedAuthorEvent, RememberedBus
from tests.models import Author, Book

Sessions = async_sessionmaker[AsyncSession]


def named(author: Author, name: str | None = None) -> Author:
    """Let an author tell its name."""
    author.register_event(NamedAuthorEvent(name or author.name))
    return author


@pytest.fixture
def bus() -> RememberedBus:
    """Remember what was published."""
    return RememberedBus()


@pytest.fixture
async def session(
    engine: AsyncEngine,
    library: Sessions,  # noqa: ARG001 - makes the tables
    bus: RememberedBus,
) -> AsyncIterator[EventSession]:
    """Open a session that publishes."""
    async with EventSession(engine, bus) as session:
        yield session


async def test_nothing_is_published_before_the_commit(
    session: EventSession, bus: RememberedBus
) -> None:
    """A flush writes, but nothing is certain yet."""
    session.add(named(Author(name="Eve")))
    await session.flush()
    assert bus.published == []
    await session.commit()
    assert bus.published == ["Eve"]


async def test_every_event_is_published_once(session: EventSession, bus: RememberedBus) -> None:
    """A second commit has nothing new to tell."""
    session.add(named(Author(name="Eve")))
    await session.commit()
    await session.commit()
    assert bus.published == ["Eve"]


async def test_events_come_in_the_order_of_their_registration(
    session: EventSession, bus: RememberedBus
) -> None:
    """Across objects, whatever the order in which these are written."""
    ada = await session.get(Author, 1)
    assert ada is not None
    eve = named(Author(name="Eve"))
    named(ada)
    session.add(eve)
    await session.flush()
    named(ada, "Ada again")
    named(eve, "Eve again")
    await session.commit()
    assert bus.published == ["Eve", "Ada", "Ada again", "Eve again"]


async def test_object_that_did_not_change_can_tell_something(
    session: EventSession, bus: RememberedBus
) -> None:
    """No column needs to change for an event."""
    ada = await session.get(Author, 1)
    assert ada is not None
    named(ada)
    await session.commit()
    assert bus.published == ["Ada"]


async def test_no_handler_has_to_keep_the_object(session: EventSession, bus: RememberedBus) -> None:
    """The session forgets objects that nobody holds; what they had to tell is not lost."""
    ada = await session.get(Author, 1)
    assert ada is not None
    named(ada)
    session.add(named(Author(name="Eve")))
    del ada
    await session.flush()
    gc.collect()
    await session.commit()
    assert bus.published == ["Ada", "Eve"]


async def test_deleted_object_can_tell_something(session: EventSession, bus: RememberedBus) -> None:
    """Also when the row is removed."""
    eve = Author(name="Eve")
    session.add(eve)
    await session.commit()
    await session.delete(named(eve, "Eve is gone"))
    await session.commit()
    assert bus.published == ["Eve is gone"]


async def test_rollback_publishes_nothing(session: EventSession, bus: RememberedBus) -> None:
    """Neither now nor with the next commit, flushed or not."""
    ada = await session.get(Author, 1)
    assert ada is not None
    named(ada, "flushed")
    await session.flush()
    named(ada, "not flushed")
    await session.rollback()
    await session.commit()
    assert bus.published == []


async def test_closing_without_a_commit_publishes_nothing(
    engine: AsyncEngine, session: EventSession, bus: RememberedBus
) -> None:
    """The way in which an exception leaves a handler."""
    async with EventSession(engine, bus) as other:
        other.add(named(Author(name="Eve")))
        await other.flush()
    await session.commit()
    assert bus.published == []


async def test_failed_commit_publishes_nothing(session: EventSession, bus: RememberedBus) -> None:
    """The database has the last word."""
    session.add(named(Author(name="Eve")))
    session.add(Book(title="Orphan", author_id=999))
    with pytest.raises(IntegrityError):
        await session.commit()
    await session.rollback()
    await session.commit()
    assert bus.published == []


async def test_object_that_is_added_again_tells_it_then(
    session: EventSession, bus: RememberedBus
) -> None:
    """After a rollback the new object may get its row after all."""
    eve = named(Author(name="Eve"))
    session.add(eve)
    session.add(Book(title="Orphan", author_id=999))
    with pytest.raises(IntegrityError):
        await session.flush()
    await session.rollback()
    session.add(eve)
    await session.commit()
    assert bus.published == ["Eve"]


async def test_savepoint_takes_back_what_came_after_it(
    session: EventSession, bus: RememberedBus
) -> None:
    """The events before and after the savepoint stay."""
    ada = await session.get(Author, 1)
    assert ada is not None
    named(ada, "before")
    savepoint = await session.begin_nested()
    named(ada, "within")
    await savepoint.rollback()
    named(ada, "after")
    await session.commit()
    assert bus.published == ["before", "after"]


async def test_released_savepoint_publishes_nothing_yet(
    session: EventSession, bus: RememberedBus
) -> None:
    """Only the commit of the whole makes it certain."""
    async with session.begin_nested():
        session.add(named(Author(name="Eve")))
    assert bus.published == []
    await session.commit()
    assert bus.published == ["Eve"]


async def test_rollback_after_a_released_savepoint_publishes_nothing(
    session: EventSession, bus: RememberedBus
) -> None:
    """A savepoint within a transaction is no more certain than the transaction."""
    async with session.begin_nested():
        session.add(named(Author(name="Eve")))
    await session.rollback()
    await session.commit()
    assert bus.published == []


@pytest.mark.usefixtures("library")
async def test_begin_block_publishes_when_the_session_closes(
    engine: AsyncEngine, bus: RememberedBus
) -> None:
    """``async with session.begin()`` commits by itself; its events are not lost."""
    async with EventSession(engine, bus) as other, other.begin():
        other.add(named(Author(name="Eve")))
    assert bus.published == ["Eve"]


async def test_event_of_no_object_shares_the_fate_of_the_transaction(
    session: EventSession, bus: RememberedBus
) -> None:
    """It has its place among the others, and a savepoint or a rollback takes it back."""
    session.add(named(Author(name="Eve")))
    publish_after_commit(session, NamedAuthorEvent("between"))
    savepoint = await session.begin_nested()
    publish_after_commit(session, NamedAuthorEvent("taken back"))
    await savepoint.rollback()
    session.add(named(Author(name="Bob")))
    assert bus.published == []
    await session.commit()
    assert bus.published == ["Eve", "between", "Bob"]
    session.add(Author(name="Carl"))
    publish_after_commit(session, NamedAuthorEvent("rolled back"))
    await session.rollback()
    await session.commit()
    assert bus.published == ["Eve", "between", "Bob"]


async def test_event_that_nobody_commits_is_named_in_the_log(
    engine: AsyncEngine, bus: RememberedBus, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever waits for it learns why it does not come."""
    async with EventSession(engine, bus) as other:
        publish_after_commit(other, NamedAuthorEvent("lost"))
    assert bus.published == []
    assert "no commit, so these go with the transaction: sandbox_author_named" in caplog.text
