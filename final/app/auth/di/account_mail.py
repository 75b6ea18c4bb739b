"""What the module's mail needs."""

from dishka import Provider, Scope, provide

from app.auth.config import AccountMailConfig
from app.auth.repositories.mail_token import MailTokenRepository
from app.auth.services.account_mail import AccountMail


class AccountMailProvider(Provider):
    """Reads the settings as soon as it is made, so that an unsafe one stops the start."""

    scope = Scope.REQUEST

    def __init__(self) -> None:
        super().__init__()
        self._config = AccountMailConfig()

    @provide(scope=Scope.APP)
    def config(self) -> AccountMailConfig:
        """Give the settings."""
        return self._config

    tokens = provide(MailTokenRepository)
    account_mail = provide(AccountMail)
