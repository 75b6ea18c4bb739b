"""Somebody says that an account has this address, and that its password is forgotten."""

from typing import ClassVar

from dishka import FromDishka
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import TokenPurpose, UserStatus
from app.auth.repositories.user import UserRepository
from app.auth.services.account_mail import AccountMail
from app.core.services.queue import BaseTask, inject


class SendPasswordReset(BaseTask):
    """Send a link if there is such an account; a second run sends a newer one.

    The request only queues this, whatever the address, so it tells nobody which accounts exist.
    """

    __task_name__ = "auth.send_password_reset"
    __secrets__: ClassVar[frozenset[str]] = frozenset({"email"})

    @staticmethod
    @inject
    async def run(
        email: str,
        session: FromDishka[AsyncSession],
        users: FromDishka[UserRepository],
        account_mail: FromDishka[AccountMail],
    ) -> None:
        """Send nothing to an address that no active user has."""
        user = await users.find_by_login(email)
        if user is None or user.status_id is not UserStatus.ACTIVE:
            return
        await account_mail.send_link(user, TokenPurpose.RESET_PASSWORD)
        await session.commit()
