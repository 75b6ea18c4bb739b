"""What the tests of the capstone share."""

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest
from dishka import AsyncContainer
from redis.asyncio import Redis
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import User
from app.core.configs import app_config
from app.core.configs.events import EventsConfig
from app.core.configs.rate_limiter import RateLimiterConfig
from app.core.message_brokers import Message
from app.core.outbox.event_relay import EventRelay
from app.main import init_app
from tests.core.outbox.conftest import read_streams, send_all
from tests.fixtures.accounts import add_user, log_in
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.client import call

TOPIC = "orders.orders"

pytest.register_assert_rewrite("tests.capstone.shop")

Sessions = async_sessionmaker[AsyncSession]
SendAndRead = Callable[[], Awaitable[list[Message]]]


@pytest.fixture
async def as_ada(sessions: Sessions, ada: User) -> dict[str, str]:
    """Give the headers of a user without rights."""
    return await log_in(sessions, ada)


@pytest.fixture
async def as_eve(sessions: Sessions) -> dict[str, str]:
    """Give the headers of another user without rights."""
    return await log_in(sessions, await add_user(sessions, "eve"))


@pytest.fixture
async def as_root(sessions: Sessions, root: User) -> dict[str, str]:
    """Give the headers of an administrator."""
    return await log_in(sessions, root)


@pytest.fixture
async def shop(events: EventsConfig, database_url: URL) -> AsyncIterator[httpx.AsyncClient]:
    """Call an app whose events go to streams of this test's own."""
    del events
    app = init_app(app_config, RunDatabaseProvider(database_url))
    app.state.rate_limiter = RateLimiterConfig(RATE_LIMITER_ENABLED=False)
    async with app.router.lifespan_context(app), call(app) as client:
        yield client


@pytest.fixture
async def send_and_read(
    web: AsyncContainer, redis: Redis, events: EventsConfig, sessions: Sessions
) -> SendAndRead:
    """Give a relay that sends what waits when it is told to, and shows what has come to Redis."""
    del sessions
    relay: EventRelay = await web.get(EventRelay)
    await relay.prepare()

    async def work() -> list[Message]:
        await send_all(relay)
        return await read_streams(redis, events, TOPIC)

    return work
