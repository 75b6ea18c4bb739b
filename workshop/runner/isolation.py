"""A database for each target: the migrations of step 2 do not know what step 9 has done.

Only addresses of embedded services are changed; what the user names is used as it is.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg  # type: ignore[import-untyped] # ships no types
import filelock

from workshop.errors import WorkshopError
from workshop.runner.services import Given
from workshop.runner.shortening import shorten
from workshop.runner.target import Target

DATABASE, REDIS = "DATABASE_URL", "REDIS_URL"


def own_addresses(target: Target, given: Given, locks: Path) -> Given:
    """Return the services' addresses for a target; its database exists then.

    The finished app has what the services give: database ``app``, Redis number 0. Step N has
    ``app_step_0N`` and number N.

    Raises:
        WorkshopError: the database cannot be made.

    """
    settings = dict(given.settings)
    if target.step is not None and "postgres" in given.embedded:
        name = f"{urlsplit(settings[DATABASE]).path[1:]}_step_{target.step:02}"
        try:
            with filelock.FileLock(locks / "database.lock"):
                asyncio.run(_create(settings[DATABASE], name))
        except (OSError, asyncpg.PostgresError) as error:
            raise WorkshopError("run-database", name=name, reason=shorten(str(error))) from error
        settings[DATABASE] = _with_path(settings[DATABASE], name)
    if target.step is not None and "redis" in given.embedded:
        settings[REDIS] = _with_path(settings[REDIS], str(target.step))
    return replace(given, settings=settings)


def _with_path(url: str, path: str) -> str:
    return urlsplit(url)._replace(path=f"/{path}").geturl()


async def _create(url: str, name: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    try:
        query = "SELECT 1 FROM pg_database WHERE datname = $1"
        if await connection.fetchval(query, name) is None:
            await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()
