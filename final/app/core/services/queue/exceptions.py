"""Errors of the queue.

QueueUnavailableError           503 queue_unavailable
QueueFullError                      why it may be so
WorkerLostError                     why a task was given up: nothing was wrong that it raised
UnknownTaskError
UnreadableTaskError
DeadLetterError                     what a person asked for cannot be done
"""

from app.core.exceptions import UnavailableError


class QueueUnavailableError(UnavailableError):
    """The task could not be queued: Redis does not answer, or too much waits already."""

    code = "queue_unavailable"

    def __init__(self, task: str) -> None:
        super().__init__(f"The task {task} cannot be queued now.", retry_after=1)


class QueueFullError(Exception):
    """As many tasks wait as may."""

    def __init__(self, length: int) -> None:
        super().__init__(f"{length} tasks wait: see QUEUE_MAX_LENGTH, and whether workers run")


class WorkerLostError(Exception):
    """Every worker that began the task ended before it."""

    def __init__(self, times: int) -> None:
        super().__init__(f"{times} workers ended in the middle of it, or were killed by it")


class UnknownTaskError(Exception):
    """This worker's version of the app has no such task."""

    def __init__(self) -> None:
        super().__init__("no worker knows this task: was it removed, or is an old version running?")


class UnreadableTaskError(Exception):
    """The entry of the stream is no task."""

    def __init__(self) -> None:
        super().__init__("something else than a task was in the queue")


class DeadLetterError(Exception):
    """What is asked of a dead letter cannot be done."""
