"""Data that a new database needs: ``python -m app.init_data``, safe to run again."""

import asyncio
import logging

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.config import FirstAdminConfig
from app.auth.models import User
from app.auth.services.passwords import hash_password
from app.core.db import INCLUDE_DELETED, get_session
from app.core.log.init import configure_logging

logger = logging.getLogger(__name__)

LOCK = 7_214_001
"""Key of the advisory lock that makes two processes take turns."""


async def create_first_data(session: AsyncSession, config: FirstAdminConfig) -> bool:
    """Create the first administrator, unless there has ever been one.

    A deleted administrator counts: deleting it was somebody's decision.

    Returns:
        Whether it was created now.

    """
    await session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    had_one = select(exists().where(User.is_admin)).execution_options(**INCLUDE_DELETED)
    if await session.scalar(had_one):
        return False
    session.add(
        User.create(
            email=config.FIRST_ADMIN_EMAIL,
            username=config.FIRST_ADMIN_USERNAME,
            password_hash=hash_password(config.FIRST_ADMIN_PASSWORD.get_secret_value()),
            is_admin=True,
        )
    )
    await session.commit()
    return True


async def init_data() -> None:
    """Fill the database that the settings name."""
    config = FirstAdminConfig()
    async for session in get_session():
        created = await create_first_data(session, config)
        logger.info("first administrator %s", "created" if created else "exists already")


if __name__ == "__main__":
    configure_logging("init_data")
    asyncio.run(init_data())
