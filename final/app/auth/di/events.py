"""The events that the module reacts to, and who reacts, in which order."""

from app.auth.events.users.blocked import LogBlockedUserHandler
from app.auth.events.users.changed import ForgetUserHandler
from app.auth.events.users.created import LogCreatedUserHandler
from app.auth.events.users.deleted import LogDeletedUserHandler
from app.auth.models.user_changes import ChangedUserEvent
from app.auth.models.user_events import BlockedUserEvent, CreatedUserEvent, DeletedUserEvent
from app.core.events import EventRegistry, EventTable

EVENTS: EventTable = (
    (CreatedUserEvent, (LogCreatedUserHandler,)),
    (BlockedUserEvent, (LogBlockedUserHandler,)),
    (DeletedUserEvent, (LogDeletedUserHandler,)),
    (ChangedUserEvent, (ForgetUserHandler,)),
)


def register_auth_event_handlers(registry: EventRegistry) -> None:
    """Tell the event bus."""
    for event, handlers in EVENTS:
        registry.register(event, *handlers)
