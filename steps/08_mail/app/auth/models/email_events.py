"""What can happen to a user's address and password."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import BaseEvent


@dataclass(frozen=True)
class ChangedEmailEvent(BaseEvent):
    """The account has another address now, and nobody knows yet whose that is."""

    __event_name__: ClassVar[str] = "user_email_changed"

    email: str


@dataclass(frozen=True)
class ChangedPasswordEvent(BaseEvent):
    """The account has another password, and no open logins."""

    __event_name__: ClassVar[str] = "user_password_changed"

    email: str
    username: str
