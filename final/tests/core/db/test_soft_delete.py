"""Soft-deleted rows vanish wherever the ORM is asked, and can be asked for."""

from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.core.db import INCLUDE_DELETED
from tests.models import Author, Book

Sessions = async_sessionmaker[AsyncSession]


async def test_select_leaves_deleted_rows_out(library: Sessions) -> None:
    """A plain select of entities and one of columns see the living only."""
    async with library() as session:
        assert (await session.scalars(select(Author.name))).all() == ["Ada"]
        assert [author.name for author in await session.scalars(select(Author))] == ["Ada"]


async def test_deleted_rows_can_be_asked_for(library: Sessions) -> None:
    """With the execution option a select sees every row."""
    async with library() as session:
        names = select(Author.name).order_by(Author.name).execution_options(**INCLUDE_DELETED)
        assert (await session.scalars(names)).all() == ["Ada", "Bob"]


async def test_count_exists_and_subqueries_leave_deleted_rows_out(library: Sessions) -> None:
    """The rule holds below the top of a statement, too."""
    async with library() as session:
        assert await session.scalar(select(func.count()).select_from(Author)) == 1
        assert not await session.scalar(select(exists().where(Author.name == "Bob")))
        living = select(Author.id).where(Author.id == Book.author_id).exists()
        assert (await session.scalars(select(Book.title).where(living))).all() == ["Engine"]


async def test_aliases_and_unions_leave_deleted_rows_out(library: Sessions) -> None:
    """An alias is the same entity; each part of a union is filtered."""
    async with library() as session:
        other = aliased(Author)
        assert (await session.scalars(select(other.name))).all() == ["Ada"]
        both = select(Author.name).union_all(select(Author.name))
        assert (await session.scalars(both)).all() == ["Ada", "Ada"]


async def test_joins_leave_deleted_rows_out(library: Sessions) -> None:
    """A book of a deleted author does not join."""
    async with library() as session:
        titles = select(Book.title).join(Author, Book.author_id == Author.id)
        assert (await session.scalars(titles)).all() == ["Engine"]


async def test_collections_leave_deleted_rows_out(library: Sessions) -> None:
    """Both ways of eager loading give the living books only."""
    for load in (selectinload(Author.books), joinedload(Author.books)):
        async with library() as session:
            ada = (await session.scalars(select(Author).options(load))).unique().one()
            assert [book.title for book in ada.books] == ["Engine"]


async def test_a_deleted_parent_reads_as_none(library: Sessions) -> None:
    """Many-to-one to a deleted row: the reference is there, the object is not."""
    async with library() as session:
        bridges = select(Book).where(Book.title == "Bridges").options(selectinload(Book.author))
        book = (await session.scalars(bridges)).one()
        assert book.author_id is not None
        assert book.author is None


async def test_get_does_not_find_a_deleted_row(library: Sessions) -> None:
    """``session.get`` asks the database and finds nothing, unless told."""
    async with library() as session:
        assert await session.get(Author, 2) is None
        found = await session.get(Author, 2, execution_options=INCLUDE_DELETED)
        assert found is not None
        assert found.is_deleted


async def test_get_does_not_find_an_object_deleted_in_this_session(library: Sessions) -> None:
    """``session.get`` answers from memory, and still keeps to the rule."""
    async with library() as session:
        ada = await session.get(Author, 1)
        assert ada is not None
        ada.soft_delete()
        await session.flush()
        assert await session.get(Author, 1) is None
        assert await session.get(Author, 1, execution_options=INCLUDE_DELETED) is ada
        ada.restore()
        assert await session.get(Author, 1) is ada


async def test_refresh_works_on_a_deleted_object(library: Sessions) -> None:
    """Who holds the object may reload it: refresh is about this object, not about a search."""
    async with library() as session:
        bob = await session.get(Author, 2, execution_options=INCLUDE_DELETED)
        assert bob is not None
        await session.refresh(bob)
        assert bob.name == "Bob"


async def test_bulk_update_leaves_deleted_rows_alone(library: Sessions) -> None:
    """An ORM-enabled update changes the living only."""
    async with library() as session:
        await session.execute(update(Author).values(name="changed"))
        names = select(Author.name).order_by(Author.id).execution_options(**INCLUDE_DELETED)
        assert (await session.scalars(names)).all() == ["changed", "Bob"]


async def test_bulk_delete_leaves_deleted_rows_alone(library: Sessions) -> None:
    """An ORM-enabled delete removes the living only; a purge has to ask for deleted rows."""
    async with library() as session:
        await session.execute(delete(Book))
        left = select(Book.title).order_by(Book.id).execution_options(**INCLUDE_DELETED)
        assert (await session.scalars(left)).all() == ["Notes"]
        await session.execute(delete(Book).execution_options(**INCLUDE_DELETED))
        assert (await session.scalars(left)).all() == []


async def test_core_statements_mean_what_they_say(library: Sessions) -> None:
    """Below the ORM there is no filter: for purges, reports and migrations."""
    async with library() as session:
        table = Author.__table__
        assert await session.scalar(select(func.count()).select_from(table)) == 2
        assert await session.scalar(text("SELECT count(*) FROM sandbox_authors")) == 2


async def test_deleting_twice_keeps_the_first_time(library: Sessions) -> None:
    """The time of the deletion is a fact of history."""
    async with library() as session:
        bob = await session.get(Author, 2, execution_options=INCLUDE_DELETED)
        assert bob is not None
        first = bob.deleted_at
        bob.soft_delete()
        assert bob.deleted_at == first
