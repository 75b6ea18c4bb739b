"""Settings of the auth module."""

from typing import Self

from pydantic import Field, SecretStr, model_validator

from app.core.configs import BaseConfig, Environment

EXAMPLE_PASSWORD = "example-password"  # noqa: S105 - printed in .env.example, refused outside local
SHORTEST_PASSWORD = 12


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
