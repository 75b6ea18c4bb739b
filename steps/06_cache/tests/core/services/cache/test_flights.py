"""One computation for all who ask at once; and when there must be another."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from redis.asyncio import Redis

from app.core.configs.cache import CacheConfig
from app.core.services.cache import AiocacheService
from app.core.services.cache.flights import Flights
from app.core.services.cache.leases import LIFETIME, MARK, Lease, Leases
from tests.fixtures.redis import create_patient_redis

CLIENTS = 50


@dataclass
class Computation:
    """Counts how often it is run, and ends when it is told to."""

    runs: int = 0
    started: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    error: BaseException | None = None

    async def __call__(self) -> bytes:
        """Give the number of the run."""
        self.runs += 1
        number = self.runs
        self.started.set()
        await self.may_end.wait()
        if self.error:
            raise self.error
        return str(number).encode()


@pytest.fixture
def computation() -> Computation:
    """Make one."""
    return Computation()


def twin(redis: Redis, config: CacheConfig) -> AiocacheService:
    """Make a cache as another process has it, which knows nothing of the first one's flights."""
    return AiocacheService(redis, config)


async def ask(
    cache: AiocacheService, computation: Callable[[], Awaitable[bytes]], clients: int = CLIENTS
) -> list[asyncio.Task[bytes]]:
    """Ask many times at once, and wait until all have found out that nothing is kept."""
    tasks = [asyncio.create_task(cache.get_or_compute("key", computation)) for _ in range(clients)]
    for _ in range(5):
        await cache.get("fence")  # comes back after what was sent before it, however busy all is
        await asyncio.sleep(0.05)
    return tasks


async def test_misses_at_once_compute_once(
    cache: AiocacheService, computation: Computation
) -> None:
    """All get the same answer, and so does whoever comes later."""
    tasks = await ask(cache, computation)
    computation.may_end.set()
    assert await asyncio.gather(*tasks) == [b"1"] * CLIENTS
    assert await cache.get_or_compute("key", computation) == b"1"
    assert computation.runs == 1


