"""What follows when somebody was blocked."""

import logging
from dataclasses import dataclass

from app.auth.models.user_events import BlockedUserEvent
from app.core.events import BaseEventHandler

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LogBlockedUserHandler(BaseEventHandler[BlockedUserEvent, None]):
    """Leaves a trace for whoever asks why somebody can't sign in."""

    async def __call__(self, event: BlockedUserEvent) -> None:
        """Log the id."""
        logger.warning("user %s was blocked", event.user_id)
