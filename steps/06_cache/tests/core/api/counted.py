"""The app with a cached route that counts its runs in Redis, for this process and for uvicorn."""

import asyncio
import os

from dishka.integrations.fastapi import DishkaRoute, FromDishka
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel
from redis.asyncio import Redis

from app.core.configs import app_config
from app.core.deps import cached
from app.main import init_app
from tests.fixtures.patient_redis import PatientRedisProvider

COUNTER = "COUNTED_COUNTER"
"""The environment variable that names the counter."""

SECONDS = "COUNTED_SECONDS"
"""The environment variable that says how long a run takes."""

router = APIRouter(prefix="/counted", route_class=DishkaRoute)


class Counted(BaseModel):
    """How often it was computed, and where the last time."""

    runs: int
    process: int


@router.get("")
@cached(ttl=60, key_builder=lambda *_args, **_kwargs: "counted")
async def get_counted(redis: FromDishka[Redis]) -> Counted:
    """Take a while."""
    runs = await redis.incr(os.environ[COUNTER])
    await asyncio.sleep(float(os.environ.get(SECONDS, "0.3")))
    return Counted(runs=runs, process=os.getpid())


def make_counted_app() -> FastAPI:
    """Build it."""
    app = init_app(app_config, PatientRedisProvider())
    app.include_router(router)
    return app


app = make_counted_app()
