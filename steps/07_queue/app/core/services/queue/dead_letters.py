"""Tasks that nobody tries any more, for people to look at."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from redis.asyncio import Redis
from taskiq import TaskiqMessage

from app.core.configs.queue import QueueConfig
from app.core.services.queue.delayed_tasks import DATA
from app.core.services.queue.exceptions import DeadLetterError
from app.core.services.queue.secret_arguments import describe_error, hide_secrets, read_secrets

logger = logging.getLogger(__name__)

MESSAGE, ERROR = "message", "error"
TRIES, WAITS_SINCE = "tries", "waits_since"
"""Labels: how often it failed, and since when, by Redis's clock, it waits for a server."""
MOST_LETTERS = 10_000
"""The oldest make room for the newest, which are about what goes wrong now."""

RETRY = f"""
if redis.call('XDEL', KEYS[1], ARGV[1]) == 1 then
  redis.call('XADD', KEYS[2], '*', '{DATA}', ARGV[2])
end
"""
"""Whoever removes a letter queues it: two people who retry it at once make one task."""


UNREADABLE = "?"
"""The name of what came as something else than a task."""


def make_placeholder(task_id: str) -> TaskiqMessage:
    """Make a message that stands for one which cannot be read."""
    return TaskiqMessage(task_id=task_id, task_name=UNREADABLE, labels={}, args=[], kwargs={})


@dataclass(frozen=True)
class DeadLetter:
    """A task that was given up."""

    id: str
    message: TaskiqMessage
    error: str

    @property
    def died_at(self) -> datetime:
        """When it was given up, by Redis's clock: an entry's id begins with it."""
        return datetime.fromtimestamp(int(self.id.partition("-")[0]) / 1000, UTC)

    @classmethod
    def read(cls, entry_id: bytes, fields: dict[bytes, bytes]) -> Self:
        """Read an entry of the stream."""
        message = TaskiqMessage.model_validate_json(fields[MESSAGE.encode()])
        return cls(entry_id.decode(), message, fields[ERROR.encode()].decode())


class DeadLetters:
    """A stream of them, without secrets: it is read by people, and kept for long."""

    def __init__(self, redis: Redis, config: QueueConfig) -> None:
        self._redis = redis
        self._config = config
        self._retry = redis.register_script(RETRY)

    async def park(self, message: TaskiqMessage, error: BaseException) -> None:
        """Give a task up."""
        text = describe_error(error, message)
        kept = hide_secrets(message).model_dump_json()
        fields: dict[Any, Any] = {MESSAGE: kept, ERROR: text}
        await self._redis.xadd(self._config.dead_letters_key, fields, maxlen=MOST_LETTERS)
        logger.error("task %s (%s) was given up: %s", message.task_name, message.task_id, text)

    async def read(self) -> list[DeadLetter]:
        """Give all letters, the oldest first."""
        entries: Any = await self._redis.xrange(self._config.dead_letters_key)
        return [DeadLetter.read(*entry) for entry in entries]

    async def retry(self, letter_id: str) -> DeadLetter:
        """Queue the task again, as if it was never tried; the letter is gone.

        Raises:
            DeadLetterError: there is no such letter, or it is not complete.

        """
        letter = await self._find(letter_id)
        if letter.message.task_name == UNREADABLE:
            raise DeadLetterError(f"{letter_id} cannot be retried: nobody knows what it was.")
        if secrets := read_secrets(letter.message):
            raise DeadLetterError(
                f"{letter_id} cannot be retried: of its argument {min(secrets)} nothing was kept. "
                "Let the app push the task again."
            )
        labels = {k: v for k, v in letter.message.labels.items() if k not in {TRIES, WAITS_SINCE}}
        message = letter.message.model_copy(update={"labels": labels})
        keys = [self._config.dead_letters_key, self._config.tasks_key]
        await self._retry(keys=keys, args=[letter.id, message.model_dump_json()])
        return letter

    async def purge(self) -> int:
        """Remove all letters; returns how many there were."""
        key = self._config.dead_letters_key
        return int(await self._redis.xtrim(key, maxlen=0, approximate=False))

    async def _find(self, letter_id: str) -> DeadLetter:
        for letter in await self.read():
            if letter.id == letter_id:
                return letter
        raise DeadLetterError(f"There is no dead letter {letter_id}.")
