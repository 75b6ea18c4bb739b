"""What the module tells others about users: the only part of it that they may import.

Ids only. Whoever needs a name asks for it, and gets the one of today.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.message_brokers import BaseIntegrationEvent

TOPIC = "auth.users"


class UserPayload(BaseModel):
    """Which user."""

    model_config = ConfigDict(frozen=True)

    user_id: int = Field(ge=1)


class ChangedUserPayload(UserPayload):
    """Which user, and which fields have other values now."""

    fields: tuple[str, ...] = Field(min_length=1)


class UserRegistered(BaseIntegrationEvent):
    """Somebody has an account now."""

    __topic__ = TOPIC

    name: Literal["auth.user_registered"] = "auth.user_registered"
    version: Literal[1] = 1
    payload: UserPayload


class UserChanged(BaseIntegrationEvent):
    """An account is not what it was."""

    __topic__ = TOPIC

    name: Literal["auth.user_changed"] = "auth.user_changed"
    version: Literal[1] = 1
    payload: ChangedUserPayload


class UserBlocked(BaseIntegrationEvent):
    """An account may not be used any more, until somebody says otherwise."""

    __topic__ = TOPIC

    name: Literal["auth.user_blocked"] = "auth.user_blocked"
    version: Literal[1] = 1
    payload: UserPayload


class UserDeleted(BaseIntegrationEvent):
    """An account is gone; it can be restored."""

    __topic__ = TOPIC

    name: Literal["auth.user_deleted"] = "auth.user_deleted"
    version: Literal[1] = 1
    payload: UserPayload
