"""``python -m app.dead_events``."""

import subprocess
import sys
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from app.core.configs.events import EventsConfig
from app.core.message_brokers.dead_events import DATA, DeadEvent, DeadEvents
from app.core.message_brokers.event_stream import Delivery, EventStream
from app.core.message_brokers.exceptions import ConsumerLostError, ForgottenEventError
from app.dead_events import main, run
from tests.core.message_brokers.conftest import Publish
from tests.core.message_brokers.sandbox import TOPIC, make


@pytest.fixture
async def delivery(redis: Redis, events: EventsConfig) -> Delivery:
    """Take an event, as a consumer does."""
    await redis.xadd(events.stream_key(TOPIC, 0), {DATA: b"data"})
    return await take(redis, events)


async def take(redis: Redis, events: EventsConfig) -> Delivery:
    """Take whatever comes next."""
    stream = EventStream(redis, events.stream_keys(TOPIC), "notes", "reader", claim_after=60)
    await stream.join()
    delivery = await stream.take()
    assert delivery is not None
    return delivery


@pytest.fixture
async def letter(delivery: Delivery, dead_events: DeadEvents, redis: Redis) -> DeadEvent:
    """Give an event up; nothing else is in its stream."""
    error = RuntimeError("no luck\nparameters: secret")
    await dead_events.park(delivery, "notes", "sandbox.noted.v1", error)
    await redis.delete(delivery.stream)
    (letter,) = await dead_events.read()
    return letter


async def test_event_is_given_up_once(
    delivery: Delivery,
    dead_events: DeadEvents,
    redis: Redis,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A reader that was too slow, so that another was given the event too, adds no letter."""
    for error in (TimeoutError(), ConsumerLostError(1)):
        await dead_events.park(delivery, "notes", "sandbox.noted.v1", error)
    assert [dead.error for dead in await dead_events.read()] == ["TimeoutError"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert (await redis.xpending(delivery.stream, "notes"))["pending"] == 0


async def test_entry_has_the_names_that_are_stored_already(
    letter: DeadEvent, redis: Redis, events: EventsConfig
) -> None:
    """What an older version gave up must stay readable."""
    entries: Any = await redis.xrange(events.dead_key)
    assert [fields for _, fields in entries] == [
        {
            b"stream": letter.stream.encode(),
            b"group": b"notes",
            b"type": b"sandbox.noted.v1",
            b"error": b"RuntimeError: no luck",
            b"__data__": b"data",
        }
    ]


async def test_long_error_is_cut(delivery: Delivery, dead_events: DeadEvents) -> None:
    """A list of dead events stays a list."""
    await dead_events.park(delivery, "notes", "sandbox.noted.v1", ValueError("x" * 600))
    assert [dead.error for dead in await dead_events.read()] == ["ValueError: " + "x" * 488]


async def test_list_shows_what_a_person_needs(
    letter: DeadEvent, capsys: pytest.CaptureFixture[str]
) -> None:
    """Event, group, stream, time and error; nothing of the lines where parameters are."""
    await run(Namespace(command="list"))
    when = letter.died_at.isoformat(" ", "seconds")
    assert capsys.readouterr().out == (
        f"{letter.id}  {when}  sandbox.noted.v1  notes  {letter.stream}\n"
        "    RuntimeError: no luck\n"
    )


async def test_retry_sends_the_event_again(
    letter: DeadEvent, dead_events: DeadEvents, redis: Redis
) -> None:
    """As it was; the letter is gone."""
    await run(Namespace(command="retry", id=letter.id))
    assert await dead_events.read() == []
    entries: Any = await redis.xrange(letter.stream)
    ((_, fields),) = entries
    assert fields == {DATA.encode(): b"data"}


@pytest.fixture
async def old_letter(
    publish: Publish, dead_events: DeadEvents, redis: Redis, events: EventsConfig
) -> DeadEvent:
    """Give an event up now that happened a week ago."""
    occurred_at = datetime.now(UTC) - timedelta(days=7)
    await publish(make("a", "old").model_copy(update={"occurred_at": occurred_at}))
    delivery = await take(redis, events)
    await dead_events.park(delivery, "notes", "sandbox.noted.v1", RuntimeError("no luck"))
    await redis.delete(delivery.stream)
    (letter,) = await dead_events.read()
    return letter


async def test_retry_refuses_what_other_groups_may_have_forgotten(
    old_letter: DeadEvent, dead_events: DeadEvents, redis: Redis
) -> None:
    """They would handle it twice; the letter stays, and the error says what can be done."""
    with pytest.raises(ForgottenEventError, match=r"older than INBOX_KEEP.* Do by hand what notes"):
        await run(Namespace(command="retry", id=old_letter.id))
    assert await dead_events.read() == [old_letter]
    assert not await redis.exists(old_letter.stream)


async def test_retry_sends_what_every_group_remembers(
    old_letter: DeadEvent, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the same setting as the removal of their notes."""
    monkeypatch.setenv("INBOX_KEEP", f"{8 * 86_400}")
    await run(Namespace(command="retry", id=old_letter.id))
    assert await redis.xlen(old_letter.stream) == 1


async def test_purge_removes_all(
    letter: DeadEvent, dead_events: DeadEvents, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says how many."""
    await run(Namespace(command="purge"))
    assert await dead_events.read() == []
    assert capsys.readouterr().out == "1 dead events removed\n"
    assert letter.error


@pytest.mark.usefixtures("events")
def test_command_says_what_it_cannot_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, and exit code 1."""
    monkeypatch.setattr(sys, "argv", ["dead_events", "retry", "1-1"])
    with pytest.raises(SystemExit, match="There is no dead event 1-1"):
        main()


def test_command_says_what_it_can_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an order it does nothing, and fails."""
    monkeypatch.setattr(sys, "argv", ["dead_events"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert "{list,retry,purge}" in capsys.readouterr().err


def test_command_says_that_redis_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    """And which setting names it, without its password."""
    monkeypatch.setenv("REDIS_URL", f"redis://:hush@127.0.0.1:{unused_tcp_port}/0")
    ended = subprocess.run(
        [sys.executable, "-m", "app.dead_events", "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "setting REDIS_URL" in ended.stderr
    assert "hush" not in ended.stderr
    assert "Traceback" not in ended.stderr
