"""The id of a request on its way through the queue, and one line for each run of a task."""

import logging
from contextvars import ContextVar
from time import perf_counter
from typing import Any
from uuid import uuid4

from structlog.contextvars import bind_contextvars
from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult

from app.core.log.context import REQUEST_ID, get_context, hide_values, replace_context
from app.core.services.queue.dead_letters import TRIES
from app.core.services.queue.secret_arguments import read_secrets, walk_values

logger = logging.getLogger(__name__)

_started: ContextVar[float] = ContextVar("started")


class LogMiddleware(TaskiqMiddleware):
    """Takes the context along, and tells what became of a task; its arguments are in no line.

    The context travels as labels, which retries and dead letters keep. What the clock starts gets
    an id of its own.
    """

    def pre_send(self, message: TaskiqMessage) -> TaskiqMessage:
        """Write the context on the message."""
        message.labels = {REQUEST_ID: str(uuid4()), **message.labels, **get_context()}
        return message

    def pre_execute(self, message: TaskiqMessage) -> TaskiqMessage:
        """Bind what came with the message; taskiq gives each run a context of its own.

        From here on the values of secret arguments are in no line: neither in that of taskiq, which
        shows an exception with its text, nor in those of the task.
        """
        replace_context(message.labels)
        bind_contextvars(**{"task.name": message.task_name, "task.id": message.task_id})
        secrets = [message.kwargs[name] for name in read_secrets(message)]
        hide_values(walk_values(secrets))
        message.labels |= get_context()
        _started.set(perf_counter())
        return message

    def post_execute(self, message: TaskiqMessage, result: TaskiqResult[Any]) -> None:
        """Write the line; why a task failed is in those before."""
        status = "failed" if result.is_err else "done"
        logger.info(
            "task %s %s",
            message.task_name,
            status,
            extra={
                "task.status": status,
                "task.try": int(message.labels.get(TRIES, 0)) + 1,
                "duration_ms": round((perf_counter() - _started.get()) * 1000, 1),
            },
        )
