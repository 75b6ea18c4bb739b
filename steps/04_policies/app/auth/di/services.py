"""Services without state of a request: one per process."""

from dishka import Provider, Scope, provide

from app.auth.config import TokenConfig
from app.auth.services.password_hasher import PasswordHasher
from app.auth.services.token_service import TokenService


class AuthServicesProvider(Provider):
    """A factory for each service, and for the settings that they need.

    The settings are read as soon as it is made, so that an unsafe secret stops the start.
    """

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self._token_config = TokenConfig()

    @provide
    def token_config(self) -> TokenConfig:
        """Give the settings of tokens."""
        return self._token_config

    password_hasher = provide(PasswordHasher)
    token_service = provide(TokenService)
