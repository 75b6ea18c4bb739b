"""The Redis client: one per process."""

from redis.asyncio import BlockingConnectionPool, Redis

TIMEOUT = 0.5
"""Seconds to wait for a connection or an answer; Redis itself needs less than one millisecond."""

CONNECTIONS = 16
"""More would not be faster; without a bound, a rush of requests opens a connection for each."""


def create_redis(url: str) -> Redis:
    """Make a client that gives up soon: a dead Redis must not make every request slow.

    On a pool of one's own, redis-py tries once; a client made without one would try ten times.
    Nothing is connected until the first command. The caller owns it and must ``await aclose()``.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=CONNECTIONS,
        timeout=TIMEOUT,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
    )
    return Redis.from_pool(pool)
