"""What is kept, under which name, for how long."""

import asyncio
import logging
import pickle
import secrets
from typing import Any

import pytest
from dishka import AsyncContainer
from pydantic import JsonValue
from redis.asyncio import Redis

from app.core.configs.cache import CacheConfig
from app.core.di import create_container
from app.core.services.cache import AiocacheService, CacheServiceInterface

VALUES: list[JsonValue] = ["text", "é\x00🐎", 1, 1.5, True, [1, [2]], {"a": {"b": None}}, "", 0, []]


@pytest.mark.parametrize("value", VALUES, ids=repr)
async def test_value_comes_back(cache: AiocacheService, value: JsonValue) -> None:
    """Whatever JSON can write."""
    await cache.set(key="key", value=value, ttl=60)
    assert await cache.get("key") == value


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"bytes", float("nan"), {"a": float("inf")}], ids=str
)
async def test_other_values_are_refused(
    cache: AiocacheService,
    value: Any,  # noqa: ANN401 - what the type checker refuses too
) -> None:
    """It is a mistake of the caller, so it is not swallowed."""
    with pytest.raises((TypeError, ValueError), match="JSON"):
        await cache.set("key", value)
    assert await cache.get("key") is None


class Trap:
    """Goes off when it is unpickled."""

    sprung = False

    def __reduce__(self) -> tuple[Any, ...]:
        """Tell pickle to call a function."""
        return (spring, ())


def spring() -> None:
    """Go off."""
    Trap.sprung = True


POISON = [pickle.dumps(Trap()), b"\x80\x04", b"{", b"", b"[" * 100_000, b"NaN", b"\xff\xfe1"]


@pytest.mark.parametrize("poison", POISON, ids=lambda poison: repr(poison[:8]))
async def test_poison_is_not_swallowed(
    cache: AiocacheService,
    cache_config: CacheConfig,
    redis: Redis,
    caplog: pytest.LogCaptureFixture,
    poison: bytes,
) -> None:
    """What is no JSON counts as nothing, is never unpickled, and gives way to a real value."""
    name = f"{cache_config.CACHE_NAMESPACE}:key"
    await redis.set(name, poison, ex=60)
    with caplog.at_level(logging.WARNING):
        assert await cache.get("key") is None

        async def compute() -> bytes:
            return b'"real"'

        assert await cache.get_or_compute("key", compute) == b'"real"'
    assert "does not hold JSON" in caplog.text
    assert not Trap.sprung
    assert await redis.get(name) == b'"real"'


def test_the_trap_works() -> None:
    """So the test above would notice."""
    pickle.loads(pickle.dumps(Trap()))  # noqa: S301 - our own
    assert Trap.sprung
    Trap.sprung = False


async def test_key_of_another_kind_counts_as_nothing(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis
) -> None:
    """Somebody made a list of it; the value is computed each time."""
    await redis.lpush(f"{cache_config.CACHE_NAMESPACE}:key", "item")
    assert await cache.get("key") is None

    async def compute() -> bytes:
        return b"1"

    assert await cache.get_or_compute("key", compute) == b"1"


async def test_redis_holds_json_under_the_namespace(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis
) -> None:
    """Another program can read it, and two apps that share one Redis do not meet."""
    await cache.set("key", {"a": 1}, ttl=60)
    assert await redis.get(f"{cache_config.CACHE_NAMESPACE}:key") == b'{"a":1}'
    other = AiocacheService(redis, cache_config.model_copy(update={"CACHE_NAMESPACE": "other"}))
    assert await other.get("key") is None


async def test_every_key_has_an_end(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis
) -> None:
    """The one that the caller names, or the one in the settings."""
    await cache.set("short", 1, ttl=7)
    await cache.set("usual", 1)

    async def compute() -> bytes:
        return b"1"

    await cache.get_or_compute("computed", compute, ttl=7)
    ends = [
        await redis.pttl(f"{cache_config.CACHE_NAMESPACE}:{key}")
        for key in ("short", "usual", "computed")
    ]
    assert 6000 < ends[0] <= 7000
    assert 59_000 < ends[1] <= 60_000
    assert 6000 < ends[2] <= 7000


async def test_value_is_gone_after_its_time(cache: AiocacheService) -> None:
    """Redis forgets it by itself."""
    await cache.set("key", 1, ttl=1)
    assert await cache.get("key") == 1
    for _ in range(150):
        if await cache.get("key") is None:
            break
        await asyncio.sleep(0.02)
    assert await cache.get("key") is None


@pytest.mark.parametrize("ttl", [0, -1])
async def test_no_time_at_all_is_a_mistake(cache: AiocacheService, ttl: int) -> None:
    """Redis would refuse it, and that would look like a Redis that is down."""

    async def compute() -> bytes:
        pytest.fail("computed")

    with pytest.raises(ValueError, match="at least 1 second"):
        await cache.set("key", 1, ttl=ttl)
    with pytest.raises(ValueError, match="at least 1 second"):
        await cache.get_or_compute("key", compute, ttl=ttl)


async def test_deleted_value_is_gone(cache: AiocacheService) -> None:
    """And what never was can be deleted too."""
    await cache.set("key", 1)
    for _ in range(2):
        await cache.delete("key")
    assert await cache.get("key") is None


async def test_clear_takes_what_begins_so(cache: AiocacheService) -> None:
    """Characters that mean something to Redis mean themselves; without a prefix, all goes."""
    keys = ["a:1", "a:2", "b:1", "a*:1", "[a]:1", "a\\:1"]
    for key in keys:
        await cache.set(key, key)
    for prefix, left in (("a:", keys[2:]), ("a*", [keys[2], *keys[4:]]), ("[a]", ["b:1", "a\\:1"])):
        await cache.clear(prefix)
        assert [key for key in keys if await cache.get(key)] == left
    await cache.clear()
    assert [key for key in keys if await cache.get(key)] == []


async def test_clear_leaves_other_namespaces_alone(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis
) -> None:
    """Also one that begins like ours."""
    longer = f"{cache_config.CACHE_NAMESPACE}{secrets.token_hex(2)}"
    other = AiocacheService(redis, cache_config.model_copy(update={"CACHE_NAMESPACE": longer}))
    await other.set("key", 1)
    await cache.clear()
    assert await other.get("key") == 1
    await other.clear()


async def test_clear_takes_thousands(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis
) -> None:
    """In portions."""
    names = [f"{cache_config.CACHE_NAMESPACE}:many:{number}" for number in range(3000)]
    await redis.mset(dict.fromkeys(names, "1"))
    await cache.clear("many:")
    assert await redis.exists(*names) == 0


async def test_one_client_per_process_is_closed_with_the_container() -> None:
    """The cache connects through the client of the container, and leaves nothing open."""
    container: AsyncContainer = create_container()
    cache: CacheServiceInterface = await container.get(CacheServiceInterface)
    redis = await container.get(Redis)
    await cache.set("key", 1, ttl=1)
    connection = await redis.connection_pool.get_connection()  # type: ignore[no-untyped-call]  # redis-py's
    await redis.connection_pool.release(connection)
    assert connection.is_connected
    await container.close()
    assert not connection.is_connected
