"""The engine: one per process."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.core.configs.database import DatabaseConfig

RECYCLE_AFTER = 1800
"""Seconds after which an idle connection is replaced: shorter than what firewalls allow."""


class DatabaseUnreachableError(ConnectionError):
    """A connection could not be made. What others refuse to us has other names."""


def create_engine(config: DatabaseConfig) -> AsyncEngine:
    """Make the engine; nothing is connected until the first statement.

    The caller owns it and must ``await engine.dispose()``.
    """
    engine = create_async_engine(
        config.DATABASE_URL,
        pool_size=config.DATABASE_POOL_SIZE,
        max_overflow=config.DATABASE_MAX_OVERFLOW,
        pool_timeout=config.DATABASE_POOL_TIMEOUT,
        pool_recycle=RECYCLE_AFTER,
        connect_args={"timeout": config.DATABASE_POOL_TIMEOUT},
    )
    event.listen(engine.sync_engine, "do_connect", connect)
    return engine


def connect(
    dialect: Dialect, _record: object, arguments: tuple[Any, ...], options: dict[str, Any]
) -> DBAPIConnection:
    """Connect as the dialect does, and give a network that fails one name.

    Asyncpg lets its errors through as they are: refused and reset connections, but also a time that
    is over, a name that nobody knows, a host without a way to it.

    Raises:
        DatabaseUnreachableError: for whatever reason.

    """
    try:
        return dialect.connect(*arguments, **options)
    except OSError as error:
        reason = str(error) or type(error).__name__
        raise DatabaseUnreachableError(f"the database cannot be reached: {reason}") from error
