"""What passes by itself."""

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.core.db import DatabaseUnreachableError, StatementTimeoutError
from app.core.db.outages import is_outage


@pytest.mark.parametrize("error", [DatabaseUnreachableError("away"), PoolTimeoutError("full")])
def test_database_that_is_away_or_busy_is_an_outage(error: Exception) -> None:
    """Also before there is a connection."""
    assert is_outage(error)


@pytest.mark.parametrize("error", [ConnectionRefusedError(), ConnectionResetError(), OSError()])
def test_others_that_are_away_are_no_outage(error: Exception) -> None:
    """Whoever asks them has a try less: their address may be wrong for ever."""
    assert not is_outage(error)


def test_statement_that_takes_too_long_is_no_outage() -> None:
    """It may take too long each time: the fault is its own, and costs a try."""
    assert not is_outage(StatementTimeoutError("slow"))
