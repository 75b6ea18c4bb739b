"""The app's own drivers, to look at the servers as the app does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from redis import Redis


def query(environment: Mapping[str, str], *statements: str) -> Any:  # noqa: ANN401 - any SQL value
    """Run statements through asyncpg; return the first value of the last one."""

    async def ask() -> Any:  # noqa: ANN401 - the same
        address = environment["DATABASE_URL"].replace("postgresql+asyncpg", "postgresql")
        connection = await asyncpg.connect(address)
        try:
            for statement in statements:
                value = await connection.fetchval(statement)
        finally:
            await connection.close()
        return value

    return asyncio.run(ask())


def redis(environment: Mapping[str, str], *command: str) -> Any:  # noqa: ANN401 - any answer
    """Run one command through redis-py."""
    with Redis.from_url(environment["REDIS_URL"], decode_responses=True) as client:
        return client.execute_command(*command)
