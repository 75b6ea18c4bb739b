"""Somebody proves who they are."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.config import TokenConfig
from app.auth.exceptions import CredentialsInvalidError
from app.auth.models import AuthSession, User
from app.auth.repositories.session import SessionRepository
from app.auth.repositories.user import UserRepository
from app.auth.services.password_hasher import PasswordHasher
from app.auth.services.refresh_token import RefreshToken
from app.auth.services.token_service import Tokens, TokenService
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class LogIn(BaseCommand[Tokens]):
    """Start a session; returns its first tokens."""

    login: str
    """E-mail or user name."""
    password: str = field(repr=False)


@dataclass(frozen=True)
class LogInHandler(BaseCommandHandler[LogIn, Tokens]):
    """Anyone may; one row is added to the sessions."""

    config: TokenConfig
    session: AsyncSession
    users: UserRepository
    sessions: SessionRepository
    passwords: PasswordHasher
    tokens: TokenService

    async def __call__(self, command: LogIn) -> Tokens:
        """Verify the password, also of a user who does not exist: it takes the same time.

        Raises:
            CredentialsInvalidError: no such active user, or another password.

        """
        found = await self.users.find_by_login(command.login)
        known_hash = found.password_hash if found else None
        await self.session.commit()  # no connection is held while the processor works
        is_right, new_hash = await self.passwords.verify_and_update(command.password, known_hash)
        if found is None or not is_right:
            raise CredentialsInvalidError
        # Meanwhile the user may have been blocked, or the password changed.
        user = await self.users.lock_active(found.id)
        if user is None:
            raise CredentialsInvalidError
        if user.password_hash != known_hash:
            await self.session.rollback()
            return await self(command)
        if new_hash is not None:
            user.password_hash = new_hash
        return await self.start_session(user)

    async def start_session(self, user: User) -> Tokens:
        """Write the session and make its tokens."""
        token = RefreshToken.create()
        login = AuthSession.create(
            user.id,
            family_hash=token.family_hash,
            token_hash=token.token_hash,
            lifetime=self.config.session_lifetime,
        )
        await self.sessions.add(login)
        await self.session.commit()
        return self.tokens.make_tokens(user.id, login.id, token)
