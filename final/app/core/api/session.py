"""Database sessions for routes."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request


async def get_read_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Yield a session that only reads."""
    async with request.app.state.read_sessions() as session:
        yield session


ReadSession = Annotated[AsyncSession, Depends(get_read_session, scope="function")]
"""Closed before the response is sent: a slow client must not hold a database connection."""
