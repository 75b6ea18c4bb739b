"""The stretch task: what was deleted long ago is removed, and nothing else."""

# ruff: noqa: INP001 - laid into a package of the app

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from tests.models import Author, Book, SandboxModel

from app.core.db import INCLUDE_DELETED

Sessions = async_sessionmaker[AsyncSession]
MONTH = timedelta(days=30)


@pytest.fixture
async def aged(sandbox: Sessions) -> Sessions:
    """Store a living book, one deleted yesterday, and two deleted a year ago."""
    now = datetime.now(UTC)
    ages = {"living": None, "yesterday": 1, "old": 365, "older": 400}
    async with sandbox() as session:
        author = Author(name="Ada")
        for title, days in ages.items():
            deleted = None if days is None else now - timedelta(days=days)
            session.add(Book(title=title, author=author, deleted_at=deleted))
        await session.commit()
    return sandbox


async def titles(session: AsyncSession) -> list[str]:
    """List all books, the deleted ones too."""
    every = select(Book.title).order_by(Book.id).execution_options(**INCLUDE_DELETED)
    return list(await session.scalars(every))


async def test_old_deleted_rows_are_removed_and_counted(aged: Sessions) -> None:
    """The living and the recently deleted stay."""
    from app.core.db.purge import purge_deleted  # noqa: PLC0415 - it is what the test is about

    async with aged() as session:
        assert await purge_deleted(session, Book, older_than=MONTH) == 2
        await session.commit()
        assert await titles(session) == ["living", "yesterday"]


async def test_caller_commits(aged: Sessions) -> None:
    """What is rolled back has not happened."""
    from app.core.db.purge import purge_deleted  # noqa: PLC0415 - as above

    async with aged() as session:
        await purge_deleted(session, Book, older_than=MONTH)
        await session.rollback()
        assert len(await titles(session)) == 4


async def test_second_purge_finds_nothing(aged: Sessions) -> None:
    """Running it twice does no harm."""
    from app.core.db.purge import purge_deleted  # noqa: PLC0415 - as above

    async with aged() as session:
        await purge_deleted(session, Book, older_than=MONTH)
        assert await purge_deleted(session, Book, older_than=MONTH) == 0


async def test_model_without_soft_deletion_is_refused(aged: Sessions) -> None:
    """It has no rows that could be purged: asking is a mistake."""
    from app.core.db.purge import purge_deleted  # noqa: PLC0415 - as above

    async with aged() as session:
        with pytest.raises(TypeError, match="SandboxModel"):
            await purge_deleted(session, SandboxModel, older_than=MONTH)
