"""Somebody opened the link that was sent to their address."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import TokenPurpose
from app.auth.repositories.mail_token import MailTokenRepository
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class VerifyEmail(BaseCommand[None]):
    """Believe the address."""

    token: str = field(repr=False)


@dataclass(frozen=True)
class VerifyEmailHandler(BaseCommandHandler[VerifyEmail, None]):
    """Who has the token may; it is used up, and the user's row remembers when."""

    session: AsyncSession
    tokens: MailTokenRepository

    async def __call__(self, command: VerifyEmail) -> None:
        """Use the token.

        Raises:
            MailTokenInvalidError: it is unknown, used or expired, or not for this address.

        """
        user = await self.tokens.use(command.token, TokenPurpose.VERIFY_EMAIL)
        user.verify_email()
        await self.session.commit()
