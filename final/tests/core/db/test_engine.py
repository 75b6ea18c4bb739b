"""What the engine makes of a database that gives trouble."""

import pytest
from sqlalchemy import URL

from app.core.db import DatabaseUnreachableError
from tests.fixtures.server import connect


async def test_database_that_is_away_has_its_own_error(
    database_url: URL, unused_tcp_port: int
) -> None:
    """Nobody takes it for some other service that refuses a connection."""
    async with connect(database_url.set(host="127.0.0.1", port=unused_tcp_port)) as engine:
        with pytest.raises(DatabaseUnreachableError, match="Connect call failed"):
            await engine.connect()
