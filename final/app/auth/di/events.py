"""The events that the module reacts to, and who reacts, in which order."""

from app.auth.events.users.blocked import LogBlockedUserHandler
from app.auth.events.users.changed import ForgetUserHandler
from app.auth.events.users.created import LogCreatedUserHandler
from app.auth.events.users.created_verification import SendVerifyEventHandler
from app.auth.events.users.deleted import LogDeletedUserHandler
from app.auth.events.users.email_changed import WriteToChangedEmailHandler
from app.auth.models.email_events import ChangedEmailEvent
from app.auth.models.user_changes import ChangedUserEvent
from app.auth.models.user_events import BlockedUserEvent, CreatedUserEvent, DeletedUserEvent
from app.core.events import EventRegistry, EventTable

EVENTS: EventTable = (
    (CreatedUserEvent, (LogCreatedUserHandler, SendVerifyEventHandler)),
    (BlockedUserEvent, (LogBlockedUserHandler,)),
    (DeletedUserEvent, (LogDeletedUserHandler,)),
    (ChangedUserEvent, (ForgetUserHandler,)),
    (ChangedEmailEvent, (WriteToChangedEmailHandler,)),
)


def register_auth_event_handlers(registry: EventRegistry) -> None:
    """Tell the event bus."""
    for event, handlers in EVENTS:
        registry.register(event, *handlers)
