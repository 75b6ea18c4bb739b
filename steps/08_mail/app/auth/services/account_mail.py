"""The messages that the module sends."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from app.auth.config import AccountMailConfig
from app.auth.emails.templates import (
    EmailChanged,
    LinkTemplate,
    PasswordChanged,
    ResetPassword,
    VerifyEmail,
)
from app.auth.models import TokenPurpose, User
from app.auth.repositories.mail_token import MailTokenRepository
from app.core.configs import AppConfig
from app.core.services.mail import EmailData, MailService


class Link(NamedTuple):
    """A message with a link."""

    subject: str
    template: type[LinkTemplate]
    page: str


LINKS = {
    TokenPurpose.VERIFY_EMAIL: Link("Confirm your address", VerifyEmail, "verify-email"),
    TokenPurpose.RESET_PASSWORD: Link("Choose a new password", ResetPassword, "reset-password"),
}


@dataclass(frozen=True)
class AccountMail:
    """Writes to owners of accounts; the caller commits, and only then does anything leave."""

    app: AppConfig
    config: AccountMailConfig
    tokens: MailTokenRepository
    mail: MailService

    async def send_link(self, user: User, purpose: TokenPurpose) -> None:
        """Send a link that works once; older ones of this purpose work no more.

        The token stands behind the ``#``: browsers keep that part to themselves, so it is in no log
        of a server or proxy, and in no ``Referer``.
        """
        link, lifetime = LINKS[purpose], self._get_lifetime(purpose)
        token = await self.tokens.issue(user, purpose, lifetime)
        template = link.template(
            project_name=self.app.PROJECT_NAME,
            username=user.username,
            link=f"{self.config.FRONTEND_URL.rstrip('/')}/{link.page}#token={token}",
            minutes=lifetime // timedelta(minutes=1),
        )
        await self.mail.queue(template=template, email_data=EmailData(link.subject, user.email))

    async def send_email_changed(self, username: str, before: str) -> None:
        """Tell them at the old address, in case it was somebody else."""
        template = EmailChanged(project_name=self.app.PROJECT_NAME, username=username)
        email_data = EmailData("Your address was changed", before)
        await self.mail.queue(template=template, email_data=email_data)

    async def send_password_changed(self, user: User) -> None:
        """Tell them, in case it was somebody else."""
        template = PasswordChanged(project_name=self.app.PROJECT_NAME, username=user.username)
        email_data = EmailData("Your password was changed", user.email)
        await self.mail.queue(template=template, email_data=email_data)

    def _get_lifetime(self, purpose: TokenPurpose) -> timedelta:
        lifetimes = {
            TokenPurpose.VERIFY_EMAIL: self.config.VERIFY_TOKEN_LIFETIME,
            TokenPurpose.RESET_PASSWORD: self.config.RESET_TOKEN_LIFETIME,
        }
        return timedelta(seconds=lifetimes[purpose])
