"""Whether a login needs a verified address is a setting."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.config import FirstAdminConfig
from app.auth.models import User
from app.core.configs import app_config
from app.core.configs.rate_limiter import RateLimiterConfig
from app.init_data import create_first_data
from app.main import init_app
from tests.fixtures.accounts import PASSWORD, add_user, try_to_log_in
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.client import call

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def strict_client(
    database_url: URL, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """Call an app that wants it."""
    monkeypatch.setenv("REQUIRE_VERIFIED_EMAIL", "true")
    app = init_app(app_config, RunDatabaseProvider(database_url))
    app.state.rate_limiter = RateLimiterConfig(RATE_LIMITER_ENABLED=False)
    async with app.router.lifespan_context(app), call(app) as client:
        yield client


async def test_unverified_user_cannot_log_in(
    strict_client: httpx.AsyncClient, ada: User, sessions: Sessions
) -> None:
    """Who does not know the password is told no more than before."""
    answer = await try_to_log_in(strict_client, ada.username)
    assert (answer.status_code, answer.json()["code"]) == (403, "email_not_verified")
    wrong = await try_to_log_in(strict_client, ada.username, "wrong horse battery")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "credentials_invalid")
    bob = await add_user(sessions, "bob", email_verified_at=datetime.now(UTC))
    assert (await try_to_log_in(strict_client, bob.username)).status_code == 200


async def test_by_default_everybody_can_log_in(client: httpx.AsyncClient, ada: User) -> None:
    """An app without a mail server is of use, too."""
    assert ada.email_verified_at is None
    assert (await try_to_log_in(client, ada.username)).status_code == 200


async def test_first_administrator_can_log_in(
    strict_client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """The operator answers for the address in the settings."""
    config = FirstAdminConfig(FIRST_ADMIN_USERNAME="chief", FIRST_ADMIN_PASSWORD=PASSWORD)
    async with sessions() as session:
        assert await create_first_data(session, config)
    assert (await try_to_log_in(strict_client, "chief")).status_code == 200
