"""An account is given up."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.repositories.session import SessionRepository
from app.auth.repositories.user import UserRepository
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class DeleteUser(BaseCommand[None]):
    """Mark a user as deleted; an administrator can restore it."""

    user_id: int


@dataclass(frozen=True)
class DeleteUserHandler(BaseCommandHandler[DeleteUser, None]):
    """Oneself and administrators may (`can_delete`); the user's sessions end."""

    session: AsyncSession
    users: UserRepository
    sessions: SessionRepository

    async def __call__(self, command: DeleteUser) -> None:
        """Write the mark first: a login of this moment waits, or is among the ended sessions.

        Raises:
            UserNotFoundError: there is no such user, or no longer.
            LastAdministratorError: nobody could administer after this.

        """
        user = await self.users.require(command.user_id)
        await self.users.require_another_administrator(user)
        user = await self.users.lock(user.id)  # after the administrators: one order for all
        user.soft_delete()
        await self.users.save()
        await self.sessions.end_all(user.id)
        await self.session.commit()
