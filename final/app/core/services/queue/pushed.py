"""A task on its way to the queue."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from redis.exceptions import RedisError
from taskiq import AsyncBroker
from taskiq.exceptions import SendTaskError
from taskiq.kicker import AsyncKicker

from app.core.events import BaseEvent, BaseEventHandler
from app.core.services.queue.exceptions import QueueUnavailableError
from app.core.services.queue.secret_arguments import SECRETS
from app.core.services.queue.task import BaseTask


@dataclass(frozen=True)
class PushedTaskEvent(BaseEvent):
    """Somebody wants a task done, and the transaction in which they want it has been committed."""

    __event_name__: ClassVar[str] = "task_pushed"

    task: str
    data: Mapping[str, Any] = field(repr=False)
    secrets: tuple[str, ...] = ()
    id: UUID = field(default_factory=uuid4)
    """Also the id of the task in the queue: if it is sent twice, one can tell."""

    @classmethod
    def create(cls, task: type[BaseTask], data: Mapping[str, Any]) -> Self:
        """Take a copy as JSON would give it back: what changes later does not change the task.

        Raises:
            TypeError: the arguments do not fit the task, or JSON cannot hold them.

        """
        task.check(data)
        try:
            copy = json.loads(json.dumps(data, allow_nan=False))
        except (TypeError, ValueError) as error:
            raise TypeError(f"{task.__name__}: {error}") from None
        return cls(task.get_name(), copy, tuple(sorted(task.__secrets__)))


@dataclass(frozen=True)
class SendPushedTaskHandler(BaseEventHandler[PushedTaskEvent, None]):
    """Queues the task."""

    broker: AsyncBroker

    async def __call__(self, event: PushedTaskEvent) -> None:
        """Send it.

        Raises:
            QueueUnavailableError: the queue does not take it.

        """
        labels = {SECRETS: ",".join(event.secrets)} if event.secrets else {}
        kicker: AsyncKicker[..., None] = AsyncKicker(event.task, self.broker, labels)
        try:
            await kicker.with_task_id(str(event.id)).kiq(**event.data)
        except (SendTaskError, RedisError) as error:
            raise QueueUnavailableError(event.task) from error
