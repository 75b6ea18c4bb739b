"""What every model inherits."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from tests.models import Author

Sessions = async_sessionmaker[AsyncSession]


async def test_dates_are_filled_in_and_readable_after_commit(sandbox: Sessions) -> None:
    """What the database fills in is there without another statement."""
    async with sandbox() as session:
        ada = Author(name="Ada")
        session.add(ada)
        await session.commit()
        assert ada.id == 1
        assert ada.created_at == ada.updated_at
        assert ada.created_at.tzinfo is not None


async def test_update_moves_updated_at_only(sandbox: Sessions) -> None:
    """A change moves ``updated_at``, which is readable at once; ``created_at`` stays."""
    async with sandbox() as session:
        ada = Author(name="Ada")
        session.add(ada)
        await session.commit()
        created = ada.created_at
        await asyncio.sleep(0.001)
        ada.name = "Ada Lovelace"
        await session.commit()
        assert ada.updated_at > created
        assert ada.created_at == created


def test_constraints_have_predictable_names() -> None:
    """A migration can name what it wants to drop."""
    names = {constraint.name for constraint in Author.metadata.tables["sandbox_books"].constraints}
    assert names == {"pk_sandbox_books", "fk_sandbox_books_author_id_sandbox_authors"}
