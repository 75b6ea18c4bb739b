"""Settings of the auth module."""

from datetime import timedelta
from typing import Self

from pydantic import Field, NonNegativeInt, PositiveInt, SecretStr, field_validator, model_validator

from app.core.configs import BaseConfig, Environment

EXAMPLE_PASSWORD = "example-password"  # noqa: S105 - printed in .env.example, refused outside local
SHORTEST_PASSWORD = 12
EXAMPLE_SECRET = "example-secret-that-everybody-can-read"  # noqa: S105 - the same
SHORTEST_SECRET = 32
"""Bytes: a key must be as long as the hash of HS256 (RFC 7518, section 3.2)."""


class FirstAdminConfig(BaseConfig):
    """The administrator that `app.init_data` creates."""

    ENVIRONMENT: Environment = Environment.LOCAL
    FIRST_ADMIN_EMAIL: str = Field("admin@example.com", pattern=r"^[^@\s]+@[^@\s]+$")
    FIRST_ADMIN_USERNAME: str = Field("admin", pattern=r"^[^@\s]+$")
    """No @ in it: who signs in gives either of the two."""
    FIRST_ADMIN_PASSWORD: SecretStr

    @model_validator(mode="after")
    def refuse_weak_password(self) -> Self:
        """Outside local, the first administrator must not have a password that can be guessed."""
        password = self.FIRST_ADMIN_PASSWORD.get_secret_value()
        weak = password == EXAMPLE_PASSWORD or len(password) < SHORTEST_PASSWORD
        if self.ENVIRONMENT is not Environment.LOCAL and weak:
            raise ValueError(
                f"FIRST_ADMIN_PASSWORD: with ENVIRONMENT={self.ENVIRONMENT} choose one of at least "
                f"{SHORTEST_PASSWORD} characters, other than the example's"
            )
        return self


class TokenConfig(BaseConfig):
    """How tokens are made; lifetimes and leeway are in seconds."""

    ENVIRONMENT: Environment = Environment.LOCAL
    JWT_SECRET: SecretStr = SecretStr(EXAMPLE_SECRET)
    """Whoever knows it can be everybody. All processes need the same one."""
    JWT_ISSUER: str = Field("fastapi-template", min_length=1)
    JWT_AUDIENCE: str = Field("fastapi-template", min_length=1)
    JWT_LEEWAY: NonNegativeInt = Field(10, le=300)
    """By how much the clocks of two machines may differ."""
    ACCESS_TOKEN_LIFETIME: PositiveInt = 15 * 60
    REFRESH_TOKEN_LIFETIME: PositiveInt = 30 * 24 * 60 * 60
    """A login lasts so long, however often it is refreshed."""

    @field_validator("JWT_SECRET")
    @classmethod
    def refuse_short_secret(cls, secret: SecretStr) -> SecretStr:
        """Refuse what a computer could try out, in every environment."""
        if len(secret.get_secret_value().encode()) < SHORTEST_SECRET:
            raise ValueError(f"must have at least {SHORTEST_SECRET} bytes")
        return secret

    @model_validator(mode="after")
    def refuse_example_secret(self) -> Self:
        """Outside local, the secret must be one."""
        is_example = self.JWT_SECRET.get_secret_value() == EXAMPLE_SECRET
        if self.ENVIRONMENT is not Environment.LOCAL and is_example:
            raise ValueError(
                f"JWT_SECRET: with ENVIRONMENT={self.ENVIRONMENT} set a random one of at least "
                f"{SHORTEST_SECRET} bytes, other than the example's"
            )
        return self

    @property
    def session_lifetime(self) -> timedelta:
        """How long a login lasts."""
        return timedelta(seconds=self.REFRESH_TOKEN_LIFETIME)


class PurgeConfig(BaseConfig):
    """When what nobody needs any more is removed."""

    PURGE_SESSIONS_CRON: str = "17 3 * * *"
    """Of expired sessions: minute, hour, day, month, day of the week, in UTC."""


class AccountMailConfig(BaseConfig):
    """Mail that opens accounts; lifetimes are in seconds."""

    ENVIRONMENT: Environment = Environment.LOCAL
    FRONTEND_URL: str = Field(
        "http://127.0.0.1:8000/api/v1/auth/pages", pattern=r"^https?://[^\s/?#]+[^\s?#]*$"
    )
    """Where the pages ``verify-email`` and ``reset-password`` are; the app has simple ones."""
    REQUIRE_VERIFIED_EMAIL: bool = False
    """Whether a login needs it. Logins that are open go on, also when the address changes."""
    VERIFY_TOKEN_LIFETIME: PositiveInt = 24 * 60 * 60
    RESET_TOKEN_LIFETIME: PositiveInt = 30 * 60
    PURGE_TOKENS_CRON: str = "27 3 * * *"
    """When expired tokens are removed, in UTC."""

    @model_validator(mode="after")
    def refuse_open_links(self) -> Self:
        """Outside local, a link that opens an account must not go unencrypted."""
        if self.ENVIRONMENT is not Environment.LOCAL and self.FRONTEND_URL.startswith("http:"):
            raise ValueError(
                f"FRONTEND_URL: with ENVIRONMENT={self.ENVIRONMENT} it must begin with https://"
            )
        return self
