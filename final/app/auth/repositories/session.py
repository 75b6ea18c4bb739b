"""Logins as the module's handlers ask for them."""

from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import AuthSession, User, UserStatus


@dataclass(frozen=True)
class SessionRepository:
    """The logins, through the session of the request."""

    session: AsyncSession

    async def add(self, login: AuthSession) -> None:
        """Write a new login; the caller commits."""
        self.session.add(login)
        await self.session.flush()

    async def lock(self, family_hash: bytes) -> AuthSession | None:
        """Find a login that can be refreshed: it has not expired and its user is active.

        The row is locked until the commit, so of two refreshes at once the second sees what the
        first one wrote.
        """
        statement = (
            select(AuthSession)
            .join(User, User.id == AuthSession.user_id)
            .where(
                AuthSession.family_hash == family_hash,
                AuthSession.expires_at > func.now(),
                User.status_id == UserStatus.ACTIVE,
            )
            .with_for_update(of=AuthSession)
        )
        return await self.session.scalar(statement)

    async def end(self, session_id: int) -> None:
        """End one login; no error if it has ended already."""
        await self.session.execute(delete(AuthSession).where(AuthSession.id == session_id))

    async def end_all(self, user_id: int) -> None:
        """End every login of a user."""
        await self.session.execute(delete(AuthSession).where(AuthSession.user_id == user_id))

    async def purge_expired(self, *, limit: int) -> int:
        """Remove some logins that have expired; returns how many.

        Rows that somebody else is removing, or refreshing in the last moment, are left out.
        """
        expired = (
            select(AuthSession.id)
            .where(AuthSession.expires_at <= func.now())
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        statement = delete(AuthSession).where(AuthSession.id.in_(expired)).returning(AuthSession.id)
        return len((await self.session.scalars(statement)).all())
