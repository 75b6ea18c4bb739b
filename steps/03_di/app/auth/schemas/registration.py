"""What is needed to make an account."""

from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    EmailStr,
    Field,
    Secret,
    StringConstraints,
)


def refuse_name(value: object) -> object:
    """Refuse ``Ada <ada@example.com>``: pydantic would take the address out of it."""
    if isinstance(value, str) and "<" in value:
        raise ValueError("the address alone, without a name")
    return value


NewUsername = Annotated[
    str, StringConstraints(min_length=3, max_length=50, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
]
Email = Annotated[EmailStr, StringConstraints(max_length=254), BeforeValidator(refuse_name)]
# Not `SecretStr`: that one lets half a character through, such as "\ud800", which has no UTF-8.
NewPassword = Secret[Annotated[str, StringConstraints(min_length=12, max_length=128)]]


class RegistrationRequest(BaseModel):
    """The body of ``POST /auth/register``."""

    model_config = ConfigDict(extra="forbid")

    email: Email = Field(examples=["ada@example.com"])
    username: NewUsername = Field(examples=["ada"])
    password: NewPassword = Field(
        examples=["correct horse battery"], json_schema_extra={"format": "password"}
    )
