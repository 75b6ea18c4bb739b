"""Somebody opened the link and chose another password."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import TokenPurpose
from app.auth.repositories.mail_token import MailTokenRepository
from app.auth.repositories.session import SessionRepository
from app.auth.services.account_mail import AccountMail
from app.auth.services.password_hasher import PasswordHasher
from app.auth.services.password_rules import require_good_password
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class ResetPassword(BaseCommand[None]):
    """Set another password."""

    token: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True)
class ResetPasswordHandler(BaseCommandHandler[ResetPassword, None]):
    """Who has the token may; it is used up, and every session of the user ends.

    The owner is told, by a letter that leaves with the commit: it must not get lost. The token came
    by mail, so the address counts as verified.
    """

    session: AsyncSession
    tokens: MailTokenRepository
    sessions: SessionRepository
    passwords: PasswordHasher
    account_mail: AccountMail

    async def __call__(self, command: ResetPassword) -> None:
        """Hash only for a token that is valid, and use it up only for a password that is good.

        Raises:
            MailTokenInvalidError: it is unknown, used or expired, or not for this address.
            PasswordRefusedError: the password breaks a rule; the token stays valid.

        """
        purpose = TokenPurpose.RESET_PASSWORD
        owner = await self.tokens.find_user(command.token, purpose)
        require_good_password(command.password, username=owner.username, email=owner.email)
        await self.session.commit()  # no connection is held while the processor works
        password_hash = await self.passwords.hash(command.password)
        user = await self.tokens.use(command.token, purpose)
        user.password_hash = password_hash
        user.verify_email()
        await self.session.flush()
        await self.sessions.end_all(user.id)
        await self.account_mail.send_password_changed(user)
        await self.session.commit()
