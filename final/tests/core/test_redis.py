"""The Redis client."""

import asyncio
from typing import Any

from app.core.redis import CONNECTIONS, create_redis


async def test_rush_opens_few_connections(mortal_redis: Any) -> None:  # noqa: ANN401 - it has no types
    """What comes meanwhile waits for one of them."""
    redis = create_redis(f"redis://127.0.0.1:{mortal_redis.port}/0")
    await asyncio.gather(*(redis.ping() for _ in range(4 * CONNECTIONS)))
    assert (await redis.info("clients"))["connected_clients"] == CONNECTIONS
    await redis.aclose()
