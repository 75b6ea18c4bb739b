"""What is needed to log in and to stay logged in, and what is given for it."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    Secret,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from app.auth.schemas.registration import Email
from app.core.api.types import Text

ADDRESS: TypeAdapter[str] = TypeAdapter(Email)
"""As registration reads it: one mailbox can be written in many ways."""


# With a bound, and few enough characters to hash; any Unicode form of a password is shorter.
TypedPassword = Secret[Annotated[str, StringConstraints(min_length=1, max_length=1024)]]
GivenToken = Secret[Annotated[str, StringConstraints(min_length=1, max_length=128)]]


def read_login(typed: str) -> str:
    """Write an address as registration wrote it; a user name is left, without spaces around it."""
    try:
        return ADDRESS.validate_python(typed)
    except ValidationError:
        return typed.strip()  # a user name, or nobody's address


class LoginForm(BaseModel):
    """The body of ``POST /auth/login``: the form of OAuth 2's password grant (RFC 6749, 4.3)."""

    grant_type: Literal["password"] = "password"
    username: Annotated[Text, AfterValidator(read_login)] = Field(
        description="User name or e-mail address", examples=["ada"]
    )
    password: TypedPassword = Field(
        examples=["correct horse battery"], json_schema_extra={"format": "password"}
    )


class RefreshRequest(BaseModel):
    """The body of ``POST /auth/refresh``."""

    model_config = ConfigDict(extra="forbid")

    refresh_token: GivenToken


class TokensResponse(BaseModel):
    """The tokens of a session (RFC 6749, section 5.1)."""

    model_config = ConfigDict(from_attributes=True)

    access_token: str = Field(repr=False, description="Send it as Authorization: Bearer …")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a kind, not a token
    expires_in: int = Field(description="Seconds that the access token is valid", examples=[900])
    refresh_token: str = Field(
        repr=False, description="Works once; each refresh gives the next. Shown twice, it ends all"
    )
