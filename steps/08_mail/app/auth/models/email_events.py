"""What can happen to a user's address."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import BaseEvent


@dataclass(frozen=True)
class ChangedEmailEvent(BaseEvent):
    """The account has another address now, and nobody knows yet whose that is."""

    __event_name__: ClassVar[str] = "user_email_changed"

    email: str
