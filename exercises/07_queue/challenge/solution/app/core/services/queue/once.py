"""Work that must not be done twice, in tasks that may run twice."""

# ruff: noqa: INP001 - laid into a package of the app

import secrets
from collections.abc import Awaitable, Callable

from redis.asyncio import Redis

DONE = "done"

REPLACE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
"""
"""Only whoever holds the key may put something in its place, or nothing."""


class StillRunningError(Exception):
    """Somebody else does this work now."""


async def run_once(
    redis: Redis, key: str, work: Callable[[], Awaitable[None]], *, lease: float, remember: float
) -> bool:
    """Do the work unless it was done.

    Args:
        redis: where it is remembered.
        key: what the work is about.
        work: what to do.
        lease: seconds after which whoever began it counts as killed.
        remember: seconds during which a second run is refused.

    Raises:
        StillRunningError: somebody else is at it.

    """
    mine = f"running:{secrets.token_hex(8)}"
    if not await redis.set(key, mine, nx=True, px=int(lease * 1000)):
        if await redis.get(key) == DONE.encode():
            return False
        raise StillRunningError(key)
    replace = redis.register_script(REPLACE)
    try:
        await work()
    except BaseException:
        await replace(keys=[key], args=[mine, "", 0])
        raise
    await replace(keys=[key], args=[mine, DONE, int(remember * 1000)])
    return True
