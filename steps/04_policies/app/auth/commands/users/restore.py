"""A deletion was a mistake."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import User
from app.auth.repositories.user import UserRepository
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class RestoreUser(BaseCommand[User]):
    """Bring a deleted user back, as it was; returns the user."""

    user_id: int


@dataclass(frozen=True)
class RestoreUserHandler(BaseCommandHandler[RestoreUser, User]):
    """Administrators may (`can_restore`); a user who lives stays as it is."""

    session: AsyncSession
    users: UserRepository

    async def __call__(self, command: RestoreUser) -> User:
        """Take the mark away; its sessions stay ended.

        Raises:
            UserNotFoundError: there has never been such a user.
            UserExistsError: somebody else has the e-mail or the user name by now.

        """
        user = await self.users.lock(command.user_id, even_deleted=True)
        user.restore()
        await self.users.save()
        await self.session.commit()
        return user
