"""What is needed to confirm an address and to choose another password."""

from pydantic import BaseModel, ConfigDict, Field

from app.auth.schemas.registration import Email, NewPassword
from app.auth.schemas.session import GivenToken


class AddressRequest(BaseModel):
    """The body of requests for a message."""

    model_config = ConfigDict(extra="forbid")

    email: Email = Field(examples=["ada@example.com"])


class MessageResponse(BaseModel):
    """What is answered to every address, known or not."""

    detail: str = "If an account has this address, a message is on its way."


class VerifyEmailRequest(BaseModel):
    """The body of ``POST /auth/verify-email``, and the form of its page."""

    model_config = ConfigDict(extra="forbid")

    token: GivenToken = Field(description="From the link, behind #token=")


class ResetPasswordRequest(BaseModel):
    """The body of ``POST /auth/password-reset``, and the form of its page."""

    model_config = ConfigDict(extra="forbid")

    token: GivenToken = Field(description="From the link, behind #token=")
    password: NewPassword = Field(
        examples=["correct horse battery"], json_schema_extra={"format": "password"}
    )
