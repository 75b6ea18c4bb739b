"""How often was a user blocked?"""

import logging

from dishka import FromDishka
from sqlalchemy.ext.asyncio import AsyncSession

from app.audit.repositories.trail import AuditTrail
from app.auth.integration_events.users import UserBlocked
from app.core.services.queue import BaseTask, inject

logger = logging.getLogger(__name__)


class CountBlocks(BaseTask):
    """Count again; a second run finds the same."""

    __task_name__ = "audit.count_blocks"

    @staticmethod
    @inject
    async def run(
        user_id: int, session: FromDishka[AsyncSession], trail: FromDishka[AuditTrail]
    ) -> None:
        """Count the entries of the trail."""
        await trail.count_blocks(user_id, UserBlocked.get_name())
        await session.commit()
        logger.info("the blocks of user %d were counted", user_id)
