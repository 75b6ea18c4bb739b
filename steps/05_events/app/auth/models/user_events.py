"""What can happen to a user."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import BaseEvent


@dataclass(frozen=True)
class CreatedUserEvent(BaseEvent):
    """Somebody has an account now. It has no id in here: the database had not given one yet."""

    __event_name__: ClassVar[str] = "user_created"

    email: str
    username: str


@dataclass(frozen=True)
class BlockedUserEvent(BaseEvent):
    """The account may not be used any more, until somebody says otherwise."""

    __event_name__: ClassVar[str] = "user_blocked"

    user_id: int


@dataclass(frozen=True)
class DeletedUserEvent(BaseEvent):
    """The account is gone; it can be restored."""

    __event_name__: ClassVar[str] = "user_deleted"

    user_id: int