async def test_another_process_waits_too(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """The lease is in Redis."""
    tasks = await ask(cache, computation, 1)
    tasks += await ask(twin(redis, cache_config), computation)
    computation.may_end.set()
    assert await asyncio.gather(*tasks) == [b"1"] * (CLIENTS + 1)


async def test_those_who_wait_for_another_process_ask_redis_as_one(
    mortal_redis: Any,  # noqa: ANN401 - the package ships no types
    cache_config: CacheConfig,
    computation: Computation,
) -> None:
    """Otherwise the wait itself would be a load; nobody else asks this Redis."""
    redis = create_patient_redis(f"redis://127.0.0.1:{mortal_redis.port}/0")
    (leader,) = await ask(twin(redis, cache_config), computation, 1)
    tasks = await ask(twin(redis, cache_config), computation)
    before = (await redis.info("commandstats"))["cmdstat_get"]["calls"]
    await asyncio.sleep(0.1)
    asked = (await redis.info("commandstats"))["cmdstat_get"]["calls"] - before
    assert 0 < asked < CLIENTS / 2
    computation.may_end.set()
    assert await asyncio.gather(leader, *tasks) == [b"1"] * (CLIENTS + 1)
    await redis.aclose()


async def test_different_keys_do_not_wait_for_each_other(
    cache: AiocacheService, computation: Computation
) -> None:
    """One that hangs stops nobody else."""
    (hanging,) = await ask(cache, computation, 1)

    async def compute() -> bytes:
        return b"2"

    assert await cache.get_or_compute("other", compute) == b"2"
    computation.may_end.set()
    await hanging


async def test_dead_process_delays_nobody_for_long(
    cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """Its lease stays behind; after a moment, one of those who wait computes, and all is well."""
    name = f"{cache_config.CACHE_NAMESPACE}:key"
    await redis.set(name, MARK + b"dead", px=int(LIFETIME * 1000))
    cache = twin(redis, cache_config.model_copy(update={"CACHE_PATIENCE": 0.5}))
    computation.may_end.set()
    started = time.monotonic()
    bodies = await asyncio.gather(
        *(cache.get_or_compute("key", computation) for _ in range(CLIENTS))
    )
    assert bodies == [b"1"] * CLIENTS
    assert 0.5 <= time.monotonic() - started < 2.5
    assert await redis.get(name) == b"1"
    await redis.delete(name)


async def test_slow_process_that_counted_as_dead_spoils_nothing(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """Somebody else's value is there when it comes; that one stays."""
    (slow,) = await ask(cache, computation, 1)
    quick = twin(redis, cache_config.model_copy(update={"CACHE_PATIENCE": 0.1}))

    async def compute() -> bytes:
        return b'"quick"'

    assert await quick.get_or_compute("key", compute) == b'"quick"'
    computation.may_end.set()
    assert await slow == b"1"
    assert await cache.get("key") == "quick"


class DawdlingLeases(Leases):
    """Takes a lease, and does nothing with it for a moment."""

    async def look(self, key: str) -> bytes | Lease:
        """Let others see the mark before its holder does."""
        found = await super().look(key)
        if isinstance(found, Lease) and found.is_mine:
            await asyncio.sleep(0.2)
        return found


async def test_lease_can_be_seen_before_its_holder_flies(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """Others of the same process take it for another's, wait, and get the same answer."""
    flights = Flights(DawdlingLeases(redis, cache_config.CACHE_TIMEOUT), patience=30)
    name = f"{cache_config.CACHE_NAMESPACE}:key"
    computation.may_end.set()
    bodies = await asyncio.gather(
        *(flights.get_or_compute(name, computation, 60) for _ in range(CLIENTS))
    )
    assert bodies == [b"1"] * CLIENTS
    assert await cache.get("key") == 1


async def test_crowds_in_two_processes_again_and_again(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis
) -> None:
    """Whoever comes at whichever moment: one computation for each deletion, and no error."""
    caches = [cache, twin(redis, cache_config)]
    for round_number in range(20):
        computed: list[int] = []

        async def compute(number: int = round_number, computed: list[int] = computed) -> bytes:
            computed.append(number)
            await asyncio.sleep(0)
            return str(number).encode()

        bodies = await asyncio.gather(
            *(caches[n % 2].get_or_compute("key", compute) for n in range(CLIENTS))
        )
        assert bodies == [str(round_number).encode()] * CLIENTS
        assert len(computed) == 1
        await cache.delete("key")


async def test_lease_ends_by_itself(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """However its holder ends."""
    (task,) = await ask(cache, computation, 1)
    remaining = await redis.pttl(f"{cache_config.CACHE_NAMESPACE}:key")
    assert 0 < remaining <= LIFETIME * 1000
    computation.may_end.set()
    await task


async def test_lease_is_no_value(cache: AiocacheService, computation: Computation) -> None:
    """`get` finds nothing while somebody computes."""
    (task,) = await ask(cache, computation, 1)
    assert await cache.get("key") is None
    computation.may_end.set()
    await task
    assert await cache.get("key") == 1


async def test_what_was_read_before_a_deletion_is_not_kept(
    cache: AiocacheService, computation: Computation
) -> None:
    """The reader read, the writer committed and deleted the key, and then the reader stores."""
    (reader,) = await ask(cache, computation, 1)
    await cache.delete("key")
    computation.may_end.set()
    assert await reader == b"1"
    assert await cache.get("key") is None
    assert await cache.get_or_compute("key", computation) == b"2"


async def test_who_asks_after_a_deletion_gets_nothing_older(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """Not even from a computation that is still under way, here or in another process."""
    (old,) = await ask(cache, computation, 1)
    await cache.delete("key")
    new = await ask(cache, computation)
    new += await ask(twin(redis, cache_config), computation)
    computation.may_end.set()
    assert await asyncio.gather(old, *new) == [b"1"] + [b"2"] * 2 * CLIENTS
    assert await cache.get("key") == 2


class OwnError(Exception):
    """Somebody's own."""


@pytest.mark.parametrize("error", [None, OwnError()], ids=["reads", "fails"])
@pytest.mark.parametrize("meanwhile", ["deletes", "clears", "sets"])
async def test_late_reader_spoils_nothing(
    cache: AiocacheService, computation: Computation, meanwhile: str, error: Exception | None
) -> None:
    """It neither brings back what was forgotten nor removes what was set."""
    (reader,) = await ask(cache, computation, 1)
    if meanwhile == "deletes":
        await cache.delete("key")
    elif meanwhile == "clears":
        await cache.clear("k")
    else:
        await cache.set("key", "newer")
    computation.error = error
    computation.may_end.set()
    await asyncio.wait([reader])
    assert reader.exception() is error
    assert await cache.get("key") == ("newer" if meanwhile == "sets" else None)


@pytest.mark.parametrize("error", [OwnError("a"), ConnectionError("b"), TimeoutError("c")])
async def test_error_passes_unchanged_and_is_not_kept(
    cache: AiocacheService, computation: Computation, error: Exception
) -> None:
    """Also one that Redis might have raised; it is raised once, and the next one tries again."""
    computation.may_end.set()
    computation.error = error
    with pytest.raises(type(error)) as caught:
        await cache.get_or_compute("key", computation)
    assert caught.value is error
    assert computation.runs == 1
    assert await cache.get("key") is None
    computation.error = None
    assert await cache.get_or_compute("key", computation) == b"2"


async def test_error_of_one_is_not_the_others(
    cache: AiocacheService, computation: Computation
) -> None:
    """Those who waited compute by themselves, all at once: nobody queues for the next error."""
    computation.error = OwnError()
    (failing,) = await ask(cache, computation, 1)
    together = asyncio.Barrier(CLIENTS)

    async def compute() -> bytes:
        await together.wait()
        return b"2"

    tasks = await ask(cache, compute)
    computation.may_end.set()
    with pytest.raises(OwnError):
        await failing
    async with asyncio.timeout(LIFETIME / 2):
        assert await asyncio.gather(*tasks) == [b"2"] * CLIENTS


async def test_cancelled_waiter_breaks_nobody(
    cache: AiocacheService, computation: Computation
) -> None:
    """A client hung up; the computation and the others go on."""
    tasks = await ask(cache, computation)
    waiter = tasks[-1]
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    computation.may_end.set()
    assert await asyncio.gather(*tasks[:-1]) == [b"1"] * (CLIENTS - 1)


async def test_cancelled_leader_hands_over(
    cache: AiocacheService, computation: Computation
) -> None:
    """One of those who waited computes, and the others wait for that one."""
    (leader,) = await ask(cache, computation, 1)
    tasks = await ask(cache, computation)
    await computation.started.wait()
    leader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leader
    await asyncio.sleep(0.2)
    computation.may_end.set()
    assert await asyncio.gather(*tasks) == [b"2"] * CLIENTS
    assert computation.runs == 2


async def test_cancelled_watcher_breaks_nobody(
    cache: AiocacheService, cache_config: CacheConfig, redis: Redis, computation: Computation
) -> None:
    """The one that looks at Redis for all who wait for another process hung up."""
    (leader,) = await ask(cache, computation, 1)
    other = twin(redis, cache_config)
    (watcher,) = await ask(other, computation, 1)
    tasks = [asyncio.create_task(other.get_or_compute("key", computation)) for _ in range(CLIENTS)]
    await asyncio.sleep(0.05)
    watcher.cancel()
    await asyncio.sleep(0)
    computation.may_end.set()
    assert await asyncio.gather(leader, *tasks) == [b"1"] * (CLIENTS + 1)
