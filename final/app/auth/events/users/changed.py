"""What follows when anything about a user has changed."""

from dataclasses import dataclass

from app.auth.cache_keys import make_user_key
from app.auth.models.user_changes import ChangedUserEvent
from app.core.events import BaseEventHandler
from app.core.services.cache import CacheServiceInterface


@dataclass(frozen=True)
class ForgetUserHandler(BaseEventHandler[ChangedUserEvent, None]):
    """Drops the kept answer: an update, a block and its end, a deletion and its end."""

    cache: CacheServiceInterface

    async def __call__(self, event: ChangedUserEvent) -> None:
        """Delete the key; while Redis is down, the answer stays until its time is over."""
        await self.cache.delete(make_user_key(event.user_id))
