"""What becomes of the rows of users, told with ids and names of columns, never with values."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import event, inspect

from app.auth.models.user import User
from app.core.events import BaseEvent

TOLD = ("deleted_at", "email", "is_admin", "status_id", "username")
"""Columns whose changes matter to others. A password that is hashed anew is none of them."""


@dataclass(frozen=True)
class StoredUserEvent(BaseEvent):
    """A new user has a row, and so an id: `CreatedUserEvent` came too early for it."""

    __event_name__: ClassVar[str] = "user_stored"

    user_id: int


@dataclass(frozen=True)
class EditedUserEvent(BaseEvent):
    """Some columns of a user have other values now."""

    __event_name__: ClassVar[str] = "user_edited"

    user_id: int
    fields: tuple[str, ...]


@event.listens_for(User, "after_insert")
def tell_stored(_mapper: Any, _connection: Any, user: User) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    """Register the event as soon as there is an id."""
    user.register_event(StoredUserEvent(user.id))


@event.listens_for(User, "before_update")
def tell_edited(_mapper: Any, _connection: Any, user: User) -> None:  # noqa: ANN401 - the same
    """Register the event if a value that others may know of has changed."""
    attributes = inspect(user).attrs
    fields = tuple(name for name in TOLD if attributes[name].history.has_changes())
    if fields:
        user.register_event(EditedUserEvent(user.id, fields))
