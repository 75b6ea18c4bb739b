"""Alive, and ready."""

import asyncio
import time
from contextlib import AsyncExitStack

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import URL

from app.core.api import health
from app.core.api.handlers import setup_exception_handlers
from app.core.configs import app_config
from app.core.configs.database import DatabaseConfig
from app.core.redis import create_redis
from tests.fixtures.client import call


async def get_ready(database_url: URL, redis_url: str) -> httpx.Response:
    """Ask an app that has these addresses."""
    app = FastAPI()
    address = database_url.render_as_string(hide_password=False)
    app.state.health_engine = health.create_health_engine(DatabaseConfig(DATABASE_URL=address))
    app.state.redis = create_redis(redis_url)
    setup_exception_handlers(app)
    app.include_router(health.router)
    async with call(app) as client:
        answer = await client.get("/health/ready")
    await app.state.redis.aclose()
    await app.state.health_engine.dispose()
    return answer


async def test_app_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    """Everything it needs answers."""
    for path in ("/health/live", "/health/ready"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_ready_needs_no_transaction(client: httpx.AsyncClient, statements: list[str]) -> None:
    """It is asked every few seconds."""
    await client.get("/health/ready")
    assert statements == ["SELECT 1"]


async def test_process_whose_pool_is_in_use_is_ready(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    """Else its load would fall on the next one, until none is left."""
    config = DatabaseConfig()
    async with AsyncExitStack() as held:
        for _ in range(config.DATABASE_POOL_SIZE + config.DATABASE_MAX_OVERFLOW):
            await held.enter_async_context(app.state.engine.connect())
        answer = await client.get("/health/ready")
    assert answer.status_code == 200


async def test_silent_database_is_named(database_url: URL, unused_tcp_port: int) -> None:
    """A load balancer sends requests elsewhere; a person reads where to look."""
    answer = await get_ready(database_url.set(port=unused_tcp_port), app_config.redis_url)
    assert (answer.status_code, answer.json()["code"]) == (503, "not_ready")
    assert answer.json()["detail"] == "Does not answer: database."
    assert answer.headers["retry-after"] == "1"


async def test_all_that_is_silent_is_named(
    database_url: URL, unused_tcp_port: int, caplog: pytest.LogCaptureFixture
) -> None:
    """The reasons are in the log, not in the answer."""
    away = f"redis://:hush@127.0.0.1:{unused_tcp_port}/0"
    answer = await get_ready(database_url.set(port=unused_tcp_port), away)
    assert answer.json()["detail"] == "Does not answer: database, redis."
    assert "redis does not answer: " in caplog.text
    assert "hush" not in caplog.text


async def test_database_that_hangs_is_given_up_soon(
    database_url: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The probe itself must not hang."""
    monkeypatch.setattr(health, "PATIENCE", 0.1)

    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    ended = asyncio.Event()
    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    async with server:
        started = time.monotonic()
        host, port = server.sockets[0].getsockname()
        answer = await get_ready(database_url.set(host=host, port=port), app_config.redis_url)
        ended.set()
    assert answer.json()["detail"] == "Does not answer: database."
    assert time.monotonic() - started < 1
