"""Somebody's name or address changes."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import User
from app.auth.repositories.user import UserRepository
from app.auth.services.account_mail import AccountMail
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class UpdateUser(BaseCommand[User]):
    """Change what is not None; returns the user."""

    user_id: int
    email: str | None = None
    username: str | None = None


@dataclass(frozen=True)
class UpdateUserHandler(BaseCommandHandler[UpdateUser, User]):
    """Oneself and administrators may (`can_update`); the user's row changes.

    The owner is told at the old address, by a letter that leaves with the commit: it must not get
    lost. Nothing goes to one that nobody has confirmed: it may be anybody's.
    """

    session: AsyncSession
    users: UserRepository
    account_mail: AccountMail

    async def __call__(self, command: UpdateUser) -> User:
        """Write what was given.

        Raises:
            UserNotFoundError: there is no such user, or no longer.
            UserExistsError: the e-mail or the user name is taken.

        """
        user = await self.users.lock(command.user_id)
        name, before, was_verified = user.username, user.email, user.email_verified_at is not None
        user.email = command.email or user.email
        user.username = command.username or user.username
        await self.users.save()
        if was_verified and user.email != before:
            await self.account_mail.send_email_changed(name, before)
        await self.session.commit()
        return user
