"""Where the app leaves work for later."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from app.core.services.queue.task import BaseTask


class QueueService(ABC):
    """Takes tasks for the workers; one per request.

    A task that is pushed within a transaction shares its fate: it is queued after the commit, in
    order with the events, and never after a rollback. Otherwise a worker could look for a row that
    is not there yet, or write to somebody whose account was never made.
    """

    @abstractmethod
    async def push(self, *, task: type[BaseTask], data: Mapping[str, Any] | None = None) -> None:
        """Queue a task: at once, or after the commit if the request's session has a transaction.

        Args:
            task: the class.
            data: arguments of its ``run`` by name: what JSON can hold.

        Raises:
            TypeError: the arguments do not fit the task, or JSON cannot hold them.
            QueueUnavailableError: there is no transaction, and the queue does not take the task.
                After a commit it is too late to refuse: what cannot be queued then is lost, and
                logged. What must not be lost needs an outbox.

        """
