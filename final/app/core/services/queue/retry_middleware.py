"""What becomes of a task that failed."""

import logging
from contextvars import ContextVar
from typing import Any

from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult

from app.core.configs.queue import QueueConfig
from app.core.db.outages import is_outage
from app.core.exceptions import UnavailableError
from app.core.services.queue.dead_letters import TRIES, WAITS_SINCE, DeadLetters
from app.core.services.queue.delayed_tasks import DelayedTasks
from app.core.services.queue.secret_arguments import describe_error

logger = logging.getLogger(__name__)

TIMEOUT = "timeout"
"""The label that taskiq looks at."""
MOST_DOUBLINGS = 30
LONGEST_PAUSE = 300.0
"""Seconds between two looks whether a server is back."""
AS_IT_CAME: ContextVar[TaskiqMessage] = ContextVar("AS_IT_CAME")
"""The message of the running task: what the task does to its arguments must not reach the retry."""


class RetryMiddleware(TaskiqMiddleware):
    """Tries again, later each time, and gives up in the end."""

    def __init__(
        self, config: QueueConfig, delayed_tasks: DelayedTasks, dead_letters: DeadLetters
    ) -> None:
        super().__init__()
        self._config = config
        self._delayed_tasks = delayed_tasks
        self._dead_letters = dead_letters

    def pre_execute(self, message: TaskiqMessage) -> TaskiqMessage:
        """Bound the time, whatever the message says: afterwards another worker may begin."""
        AS_IT_CAME.set(message.model_copy(deep=True))
        message.labels[TIMEOUT] = self._config.QUEUE_TASK_TIMEOUT
        return message

    async def on_error(
        self,
        message: TaskiqMessage,  # noqa: ARG002 - taskiq's signature
        result: TaskiqResult[Any],  # noqa: ARG002 - the same
        exception: BaseException,
    ) -> None:
        """Keep the task for the next try, or give it up.

        An error that a client would hear as 503 is no fault of the task: a server is away.

        The message is acknowledged after this. If Redis fails here, it is not, and the task is
        delivered again.
        """
        if isinstance(exception, UnavailableError) or is_outage(exception):
            await self.postpone(AS_IT_CAME.get(), exception)
        else:
            await self.retry(AS_IT_CAME.get(), exception)

    async def postpone(self, message: TaskiqMessage, error: BaseException) -> None:
        """Keep it, and count no try: a server that is away for minutes would use up them all.

        A task that has waited for ``QUEUE_MAX_OUTAGE`` seconds is given up.
        """
        now = await self._delayed_tasks.read_clock()
        since = float(message.labels.get(WAITS_SINCE, now))
        waiting = with_labels(message, message.labels | {WAITS_SINCE: since})
        if now - since >= self._config.QUEUE_MAX_OUTAGE:
            await self._dead_letters.park(waiting, error)
            return
        delay = self.get_pause(now - since)
        await self._delayed_tasks.add(self.broker.formatter.dumps(waiting).message, delay)
        logger.warning(
            "task %s (%s) waits for a server, next try in %.3g s: %s",
            message.task_name,
            message.task_id,
            delay,
            describe_error(error, message),
        )

    async def retry(self, message: TaskiqMessage, error: BaseException) -> None:
        """Count the try, and decide."""
        tries = int(message.labels.get(TRIES, 0)) + 1
        failed = with_tries(message, tries)
        if tries >= self._config.QUEUE_MAX_TRIES:
            await self._dead_letters.park(failed, error)
            return
        delay = self.get_delay(tries)
        await self._delayed_tasks.add(self.broker.formatter.dumps(failed).message, delay)
        logger.warning(
            "task %s (%s) failed, try %d of %d, next in %g s: %s",
            message.task_name,
            message.task_id,
            tries,
            self._config.QUEUE_MAX_TRIES,
            delay,
            describe_error(error, message),
        )

    def get_pause(self, waited: float) -> float:
        """Return how long to wait for a server now: as long again, within bounds."""
        longest = min(LONGEST_PAUSE, self._config.QUEUE_MAX_RETRY_DELAY)
        return min(max(waited, self._config.QUEUE_RETRY_DELAY), longest)

    def get_delay(self, tries: int) -> float:
        """Return the seconds between so many tries and the next one."""
        doubled: float = self._config.QUEUE_RETRY_DELAY * 2 ** min(tries - 1, MOST_DOUBLINGS)
        return min(doubled, self._config.QUEUE_MAX_RETRY_DELAY)


def with_tries(message: TaskiqMessage, tries: int) -> TaskiqMessage:
    """Return a copy that knows how often it was tried; it waits for no server any more."""
    labels = {name: value for name, value in message.labels.items() if name != WAITS_SINCE}
    return with_labels(message, labels | {TRIES: tries})


def with_labels(message: TaskiqMessage, labels: dict[str, Any]) -> TaskiqMessage:
    """Return a copy that has these labels, as they are: taskiq would make text of the numbers."""
    return message.model_copy(update={"labels": labels, "labels_types": None})
