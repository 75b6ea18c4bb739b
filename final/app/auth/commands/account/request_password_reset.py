"""Somebody has forgotten the password."""

from dataclasses import dataclass

from app.auth.tasks.send_password_reset import SendPasswordReset
from app.core.mediator import BaseCommand, BaseCommandHandler
from app.core.services.queue import QueueService


@dataclass(frozen=True)
class RequestPasswordReset(BaseCommand[None]):
    """Send a link to the address, if an account has it."""

    email: str


@dataclass(frozen=True)
class RequestPasswordResetHandler(BaseCommandHandler[RequestPasswordReset, None]):
    """Anyone may; a task is queued, and nothing is looked up here."""

    queue: QueueService

    async def __call__(self, command: RequestPasswordReset) -> None:
        """Queue it.

        Raises:
            QueueUnavailableError: the queue does not take it, whatever the address.

        """
        await self.queue.push(task=SendPasswordReset, data={"email": command.email})
