"""Is the process alive, and can it work?"""

import asyncio
import logging
from collections.abc import Awaitable
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel
from redis.asyncio import Redis
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request

from app.core.api.openapi import document
from app.core.configs.database import DatabaseConfig
from app.core.db import create_engine
from app.core.exceptions import UnavailableError

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/health", tags=["health"])

PATIENCE = 1.0
"""Seconds after which something that does not answer counts as down."""


class Health(BaseModel):
    """All is well."""

    status: Literal["ok"] = "ok"


class NotReadyError(UnavailableError):
    """The process runs, but cannot work."""

    code = "not_ready"

    def __init__(self, silent: list[str]) -> None:
        super().__init__(f"Does not answer: {', '.join(silent)}.", retry_after=1)


@router.get("/live")
async def get_live() -> Health:
    """Tell whether the process serves requests; if not, restart it."""
    return Health()


@router.get("/ready", responses=document(NotReadyError))
async def get_ready(request: Request) -> Health:
    """Tell whether the database and Redis answer; if not, send requests elsewhere."""
    state = request.app.state
    checks = {"database": ping_database(state.health_engine), "redis": ping_redis(state.redis)}
    answers = await asyncio.gather(*(answers_in_time(*check) for check in checks.items()))
    if silent := [name for name, answered in zip(checks, answers, strict=True) if not answered]:
        raise NotReadyError(silent)
    return Health()


def create_health_engine(config: DatabaseConfig) -> AsyncEngine:
    """Make an engine with one connection, which no request takes.

    In the pool of the requests a process that is only busy would look ill, and a load balancer
    would give its load to the next one.
    """
    one = {"DATABASE_POOL_SIZE": 1, "DATABASE_MAX_OVERFLOW": 0}
    return create_engine(config.model_copy(update=one))


async def ping_database(engine: AsyncEngine) -> None:
    """Run the smallest statement there is."""
    async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(select(1))


async def ping_redis(redis: Redis) -> None:
    """Run the smallest command there is."""
    await redis.ping()


async def answers_in_time(name: str, check: Awaitable[None]) -> bool:
    """Wait for an answer, but not for long."""
    try:
        async with asyncio.timeout(PATIENCE):
            await check
    except Exception as error:  # noqa: BLE001 - whatever the reason, it is not ready
        logger.warning("%s does not answer: %r", name, error)
        return False
    return True
