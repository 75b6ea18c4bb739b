"""The engine: one per process."""

import math
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Dialect, ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.core.configs.database import DatabaseConfig
from app.core.db.pool import PromptPool

RECYCLE_AFTER = 1800
"""Seconds after which an idle connection is replaced: shorter than what firewalls allow."""
GRACE = 5.0
"""Seconds that the server has to say that a statement took too long; then it is the network."""
CANCELLED = "57014"
"""The SQLSTATE of a statement that was cancelled (PostgreSQL manual, appendix A)."""


class DatabaseUnreachableError(ConnectionError):
    """A connection could not be made. What others refuse to us has other names."""


class StatementTimeoutError(TimeoutError):
    """A statement took too long. Another one may not: this is no outage."""


def create_engine(config: DatabaseConfig, *, is_bounded: bool = True) -> AsyncEngine:
    """Make the engine; nothing is connected until the first statement.

    The caller owns it and must ``await engine.dispose()``; `PromptPool` tells how long that takes.
    A statement may take ``DATABASE_STATEMENT_TIMEOUT`` seconds, without ``is_bounded`` as long as
    it needs.
    """
    bounds = bound_statements(config.DATABASE_STATEMENT_TIMEOUT) if is_bounded else {}
    engine = create_async_engine(
        config.DATABASE_URL,
        poolclass=PromptPool,
        pool_size=config.DATABASE_POOL_SIZE,
        max_overflow=config.DATABASE_MAX_OVERFLOW,
        pool_timeout=config.DATABASE_POOL_TIMEOUT,
        pool_recycle=RECYCLE_AFTER,
        connect_args={"timeout": config.DATABASE_POOL_TIMEOUT, **bounds},
    )
    event.listen(engine.sync_engine, "do_connect", connect)
    event.listen(engine.sync_engine, "handle_error", name_timeout)
    return engine


def bound_statements(seconds: float) -> dict[str, Any]:
    """Let the server end what is stuck, and the driver what the server does not answer."""
    milliseconds = str(math.ceil(seconds * 1000))
    return {
        "command_timeout": seconds + GRACE,
        "server_settings": {
            "statement_timeout": milliseconds,
            "idle_in_transaction_session_timeout": milliseconds,
        },
    }


def name_timeout(context: ExceptionContext) -> BaseException | None:
    """Give a statement that took too long one name, whoever ended it."""
    error = context.original_exception
    if isinstance(error, TimeoutError) or getattr(error, "sqlstate", None) == CANCELLED:
        return StatementTimeoutError(str(error) or "the database does not answer")
    return None


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
