"""The web application: ``uvicorn app.main:app``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dishka import AsyncContainer, Provider
from dishka.integrations.fastapi import FastapiProvider, setup_dishka
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from app.auth.routers import router as auth_router
from app.core.api import health
from app.core.api.handlers import setup_exception_handlers
from app.core.api.openapi import document, make_operation_id, setup_openapi
from app.core.configs import AppConfig, Environment, app_config
from app.core.configs.database import DatabaseConfig
from app.core.configs.rate_limiter import RateLimiterConfig
from app.core.di import create_container
from app.core.exceptions import (
    ApplicationException,
    InvalidRequestError,
    RateLimitedError,
    UnavailableError,
)

MODULES = (auth_router,)
"""The top router of every module."""

COMMON_ERRORS = (InvalidRequestError, RateLimitedError, ApplicationException, UnavailableError)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Hold what the process shares between requests."""
    container: AsyncContainer = app.state.dishka_container
    app.state.engine = await container.get(AsyncEngine)
    app.state.health_engine = health.create_health_engine(await container.get(DatabaseConfig))
    app.state.redis = await container.get(Redis)
    try:
        yield
    finally:
        await app.state.health_engine.dispose()
        await container.close()


def setup_router(app: FastAPI, config: AppConfig) -> None:
    """Give every module its place."""
    app.include_router(health.router)
    for router in MODULES:
        app.include_router(router, prefix=config.API_V1_STR, responses=document(*COMMON_ERRORS))


def init_app(config: AppConfig = app_config, *providers: Provider) -> FastAPI:
    """Build the application; a wrong setting or table stops it here, before the first request.

    Args:
        config: settings of the whole app.
        providers: what a test puts in the place of a part.

    """
    is_documented = config.ENVIRONMENT in {Environment.LOCAL, Environment.STAGING}
    app = FastAPI(
        title=config.PROJECT_NAME,
        openapi_url=f"{config.API_V1_STR}/openapi.json" if is_documented else None,
        docs_url=None,  # FastAPI's own pages load Swagger UI and ReDoc from the Internet
        redoc_url=None,
        redirect_slashes=False,  # behind a proxy, a redirect would lead to the wrong address
        generate_unique_id_function=make_operation_id,
        lifespan=lifespan,
    )
    app.state.rate_limiter = RateLimiterConfig()
    setup_dishka(create_container(FastapiProvider(), *providers, config=config), app)
    setup_exception_handlers(app)
    setup_router(app, config)
    if is_documented:
        setup_openapi(app)
    return app


app = init_app()
