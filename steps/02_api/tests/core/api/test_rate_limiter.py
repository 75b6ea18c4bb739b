"""The budget: whose it is, what it is for, when it is full again."""

import asyncio
import time

import httpx
import pytest
from fastapi import FastAPI
from pyrate_limiter import Rate, RateItem, RedisStateStore, StateBucket
from redis.asyncio import Redis

from app.core.api.rate_limiter import ConfigurableRateLimiter, RedisClockGCRA
from app.core.configs.rate_limiter import RateLimiterConfig
from tests.core.api.limited import BUDGET, make_limited_app
from tests.fixtures.client import call


@pytest.fixture
def limited(redis: Redis, limits: RateLimiterConfig) -> FastAPI:
    """Make the app with budgets that nobody has touched."""
    app = make_limited_app(limits)
    app.state.redis = redis
    return app


async def statuses(client: httpx.AsyncClient, *paths: str) -> list[int]:
    """Call one path after the other."""
    return [(await client.get(path)).status_code for path in paths]


async def test_budget_is_exact_for_requests_at_once(limited: FastAPI) -> None:
    """So many pass, and not one more."""
    async with call(limited) as client:
        answers = await asyncio.gather(*(client.get("/limited/one") for _ in range(3 * BUDGET)))
    assert sum(answer.status_code == 200 for answer in answers) == BUDGET


async def test_refusal_says_what_and_when(limited: FastAPI) -> None:
    """A problem with its own code, and the seconds until the next request."""
    async with call(limited) as client:
        await client.get("/limited/two")
        answer = await client.get("/limited/two")
    assert (answer.status_code, answer.json()["code"]) == (429, "rate_limited")
    assert answer.json()["detail"] == "At most 1 requests in 3600 seconds."
    assert 3590 < int(answer.headers["retry-after"]) <= 3600


async def test_retry_after_is_true(limited: FastAPI) -> None:
    """Whoever waits as long as told gets through, and whoever does not, does not."""
    async with call(limited) as client:
        assert await statuses(client, "/limited/soon") == [200]
        started = time.monotonic()
        refused = await client.get("/limited/soon")
        assert int(refused.headers["retry-after"]) == 1
        await asyncio.sleep(0.5)
        assert await statuses(client, "/limited/soon") == [429]
        await asyncio.sleep(started + 1 - time.monotonic())
        assert await statuses(client, "/limited/soon") == [200]


async def test_every_client_has_a_budget(limited: FastAPI) -> None:
    """One that spent its own does not stop another."""
    async with call(limited) as one, call(limited, address="203.0.113.8") as two:
        assert await statuses(one, "/limited/two", "/limited/two") == [200, 429]
        assert await statuses(two, "/limited/two") == [200]


async def test_every_route_and_method_has_a_budget(limited: FastAPI) -> None:
    """One that is spent does not stop another."""
    async with call(limited) as client:
        assert await statuses(client, "/limited/two", "/limited/two") == [200, 429]
        assert (await client.post("/limited/two")).status_code == 200
        assert await statuses(client, "/limited/one") == [200]


async def test_paths_of_one_route_share_a_budget(limited: FastAPI) -> None:
    """Else a client would get a new budget with every id; a wrong one costs, too."""
    async with call(limited) as client:
        assert await statuses(client, "/limited/items/x", "/limited/items/2") == [422, 429]


async def test_forged_header_is_no_way_out(limited: FastAPI) -> None:
    """Nobody is a trusted proxy unless the settings say so."""
    async with call(limited) as client:
        for number in range(3):
            forged = {"X-Forwarded-For": f"198.51.100.{number}"}
            answer = await client.get("/limited/two", headers=forged)
    assert answer.status_code == 429


async def test_trusted_proxy_brings_clients(redis: Redis, limits: RateLimiterConfig) -> None:
    """Each client behind it has its own budget, and can't forge another."""
    app = make_limited_app(limits.model_copy(update={"TRUSTED_PROXIES": trust("10.0.0.0/8")}))
    app.state.redis = redis
    forwarded = ("198.51.100.1", "198.51.100.2", "198.51.100.9, 198.51.100.2")
    async with call(app, address="10.0.0.1") as proxy:
        got = [
            (await proxy.get("/limited/two", headers={"X-Forwarded-For": hops})).status_code
            for hops in forwarded
        ]
    assert got == [200, 200, 429]


def trust(networks: str) -> object:
    """Read the setting as it stands in the environment."""
    return RateLimiterConfig.model_validate({"TRUSTED_PROXIES": networks}).TRUSTED_PROXIES


async def test_switched_off_nothing_is_counted(redis: Redis, limits: RateLimiterConfig) -> None:
    """No refusal, and no key in Redis."""
    app = make_limited_app(limits.model_copy(update={"RATE_LIMITER_ENABLED": False}))
    app.state.redis = redis
    async with call(app) as client:
        assert await statuses(client, *["/limited/two"] * 3) == [200] * 3
    assert not [key async for key in redis.scan_iter(f"{limits.RATE_LIMITER_PREFIX}:*")]


async def test_counters_vanish_by_themselves(
    limited: FastAPI, redis: Redis, limits: RateLimiterConfig
) -> None:
    """One key per client and route, whose life is bounded by the rate."""
    async with call(limited) as client:
        await statuses(client, *["/limited/soon"] * 3)
    (key,) = [key async for key in redis.scan_iter(f"{limits.RATE_LIMITER_PREFIX}:*")]
    assert key.decode().endswith(":GET:tests.core.api.limited.get_soon:1/1:203.0.113.7")
    assert 0 < await redis.pttl(key) <= 2000


async def test_clock_is_that_of_redis(redis: Redis, limits: RateLimiterConfig) -> None:
    """A machine whose clock is an hour ahead gets no new budget."""
    key = f"{limits.RATE_LIMITER_PREFIX}:clock"
    now = time.time_ns() // 1_000_000
    for timestamp, expected in ((now, True), (now + 3_600_000, False)):
        bucket = StateBucket([Rate(1, 60_000)], RedisClockGCRA(), RedisStateStore(redis, key))
        decision = bucket.put_decision(RateItem(key, timestamp))
        assert (await decision).allowed is expected  # type: ignore[misc]  # the client is async


@pytest.mark.parametrize(("times", "seconds"), [(0, 1), (-1, 1), (1, 0)])
def test_rate_that_lets_nobody_through_is_a_mistake(times: int, seconds: int) -> None:
    """It is found when the route is declared, not by the first client."""
    with pytest.raises(ValueError, match="at least 1 time in 1 second"):
        ConfigurableRateLimiter(times=times, seconds=seconds)
