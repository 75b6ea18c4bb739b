"""What the migrations have made, for steps that have no process to look at."""

from __future__ import annotations

import asyncio

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

QUERY = text(
    "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = current_schema() ORDER BY table_name"
)


def tables(url: str) -> list[str]:
    """List the tables of a database, in any form of address that the app accepts."""
    return asyncio.run(_tables(url))


async def _tables(url: str) -> list[str]:
    address = make_url(url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(address, poolclass=NullPool)
    async with engine.connect() as connection:
        return list(await connection.scalars(QUERY))
