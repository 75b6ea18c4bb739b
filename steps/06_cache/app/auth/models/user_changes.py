"""Whatever changes a user tells it, without remembering to."""

from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import event

from app.auth.models.user import User
from app.core.events import BaseEvent


@dataclass(frozen=True)
class ChangedUserEvent(BaseEvent):
    """A row of the users is not what it was: another name, status, mark of deletion, anything."""

    __event_name__: ClassVar[str] = "user_changed"

    user_id: int


@event.listens_for(User, "before_update")
@event.listens_for(User, "before_delete")
def tell(_mapper: Any, _connection: Any, user: User) -> None:  # noqa: ANN401 - SQLAlchemy's signature
    """Register the event while the row is being written."""
    user.register_event(ChangedUserEvent(user.id))
