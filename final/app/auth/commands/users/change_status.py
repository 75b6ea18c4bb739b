"""Somebody is blocked, or no longer."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import User, UserStatus
from app.auth.repositories.session import SessionRepository
from app.auth.repositories.user import UserRepository
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class ChangeUserStatus(BaseCommand[User]):
    """Set the status; returns the user."""

    user_id: int
    status: UserStatus


@dataclass(frozen=True)
class ChangeUserStatusHandler(BaseCommandHandler[ChangeUserStatus, User]):
    """Administrators may (`can_change_status`); blocking ends the user's sessions."""

    session: AsyncSession
    users: UserRepository
    sessions: SessionRepository

    async def __call__(self, command: ChangeUserStatus) -> User:
        """Write the status first: a login of this moment waits, or is among the ended sessions.

        Raises:
            UserNotFoundError: there is no such user, or no longer.
            LastAdministratorError: nobody could administer after this.

        """
        user = await self.users.require(command.user_id)
        if command.status is not UserStatus.ACTIVE:
            await self.users.require_another_administrator(user)
        user = await self.users.lock(user.id)  # after the administrators: one order for all
        user.change_status(command.status)
        await self.users.save()
        if command.status is not UserStatus.ACTIVE:
            await self.sessions.end_all(user.id)
        await self.session.commit()
        return user
