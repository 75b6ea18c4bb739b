"""Somebody says that an account has this address, and wants a message to confirm it."""

from typing import ClassVar

from dishka import FromDishka
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import TokenPurpose, UserStatus
from app.auth.repositories.user import UserRepository
from app.auth.services.account_mail import AccountMail
from app.core.services.queue import BaseTask, inject


class SendVerification(BaseTask):
    """Send it if there is such an account; a second run sends a newer one.

    The request only queues this, whatever the address, so it tells nobody which accounts exist.
    """

    __task_name__ = "auth.send_verification"
    __secrets__: ClassVar[frozenset[str]] = frozenset({"email"})

    @staticmethod
    @inject
    async def run(
        email: str,
        session: FromDishka[AsyncSession],
        users: FromDishka[UserRepository],
        account_mail: FromDishka[AccountMail],
    ) -> None:
        """Send nothing to an address that is verified, or that no active user has."""
        user = await users.find_by_login(email)
        if user is None or user.status_id is not UserStatus.ACTIVE or user.email_verified_at:
            return
        await account_mail.send_link(user, TokenPurpose.VERIFY_EMAIL)
        await session.commit()
