"""Logins that ended by themselves leave rows behind."""

import logging

from dishka import FromDishka
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.repositories.session import SessionRepository
from app.core.services.queue import BaseTask, inject

logger = logging.getLogger(__name__)

BATCH = 1000
"""Rows per transaction: short ones stand in nobody's way, and a task that ends early did some."""


class PurgeExpiredSessions(BaseTask):
    """Remove the rows of logins that have expired. Two at once share the work."""

    __task_name__ = "auth.purge_expired_sessions"

    @staticmethod
    @inject
    async def run(
        session: FromDishka[AsyncSession], sessions: FromDishka[SessionRepository]
    ) -> None:
        """Remove batch after batch, until one is not full."""
        removed, batch = 0, BATCH
        while batch == BATCH:
            batch = await sessions.purge_expired(limit=BATCH)
            await session.commit()
            removed += batch
        logger.info("%d expired sessions were removed", removed)
