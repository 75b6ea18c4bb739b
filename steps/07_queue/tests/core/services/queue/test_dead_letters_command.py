"""``python -m app.dead_letters``."""

import subprocess
import sys
from argparse import Namespace
from typing import Any

import pytest
from redis.asyncio import Redis
from taskiq import TaskiqMessage

from app.core.configs.queue import QueueConfig
from app.core.services.queue.dead_letters import DeadLetter, DeadLetters
from app.dead_letters import main, run


@pytest.fixture
async def letter(dead_letters: DeadLetters) -> DeadLetter:
    """Give a task up."""
    message = TaskiqMessage(
        task_id="1", task_name="sandbox.fail", labels={"tries": 3}, args=[], kwargs={"message": "ы"}
    )
    await dead_letters.park(message, RuntimeError("no luck"))
    (letter,) = await dead_letters.read()
    return letter


async def test_list_shows_task_arguments_error_and_time(
    letter: DeadLetter, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that a person needs to decide."""
    await run(Namespace(command="list"))
    shown = capsys.readouterr().out
    when = letter.died_at.isoformat(" ", "seconds")
    assert shown == (
        f'{letter.id}  {when}  sandbox.fail  {{"message": "ы"}}\n    RuntimeError: no luck\n'
    )


async def test_retry_queues_the_task_anew(
    letter: DeadLetter, dead_letters: DeadLetters, redis: Redis, queue: QueueConfig
) -> None:
    """With all its tries."""
    await run(Namespace(command="retry", id=letter.id))
    assert await dead_letters.read() == []
    entries: Any = await redis.xrange(queue.tasks_key)
    ((_, fields),) = entries
    message = TaskiqMessage.model_validate_json(fields[b"data"])
    assert (message.kwargs, message.labels) == ({"message": "ы"}, {})


async def test_purge_removes_all(
    letter: DeadLetter, dead_letters: DeadLetters, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says how many."""
    await run(Namespace(command="purge"))
    assert await dead_letters.read() == []
    assert capsys.readouterr().out == "1 dead letters removed\n"
    assert letter.error


@pytest.mark.usefixtures("queue")
def test_command_says_what_it_cannot_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line, and exit code 1."""
    monkeypatch.setattr(sys, "argv", ["dead_letters", "retry", "1-1"])
    with pytest.raises(SystemExit, match="There is no dead letter 1-1"):
        main()


def test_command_says_what_it_can_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an order it does nothing, and fails."""
    monkeypatch.setattr(sys, "argv", ["dead_letters"])
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
        [sys.executable, "-m", "app.dead_letters", "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "setting REDIS_URL" in ended.stderr
    assert "hush" not in ended.stderr
    assert "Traceback" not in ended.stderr
