"""Telling a database that is away from a mistake of ours."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

PASSING = ("08", "53", "57P")
"""SQLSTATEs of lost connections, too many of them, and a server that stops or starts (PostgreSQL
manual, appendix A)."""


def is_outage(error: BaseException) -> bool:
    """Tell whether the same statement may succeed in a while."""
    if isinstance(error, DBAPIError):
        sqlstate = str(getattr(error.orig, "sqlstate", None))
        return error.connection_invalidated or sqlstate.startswith(PASSING)
    return isinstance(error, ConnectionError | PoolTimeoutError)
