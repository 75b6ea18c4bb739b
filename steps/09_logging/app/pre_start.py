"""Wait until the database answers: ``python -m app.pre_start``, before migrations and the app."""

import asyncio
import logging
import sys

from sqlalchemy import make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from tenacity import (
    AsyncRetrying,
    before_sleep_log,
    retry_if_exception,
    stop_after_attempt,
    wait_fixed,
)

from app.core.configs.database import DatabaseConfig
from app.core.db import create_engine
from app.core.log.init import configure_logging

logger = logging.getLogger(__name__)


def may_pass(error: BaseException) -> bool:
    """Tell whether another try has a chance: with the network and with the database, mostly.

    A refused login would be refused again: SQLSTATE class 28 is "invalid authorization
    specification" (PostgreSQL manual, appendix A). A mistake in the code stays one, too.
    """
    if isinstance(error, DBAPIError):
        return not str(getattr(error.orig, "sqlstate", None)).startswith("28")
    return isinstance(error, OSError)


async def ping(engine: AsyncEngine) -> None:
    """Run the smallest statement there is.

    Raises:
        OSError: nothing listens there, or the network fails.
        DBAPIError: the server refuses.

    """
    async with engine.connect() as connection:
        await connection.execute(select(1))


async def wait_for_database(config: DatabaseConfig) -> None:
    """Ping until it works, at most ``PRE_START_TRIES`` times.

    Raises:
        OSError: the last try found nothing that listens.
        DBAPIError: the last try was refused.

    """
    engine = create_engine(config)
    retrying = AsyncRetrying(
        retry=retry_if_exception(may_pass),
        stop=stop_after_attempt(config.PRE_START_TRIES),
        wait=wait_fixed(config.PRE_START_WAIT),
        before_sleep=before_sleep_log(logger, logging.INFO),
        reraise=True,
    )
    try:
        await retrying(ping, engine)
    finally:
        await engine.dispose()


def main() -> None:
    """Exit with 0 when the database answers, else with 1 and a line that says what to look at."""
    configure_logging("pre_start")
    config = DatabaseConfig()
    try:
        asyncio.run(wait_for_database(config))
    except (OSError, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        where = make_url(config.DATABASE_URL).render_as_string(hide_password=True)
        sys.exit(
            f"The database at {where} cannot be used: {reason}.\n"
            "Check that it runs, and the setting DATABASE_URL."
        )


if __name__ == "__main__":
    main()
