"""How tasks wait, how long they may take, and how often they are tried."""

from typing import Self

from pydantic import PositiveFloat, PositiveInt, model_validator

from app.core.configs.base import BaseConfig


class QueueConfig(BaseConfig):
    """Settings of the queue; times are in seconds. Every process of the app needs the same."""

    QUEUE_PREFIX: str = "queue"
    QUEUE_MAX_LENGTH: PositiveInt = 100_000
    """Tasks that may wait; a push beyond that is refused, or they would fill Redis's memory."""
    QUEUE_TASK_TIMEOUT: PositiveFloat = 30.0
    """A task that takes longer is cancelled, and counts as failed."""
    QUEUE_REDELIVER_AFTER: PositiveFloat = 60.0
    """A task that has been with one worker for so long lost it: another worker begins anew."""
    QUEUE_MAX_DELIVERIES: PositiveInt = 3
    """A task that outlived so many workers killed them: it becomes a dead letter."""
    QUEUE_MAX_TRIES: PositiveInt = 5
    """A task that failed so often becomes a dead letter."""
    QUEUE_RETRY_DELAY: PositiveFloat = 5.0
    """Between the first try and the second one; it doubles from try to try."""
    QUEUE_MAX_RETRY_DELAY: PositiveFloat = 3600.0
    QUEUE_MAX_OUTAGE: PositiveFloat = 86400.0
    """A task that has waited so long for a server that is away becomes a dead letter."""

    @model_validator(mode="after")
    def leave_time_to_finish(self) -> Self:
        """Refuse to give a task to a second worker while the first one may still be at it."""
        if self.QUEUE_REDELIVER_AFTER <= self.QUEUE_TASK_TIMEOUT:
            raise ValueError("QUEUE_REDELIVER_AFTER must be greater than QUEUE_TASK_TIMEOUT")
        return self

    @property
    def tasks_key(self) -> str:
        """The stream of tasks that wait or run."""
        return f"{self.QUEUE_PREFIX}:tasks"

    @property
    def delayed_key(self) -> str:
        """The sorted set of tasks that wait for another try."""
        return f"{self.QUEUE_PREFIX}:delayed"

    @property
    def dead_letters_key(self) -> str:
        """The stream of tasks that nobody tries any more."""
        return f"{self.QUEUE_PREFIX}:dead"
