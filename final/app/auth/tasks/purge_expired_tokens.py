"""Links that nobody opened leave rows behind."""

import logging

from dishka import FromDishka
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.repositories.mail_token import MailTokenRepository
from app.core.services.queue import BaseTask, inject

logger = logging.getLogger(__name__)

BATCH = 1000
"""Rows per transaction: short ones stand in nobody's way, and a task that ends early did some."""


class PurgeExpiredTokens(BaseTask):
    """Remove the rows of tokens that have expired. Two at once share the work."""

    __task_name__ = "auth.purge_expired_tokens"

    @staticmethod
    @inject
    async def run(
        session: FromDishka[AsyncSession], tokens: FromDishka[MailTokenRepository]
    ) -> None:
        """Remove batch after batch, until one is not full."""
        removed, batch = 0, BATCH
        while batch == BATCH:
            batch = await tokens.purge_expired(limit=BATCH)
            await session.commit()
            removed += batch
        logger.info("%d expired tokens were removed", removed)
