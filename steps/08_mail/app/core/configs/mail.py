"""Which server takes our mail, and in whose name it is sent."""

from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated, Self

from pydantic import (
    EmailStr,
    Field,
    FilePath,
    PositiveFloat,
    PositiveInt,
    SecretStr,
    StringConstraints,
    model_validator,
)

from app.core.configs.app import Environment
from app.core.configs.base import BaseConfig

EXAMPLE_SENDER = "noreply@example.com"


class TLSMode(StrEnum):
    """How the connection is encrypted. A server that cannot do it is not used without."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class SMTPConfig(BaseConfig):
    """Settings of mail; times are in seconds."""

    ENVIRONMENT: Environment = Environment.LOCAL
    SMTP_HOST: str = "127.0.0.1"
    SMTP_PORT: int = Field(1025, ge=1, le=65535)
    SMTP_USER: str = ""
    SMTP_PASSWORD: SecretStr = SecretStr("")
    SMTP_TLS: TLSMode = TLSMode.NONE
    SMTP_CA_FILE: FilePath | None = None
    """Certificates to trust besides the system's, for a server with one of its own making."""
    SMTP_TIMEOUT: PositiveFloat = 15.0
    """For one message from the connection to the server's word that it has it."""
    SMTP_WAIT: PositiveFloat = 10.0
    """For a free connection, before that; both together must be less than QUEUE_TASK_TIMEOUT."""
    SMTP_CONNECTIONS: PositiveInt = 2
    """That one process keeps open, at most."""
    MAIL_FROM: EmailStr = EXAMPLE_SENDER
    MAIL_FROM_NAME: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    """Empty: the name of the project."""

    @model_validator(mode="after")
    def require_both_halves_of_a_login(self) -> Self:
        """Refuse a password without a user, or a user without a password."""
        if bool(self.SMTP_USER) != bool(self.SMTP_PASSWORD.get_secret_value()):
            raise ValueError("SMTP_USER and SMTP_PASSWORD: set both, or none")
        return self

    @model_validator(mode="after")
    def refuse_open_letters(self) -> Self:
        """Outside local, no password and no link that opens an account goes unencrypted."""
        if self.ENVIRONMENT is Environment.LOCAL:
            return self
        if self.SMTP_TLS is TLSMode.NONE and not is_loopback(self.SMTP_HOST):
            raise ValueError(
                f"SMTP_TLS: with ENVIRONMENT={self.ENVIRONMENT} use starttls or tls, "
                "or a mail server on this machine"
            )
        return self

    @model_validator(mode="after")
    def refuse_example_sender(self) -> Self:
        """Outside local, mail must come from a domain that is ours."""
        if self.ENVIRONMENT is not Environment.LOCAL and self.MAIL_FROM == EXAMPLE_SENDER:
            raise ValueError(
                f"MAIL_FROM: with ENVIRONMENT={self.ENVIRONMENT} set an address of your domain"
            )
        return self


def is_loopback(host: str) -> bool:
    """Tell whether what is sent to the host stays on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
