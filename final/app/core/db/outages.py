"""Telling a database that is away, or takes nothing now, from a mistake of ours."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.core.db import DatabaseUnreachableError

PASSING = ("08", "53", "57P", "25006")
"""SQLSTATEs (PostgreSQL manual, appendix A) of lost connections; of too many of them and of a full
disk; of a server that stops or starts; and of one that only reads: a standby, or a primary that its
operator stops from writing before the disk is full."""


def is_outage(error: BaseException) -> bool:
    """Tell whether the same statement may succeed in a while."""
    if isinstance(error, DBAPIError):
        sqlstate = str(getattr(error.orig, "sqlstate", None))
        return error.connection_invalidated or sqlstate.startswith(PASSING)
    return isinstance(error, DatabaseUnreachableError | PoolTimeoutError)
