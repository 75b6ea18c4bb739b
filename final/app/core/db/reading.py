"""Sessions that only read."""

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from app.core.db.session import create_session_factory


def create_read_session_factory(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Make sessions on an AUTOCOMMIT view of the engine: the same pool, other manners.

    One select needs no transaction, and without BEGIN and ROLLBACK it takes one round trip to the
    database instead of three. Each statement sees the newest data.
    """
    return create_session_factory(engine.execution_options(isolation_level="AUTOCOMMIT"))
