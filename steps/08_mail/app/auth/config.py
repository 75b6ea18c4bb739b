

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
