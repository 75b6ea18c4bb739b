"""Somebody leaves."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.repositories.session import SessionRepository
from app.core.mediator import BaseCommand, BaseCommandHandler


@dataclass(frozen=True)
class LogOut(BaseCommand[None]):
    """End a session: its access and refresh tokens stop working at once."""

    session_id: int


@dataclass(frozen=True)
class LogOutHandler(BaseCommandHandler[LogOut, None]):
    """Who has an access token of the session may; its row is removed."""

    session: AsyncSession
    sessions: SessionRepository

    async def __call__(self, command: LogOut) -> None:
        """Remove it; no error if it is gone already."""
        await self.sessions.end(command.session_id)
        await self.session.commit()
