"""Whoever changes the address is asked whether the new one is theirs."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import TokenPurpose
from app.auth.models.email_events import ChangedEmailEvent
from app.auth.repositories.user import UserRepository
from app.auth.services.account_mail import AccountMail
from app.core.events import BaseEventHandler


@dataclass(frozen=True)
class WriteToChangedEmailHandler(BaseEventHandler[ChangedEmailEvent, None]):
    """Sends a link to the new address, in a transaction of its own.

    If it gets lost, they can ask for another. The letter to the old address cannot be asked for: it
    is not left to an event, see `UpdateUserHandler`.
    """

    session: AsyncSession
    users: UserRepository
    account_mail: AccountMail

    async def __call__(self, event: ChangedEmailEvent) -> None:
        """Find the user by the address: two changes in a row are two events."""
        user = await self.users.find_by_login(event.email)
        if user is not None and user.email_verified_at is None:
            await self.account_mail.send_link(user, TokenPurpose.VERIFY_EMAIL)
            await self.session.commit()
