"""What becomes of tasks that fail."""

import json
import logging
from typing import Any

import pytest
from redis.asyncio import Redis
from sqlalchemy import URL

from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.services.queue import QueueService
from app.core.services.queue.dead_letters import MOST_LETTERS, DeadLetters, make_placeholder
from app.core.services.queue.delayed_tasks import DelayedTasks
from app.core.services.queue.exceptions import DeadLetterError, UnreadableTaskError
from app.core.services.queue.retry_middleware import RetryMiddleware, with_tries
from tests.core.services.queue.sandbox import (
    Fail,
    FailWithSecret,
    Journal,
    NeedRoom,
    NeedServer,
    SpoilAndFail,
    TakeTime,
    init_sandbox_worker,
)
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.queue import wait_until, work


async def wait_for_letter(dead_letters: DeadLetters) -> None:
    """Wait until a task was given up."""

    async def has_one() -> bool:
        return len(await dead_letters.read()) == 1

    await wait_until(has_one)


async def test_task_is_tried_again_later_each_time_then_given_up(
    service: QueueService,
    journal: Journal,
    dead_letters: DeadLetters,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """After the last try it is a dead letter, with its arguments, the error and the time."""
    await service.push(task=Fail, data={"message": "no luck"})
    with caplog.at_level(logging.WARNING):
        async with work(init_sandbox_worker()):
            await wait_for_letter(dead_letters)
    assert await journal.read() == ["try 0", "try 1", "try 2"]
    (letter,) = await dead_letters.read()
    assert (letter.message.task_name, letter.message.kwargs) == (
        "sandbox.fail",
        {"message": "no luck"},
    )
    assert letter.error == "RuntimeError: no luck"
    delays = [text for text in caplog.messages if "next in" in text]
    assert ["next in 0.2 s" in delays[0], "next in 0.4 s" in delays[1]] == [True, True]
    assert "dependency teardown" not in caplog.text


async def test_database_that_is_full_costs_no_try(
    service: QueueService,
    journal: Journal,
    dead_letters: DeadLetters,
    database_url: URL,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is given up while it lasts, even with a single try."""
    monkeypatch.setenv("QUEUE_MAX_TRIES", "1")
    await service.push(task=NeedRoom)
    async with work(init_sandbox_worker(app_config, RunDatabaseProvider(database_url))):
        await wait_until(lambda: journal.has("tried", "tried", "tried", "done"))
    assert await dead_letters.read() == []


async def test_server_that_is_away_costs_no_try(
    service: QueueService,
    journal: Journal,
    dead_letters: DeadLetters,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whichever server it is: its error says so. The log tells of each wait."""
    monkeypatch.setenv("QUEUE_MAX_TRIES", "1")
    await service.push(task=NeedServer, data={"until": 3})
    async with work(init_sandbox_worker()):
        await wait_until(lambda: journal.has("tried", "tried", "tried", "done"))
    assert await dead_letters.read() == []
    first, _ = [message for message in caplog.messages if "waits for a server" in message]
    assert "next try in 0.2 s: UnavailableError: The server is away." in first


async def test_server_that_stays_away_is_given_up(
    service: QueueService,
    journal: Journal,
    dead_letters: DeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not before the time of the settings; whoever retries the letter gives it that time again."""
    monkeypatch.setenv("QUEUE_MAX_TRIES", "1")
    monkeypatch.setenv("QUEUE_MAX_OUTAGE", "0.5")
    await service.push(task=NeedServer, data={"until": 1000})
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
        (letter,) = await dead_letters.read()
        tried = len(await journal.read())
        await dead_letters.retry(letter.id)
        await wait_for_letter(dead_letters)
    assert letter.error == "UnavailableError: The server is away."
    assert tried >= 2
    assert len(await journal.read()) >= tried + 2


def test_failure_ends_the_wait_for_a_server() -> None:
    """It has answered: another outage, tomorrow, is another one."""
    message = make_placeholder("1")
    waiting = message.model_copy(update={"labels": {"waits_since": 1.5, "request_id": "a"}})
    assert with_tries(waiting, 2).labels == {"request_id": "a", "tries": 2}


@pytest.mark.parametrize(
    ("most", "pauses"),
    [(3600.0, [5.0, 5.0, 60.0, 299.0, 300.0]), (30.0, [5.0, 5.0, 30.0, 30.0, 30.0])],
)
def test_waits_for_a_server_grow_with_its_absence(
    queue: QueueConfig, redis: Redis, most: float, pauses: list[float]
) -> None:
    """Who has waited for a minute waits for another; nobody for more than five."""
    config = queue.model_copy(update={"QUEUE_RETRY_DELAY": 5.0, "QUEUE_MAX_RETRY_DELAY": most})
    retries = RetryMiddleware(config, DelayedTasks(redis, config), DeadLetters(redis, config))
    waited = (-7200.0, 0.0, 60.0, 299.0, 80_000.0)
    assert [retries.get_pause(seconds) for seconds in waited] == pauses


async def test_wait_for_another_try_survives_every_process(
    service: QueueService, journal: Journal, queue: QueueConfig, redis: Redis
) -> None:
    """It is in Redis, and nowhere else: a worker that starts later goes on."""
    await service.push(task=Fail, data={"message": "no luck"})

    async def is_delayed() -> bool:
        return await redis.zcard(queue.delayed_key) == 1

    async with work(init_sandbox_worker()):
        await wait_until(is_delayed)
    assert await redis.xlen(queue.tasks_key) == 0
    before = len(await journal.read())
    async with work(init_sandbox_worker()):
        await wait_until(lambda: has_more(journal, before))


async def has_more(journal: Journal, than: int) -> bool:
    """Tell whether a line was added."""
    return len(await journal.read()) > than


async def test_task_that_takes_too_long_is_cancelled(
    service: QueueService,
    journal: Journal,
    dead_letters: DeadLetters,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It fails like others: no second worker begins while the first one is still at it."""
    monkeypatch.setenv("QUEUE_TASK_TIMEOUT", "0.3")
    await service.push(task=TakeTime, data={"seconds": 60})
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
    assert await journal.read() == ["started"] * 3
    (letter,) = await dead_letters.read()
    assert letter.error == "TimeoutError"


async def test_every_try_is_given_the_same(
    service: QueueService, journal: Journal, dead_letters: DeadLetters
) -> None:
    """What a try does to its arguments, or taskiq to their types, is forgotten with it."""
    given = {"items": [1, 2], "since": "2026-01-01T00:00:00Z"}
    await service.push(task=SpoilAndFail, data=given)
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
    assert await journal.read() == ["[1, 2] 2026"] * 3
    (letter,) = await dead_letters.read()
    assert (letter.message.kwargs, letter.error) == (given, "RuntimeError")


async def test_dead_letter_holds_no_secrets(
    service: QueueService, dead_letters: DeadLetters, redis: Redis, queue: QueueConfig
) -> None:
    """Neither in the arguments nor in the error; so it cannot be retried."""
    login = {"password": "hush-hush", "pin": "1234"}
    await service.push(task=FailWithSecret, data={"name": "ada", "login": login})
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
    (letter,) = await dead_letters.read()
    assert letter.message.kwargs == {"name": "ada", "login": "***"}
    assert letter.error == "RuntimeError: ada cannot log in with ***"
    stored: Any = await redis.xrange(queue.dead_letters_key)
    assert "hush-hush" not in str(stored)
    with pytest.raises(DeadLetterError, match="login nothing was kept"):
        await dead_letters.retry(letter.id)
    assert len(await dead_letters.read()) == 1


async def test_oldest_letters_make_room(
    dead_letters: DeadLetters, redis: Redis, queue: QueueConfig
) -> None:
    """Nobody reads ten thousand of them, and Redis has to keep them all in memory."""
    message = make_placeholder("1")
    async with redis.pipeline(transaction=False) as pipe:
        for _ in range(MOST_LETTERS + 500):
            pipe.xadd(queue.dead_letters_key, {"message": "", "error": ""})
        await pipe.execute()
    await dead_letters.park(message, UnreadableTaskError())
    # Redis cuts whole blocks of a hundred.
    assert MOST_LETTERS <= await redis.xlen(queue.dead_letters_key) <= MOST_LETTERS + 100


async def test_retried_letter_is_queued_once(
    service: QueueService, journal: Journal, dead_letters: DeadLetters
) -> None:
    """It has all its tries again, and a second retry finds no letter."""
    await service.push(task=Fail, data={"message": "no luck"})
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
        (letter,) = await dead_letters.read()
        await dead_letters.retry(letter.id)
        with pytest.raises(DeadLetterError, match="no dead letter"):
            await dead_letters.retry(letter.id)
        await wait_for_letter(dead_letters)
    assert await journal.read() == ["try 0", "try 1", "try 2"] * 2


async def test_unknown_task_waits_for_a_worker_that_knows_it(
    redis: Redis, queue: QueueConfig, dead_letters: DeadLetters
) -> None:
    """While versions change, the task of a new one must not be thrown away by an old one."""
    message = {"task_id": "1", "task_name": "from.the.future", "labels": {}, "args": []}
    await redis.xadd(queue.tasks_key, {"data": json.dumps({**message, "kwargs": {"a": 1}})})
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
    (letter,) = await dead_letters.read()
    assert letter.message.kwargs == {"a": 1}
    assert letter.error.startswith("UnknownTaskError: no worker knows this task")


@pytest.mark.parametrize("fields", [{"data": "nonsense"}, {"data": b"\xff\xfe"}, {"other": "x"}])
async def test_what_is_no_task_is_parked(
    redis: Redis,
    queue: QueueConfig,
    dead_letters: DeadLetters,
    fields: dict[Any, Any],
) -> None:
    """It is seen, stops nobody, and cannot be retried."""
    await redis.xadd(queue.tasks_key, fields)
    async with work(init_sandbox_worker()):
        await wait_for_letter(dead_letters)
    assert await redis.xlen(queue.tasks_key) == 0
    (letter,) = await dead_letters.read()
    assert letter.error.startswith("UnreadableTaskError")
    with pytest.raises(DeadLetterError, match="nobody knows what it was"):
        await dead_letters.retry(letter.id)


def test_settings_leave_time_to_finish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a slow task would run in two places at once."""
    monkeypatch.setenv("QUEUE_TASK_TIMEOUT", "60")
    with pytest.raises(ValueError, match="QUEUE_REDELIVER_AFTER must be greater"):
        QueueConfig()


def test_longest_delay_bounds_the_doubling(queue: QueueConfig, redis: Redis) -> None:
    """Also after more tries than a number can double."""
    config = queue.model_copy(update={"QUEUE_RETRY_DELAY": 5.0, "QUEUE_MAX_RETRY_DELAY": 60.0})
    retries = RetryMiddleware(config, DelayedTasks(redis, config), DeadLetters(redis, config))
    delays = [retries.get_delay(tries) for tries in (1, 2, 3, 4, 5, 6, 10_000)]
    assert delays == [5.0, 10.0, 20.0, 40.0, 60.0, 60.0, 60.0]
