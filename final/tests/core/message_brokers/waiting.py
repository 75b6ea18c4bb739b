"""Waiting for what consumers do, and no longer than they do anything."""

from contextlib import suppress
from typing import Any

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from app.core.configs import AppConfig
from app.core.configs.events import EventsConfig
from tests.core.message_brokers.sandbox import TOPIC, read_notes
from tests.fixtures.events import wait_until


async def wait_for_notes(engine: AsyncEngine, *lines: str) -> None:
    """Wait until these were written, in any order, or until no consumer has anything left to do."""

    async def are_there() -> bool:
        return set(await read_notes(engine)) >= set(lines) or await is_all_handled()

    with suppress(TimeoutError):
        await wait_until(are_there)
    found = sorted(await read_notes(engine))
    assert found == sorted(lines), f"{found} is written, and {sorted(lines)} should be"


async def is_all_handled() -> bool:
    """Tell whether everything that was published is acknowledged."""
    async with Redis.from_url(AppConfig().redis_url) as redis:
        return all([await is_handled(redis, key) for key in EventsConfig().stream_keys(TOPIC)])


async def is_handled(redis: Redis, stream: str) -> bool:
    """Tell whether the group was given all of a stream, and has nothing of it in hand."""
    groups: Any = await redis.xinfo_groups(stream) if await redis.exists(stream) else []
    last: Any = (await redis.xinfo_stream(stream))["last-generated-id"] if groups else None
    return bool(groups) and all(
        (group["pending"], group["last-delivered-id"]) == (0, last) for group in groups
    )
