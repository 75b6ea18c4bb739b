"""Notes that nothing can repeat any more."""

import logging

from dishka import FromDishka
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.configs.events import ConsumersConfig
from app.core.inbox.inbox import Inbox
from app.core.services.queue import BaseTask, inject

logger = logging.getLogger(__name__)

BATCH = 5_000
"""Rows per transaction."""


class PurgeInbox(BaseTask):
    """Remove old notes: no event is sent again after so long, by the outbox or by a person."""

    __task_name__ = "core.purge_inbox"

    @staticmethod
    @inject
    async def run(
        session: FromDishka[AsyncSession],
        inbox: FromDishka[Inbox],
        config: FromDishka[ConsumersConfig],
    ) -> None:
        """Remove batch after batch, until one is not full."""
        removed, batch = 0, BATCH
        while batch == BATCH:
            batch = await inbox.purge(older_than=config.INBOX_KEEP, limit=BATCH)
            await session.commit()
            removed += batch
        logger.info("%d notes of the inbox were removed", removed)
