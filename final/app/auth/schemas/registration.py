"""What is needed to make an account."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, EmailStr, Field, SecretStr, StringConstraints

NewUsername = Annotated[
    str, StringConstraints(min_length=3, max_length=50, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
]
Email = Annotated[EmailStr, StringConstraints(max_length=254)]


class RegistrationRequest(BaseModel):
    """The body of ``POST /auth/register``."""

    model_config = ConfigDict(extra="forbid")

    email: Email = Field(examples=["ada@example.com"])
    username: NewUsername = Field(examples=["ada"])
    password: SecretStr = Field(min_length=12, max_length=128, examples=["correct horse battery"])
