"""Whoever makes an account is asked whether the address is theirs."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import TokenPurpose
from app.auth.models.user_events import CreatedUserEvent
from app.auth.repositories.user import UserRepository
from app.auth.services.account_mail import AccountMail
from app.core.events import BaseEventHandler


@dataclass(frozen=True)
class SendVerifyEventHandler(BaseEventHandler[CreatedUserEvent, None]):
    """Sends the first message, in a transaction of its own."""

    session: AsyncSession
    users: UserRepository
    account_mail: AccountMail

    async def __call__(self, event: CreatedUserEvent) -> None:
        """Find the user again: the event has no id. If Redis is down, they can ask once more."""
        user = await self.users.find_by_login(event.email)
        if user is not None and user.email_verified_at is None:
            await self.account_mail.send_link(user, TokenPurpose.VERIFY_EMAIL)
            await self.session.commit()
