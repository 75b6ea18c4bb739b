"""The engine: one per process."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.core.configs.database import DatabaseConfig

RECYCLE_AFTER = 1800
"""Seconds after which an idle connection is replaced: shorter than what firewalls allow."""


def create_engine(config: DatabaseConfig) -> AsyncEngine:
    """Make the engine; nothing is connected until the first statement.

    The caller owns it and must ``await engine.dispose()``.
    """
    return create_async_engine(
        config.DATABASE_URL,
        pool_size=config.DATABASE_POOL_SIZE,
        max_overflow=config.DATABASE_MAX_OVERFLOW,
        pool_timeout=config.DATABASE_POOL_TIMEOUT,
        pool_recycle=RECYCLE_AFTER,
        connect_args={"timeout": config.DATABASE_POOL_TIMEOUT},
    )
