"""A user as oneself and administrators see and change it."""

from pydantic import BaseModel, ConfigDict, Field

from app.auth.models import UserStatus
from app.auth.schemas.registration import Email, NewUsername
from app.auth.schemas.user import UserResponse


class AccountResponse(UserResponse):
    """A user with what is not for everybody."""

    email: str = Field(examples=["ada@example.com"])
    is_admin: bool = Field(examples=[False])


class UserUpdateRequest(BaseModel):
    """The body of ``PATCH /users/{user_id}``; what is missing or null stays."""

    model_config = ConfigDict(extra="forbid")

    email: Email | None = Field(None, examples=["ada@example.com"])
    username: NewUsername | None = Field(None, examples=["ada"])


class UserStatusRequest(BaseModel):
    """The body of ``PUT /users/{user_id}/status``."""

    model_config = ConfigDict(extra="forbid")

    status_id: UserStatus = Field(description="1: active, 2: blocked", examples=[2])
