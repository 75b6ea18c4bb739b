"""Sessions: one per unit of work."""

from collections.abc import AsyncIterator

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from app.core.configs.database import DatabaseConfig
from app.core.db.engine import create_engine
from app.core.db.soft_delete import SoftDeleteSession


def create_session_factory(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Make the factory of sessions that hide soft-deleted rows.

    Objects stay readable after a commit: with ``expire_on_commit`` each attribute access would
    need the database, which an async session can't ask from inside an attribute.
    """
    return async_sessionmaker(engine, sync_session_class=SoftDeleteSession, expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    """Yield a session on an engine of its own: for scripts that run once and end."""
    engine = create_engine(DatabaseConfig())
    try:
        async with create_session_factory(engine)() as session:
            yield session
    finally:
        await engine.dispose()
