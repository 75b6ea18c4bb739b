"""Somebody wants a new link to confirm an address."""

from dataclasses import dataclass

from app.auth.tasks.send_verification import SendVerification
from app.core.mediator import BaseCommand, BaseCommandHandler
from app.core.services.queue import QueueService


@dataclass(frozen=True)
class RequestVerification(BaseCommand[None]):
    """Send a link to the address, if it is one of ours to confirm."""

    email: str


@dataclass(frozen=True)
class RequestVerificationHandler(BaseCommandHandler[RequestVerification, None]):
    """Anyone may; a task is queued, and nothing is looked up here."""

    queue: QueueService

    async def __call__(self, command: RequestVerification) -> None:
        """Queue it.

        Raises:
            QueueUnavailableError: the queue does not take it, whatever the address.

        """
        await self.queue.push(task=SendVerification, data={"email": command.email})
