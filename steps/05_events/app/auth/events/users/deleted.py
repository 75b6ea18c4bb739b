"""What follows when somebody was deleted."""

import logging
from dataclasses import dataclass

from app.auth.models.user_events import DeletedUserEvent
from app.core.events import BaseEventHandler

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LogDeletedUserHandler(BaseEventHandler[DeletedUserEvent, None]):
    """Leaves a trace for whoever looks for a user that is gone."""

    async def __call__(self, event: DeletedUserEvent) -> None:
        """Log the id."""
        logger.warning("user %s was deleted", event.user_id)
