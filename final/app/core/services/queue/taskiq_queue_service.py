"""The queue on taskiq."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events.session import publish_after_commit
from app.core.services.queue.pushed import PushedTaskEvent, SendPushedTaskHandler
from app.core.services.queue.service import QueueService
from app.core.services.queue.task import BaseTask


@dataclass(frozen=True)
class TaskiqQueueService(QueueService):
    """Lets a task wait for the commit as an event of the session.

    So there is one place that knows what a commit, a rollback and a savepoint mean, and the outbox
    that will keep events through a crash will keep tasks too.
    """

    session: AsyncSession
    sender: SendPushedTaskHandler

    async def push(self, *, task: type[BaseTask], data: Mapping[str, Any] | None = None) -> None:
        """Queue a task, see `QueueService.push`."""
        event = PushedTaskEvent.create(task, data or {})
        if self.session.in_transaction():
            publish_after_commit(self.session, event)
        else:
            await self.sender(event)
