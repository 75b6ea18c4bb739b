"""What follows when somebody has made an account."""

import logging
from dataclasses import dataclass

from app.auth.models.user_events import CreatedUserEvent
from app.core.events import BaseEventHandler

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LogCreatedUserHandler(BaseEventHandler[CreatedUserEvent, None]):
    """Leaves a trace for whoever watches registrations, without saying who it was."""

    async def __call__(self, event: CreatedUserEvent) -> None:
        """Log it: names and addresses of people do not belong in logs."""
        logger.info("a user was created, at %s", event.email.rpartition("@")[2])
