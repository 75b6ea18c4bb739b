"""The web application: ``uvicorn app.main:app``."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from dishka import AsyncContainer, Provider
from dishka.integrations.fastapi import FastapiProvider, setup_dishka
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.middleware.cors import CORSMiddleware

from app.audit.routers import router as audit_router
from app.auth.routers import router as auth_router
from app.core.api import health
from app.core.api.application import Application
from app.core.api.asyncapi import setup_asyncapi
from app.core.api.handlers import setup_exception_handlers
from app.core.api.openapi import document, make_operation_id, setup_openapi
from app.core.api.request_id import HEADER
from app.core.configs import AppConfig, Environment, app_config
from app.core.configs.database import DatabaseConfig
from app.core.configs.rate_limiter import RateLimiterConfig
from app.core.configs.web import WebConfig
from app.core.di import create_container
from app.core.exceptions import (
    ApplicationException,
    InvalidRequestError,
    RateLimitedError,
    UnavailableError,
)
from app.core.log.init import configure_logging
from app.core.middlewares import ContextMiddleware, LoggingMiddleware
from app.core.middlewares.body_limit import (
    BodyLimitMiddleware,
    BodyLimitReached,
    document_bodies,
    handle_body_limit,
)
from app.core.middlewares.security_headers import SecurityHeadersMiddleware

MODULES = (auth_router, audit_router)
"""The top router of every module."""

COMMON_ERRORS = (InvalidRequestError, RateLimitedError, ApplicationException, UnavailableError)


CORS: dict[str, Any] = {
    "allow_methods": ("GET", "POST", "PUT", "PATCH", "DELETE"),
    "allow_headers": ("Authorization", "Content-Type", HEADER),
    "expose_headers": (HEADER, "Retry-After"),
}
"""No cookies: who asks is in ``Authorization``, which no browser sends on its own."""


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


def setup_middlewares(app: Application, config: WebConfig) -> None:
    """Put the middlewares around the app; the last one that is added is the first to be passed."""
    trusted_proxies = app.state.rate_limiter.TRUSTED_PROXIES
    app.add_middleware(BodyLimitMiddleware, limit=config.MAX_BODY_SIZE)
    app.add_exception_handler(BodyLimitReached, handle_body_limit)  # type: ignore[arg-type]
    app.add_middleware(LoggingMiddleware, trusted_proxies=trusted_proxies)
    app.add_middleware(ContextMiddleware)
    app.add_outermost(SecurityHeadersMiddleware, hsts_max_age=config.hsts_max_age)
    if config.CORS_ORIGINS:
        app.add_outermost(CORSMiddleware, allow_origins=config.CORS_ORIGINS, **CORS)


def init_app(config: AppConfig = app_config, *providers: Provider) -> FastAPI:
    """Build the application; a wrong setting or table stops it here, before the first request.

    Args:
        config: settings of the whole app.
        providers: what a test puts in the place of a part.

    """
    is_documented = config.ENVIRONMENT in {Environment.LOCAL, Environment.STAGING}
    app = Application(
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
    setup_middlewares(app, WebConfig())
    setup_exception_handlers(app)
    setup_router(app, config)
    if is_documented:
        setup_openapi(app)
        document_bodies(app)
        setup_asyncapi(app)
    return app


configure_logging("web")
app = init_app()
# What is loaded by now stays as long as the process. A full collection of garbage would look
# through all of it, again and again: up to 70 ms in which nobody is answered.
gc.freeze()
