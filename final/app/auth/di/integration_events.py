"""Which events of the module leave it, and in which form."""

from app.auth.integration_events.users import (
    ChangedUserPayload,
    UserBlocked,
    UserChanged,
    UserDeleted,
    UserPayload,
    UserRegistered,
)
from app.auth.models.user_events import BlockedUserEvent, DeletedUserEvent
from app.auth.models.user_facts import EditedUserEvent, StoredUserEvent
from app.core.outbox.translations import TranslationTable


def make_key(user_id: int) -> str:
    """Name what the events are about: those of one user stay in order."""
    return f"user:{user_id}"


def tell_registered(event: StoredUserEvent) -> UserRegistered:
    """Translate."""
    payload = UserPayload(user_id=event.user_id)
    return UserRegistered(key=make_key(event.user_id), payload=payload)


def tell_changed(event: EditedUserEvent) -> UserChanged:
    """Translate."""
    payload = ChangedUserPayload(user_id=event.user_id, fields=event.fields)
    return UserChanged(key=make_key(event.user_id), payload=payload)


def tell_blocked(event: BlockedUserEvent) -> UserBlocked:
    """Translate."""
    payload = UserPayload(user_id=event.user_id)
    return UserBlocked(key=make_key(event.user_id), payload=payload)


def tell_deleted(event: DeletedUserEvent) -> UserDeleted:
    """Translate."""
    payload = UserPayload(user_id=event.user_id)
    return UserDeleted(key=make_key(event.user_id), payload=payload)


TRANSLATIONS: TranslationTable = (
    (StoredUserEvent, tell_registered),
    (EditedUserEvent, tell_changed),
    (BlockedUserEvent, tell_blocked),
    (DeletedUserEvent, tell_deleted),
)
