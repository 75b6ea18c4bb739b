"""Sessions of scripts."""

import pytest
from sqlalchemy import URL, func, select

from app.core.db import get_session


async def test_get_session_uses_the_database_in_the_settings(
    database_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script gets a working session on the configured database."""
    monkeypatch.setenv("DATABASE_URL", database_url.render_as_string(hide_password=False))
    names = [
        await session.scalar(select(func.current_database())) async for session in get_session()
    ]
    assert names == [database_url.database]
