"""What handlers can rely on."""

import logging
from collections.abc import AsyncIterator

import pytest
from dishka import AsyncContainer
from sqlalchemy import URL, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.core.di import create_container
from app.core.events import EventRegistry
from tests.core.events.sandbox import (
    FailingHandler,
    FirstHandler,
    Journal,
    JournalProvider,
    NamedAuthorEvent,
    WritingHandler,
)
from tests.fixtures.app import RunDatabaseProvider
from tests.models import Author

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def container(database_url: URL, sandbox: Sessions) -> AsyncIterator[AsyncContainer]:  # noqa: ARG001 - makes the tables
    """Make a container in which three handlers react, the second of which fails."""
    container = create_container(RunDatabaseProvider(database_url), JournalProvider())
    registry = await container.get(EventRegistry)
    registry.register(NamedAuthorEvent, FirstHandler, FailingHandler, WritingHandler)
    yield container
    await container.close()


async def name_an_author(container: AsyncContainer, name: str) -> int:
    """Commit an event as a command would; return the id of the session that did."""
    async with container() as request:
        session = await request.get(AsyncSession)
        author = Author(name=name)
        author.register_event(NamedAuthorEvent(name))
        session.add(author)
        await session.commit()
        return id(session)


async def test_handlers_run_in_order_each_in_its_own_scope(container: AsyncContainer) -> None:
    """None shares a session with another or with the command."""
    journal = await container.get(Journal)
    sessions = {str(await name_an_author(container, "Eve"))}
    assert [line.rsplit(" ", 1)[0] for line in journal] == ["first Eve", "failing", "writing Eve"]
    sessions |= {line.rsplit(" ", 1)[1] for line in journal if "failing" not in line}
    assert len(sessions) == 3


async def test_failing_handler_stops_nobody_and_is_logged(
    container: AsyncContainer, sandbox: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    """The command has succeeded, the next handler ran, and the log names handler and event."""
    with caplog.at_level(logging.ERROR):
        await name_an_author(container, "Eve")
    async with sandbox() as session:
        names = (await session.scalars(select(Author.name).order_by(Author.id))).all()
    assert names == ["Eve", "Eve's echo"]
    (record,) = caplog.records
    assert record.getMessage() == "FailingHandler failed on sandbox_author_named"
    assert record.exc_info is not None
    assert record.exc_info[0] is RuntimeError


async def test_handlers_see_what_was_committed(
    container: AsyncContainer, sandbox: Sessions
) -> None:
    """When a handler runs, every other connection sees the row as well."""
    await name_an_author(container, "Eve")
    async with sandbox() as session:
        found = await session.scalar(select(Author.created_at).where(Author.name == "Eve"))
        echo = await session.scalar(select(Author.created_at).where(Author.name == "Eve's echo"))
    assert found is not None
    assert echo is not None
    assert echo > found
