"""Somebody makes an account."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import User
from app.auth.repositories.user import UserRepository
from app.auth.services.password_hasher import PasswordHasher
from app.auth.services.password_rules import require_good_password
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class RegisterUser(BaseCommand[User]):
    """Make an active account without any rights; returns the user."""

    email: str
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class RegisterUserHandler(BaseCommandHandler[RegisterUser, User]):
    """Anyone may; one row is added to the users."""

    session: AsyncSession
    users: UserRepository
    passwords: PasswordHasher

    async def __call__(self, command: RegisterUser) -> User:
        """Hash first: no connection is held while the processor works.

        Raises:
            PasswordRefusedError: the password breaks a rule.
            UserExistsError: the e-mail or the user name is taken.

        """
        require_good_password(command.password, username=command.username, email=command.email)
        user = User.create(
            email=command.email,
            username=command.username,
            password_hash=await self.passwords.hash(command.password),
        )
        await self.users.add(user)
        await self.session.commit()
        return user
