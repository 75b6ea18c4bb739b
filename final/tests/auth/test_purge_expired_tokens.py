"""Expired tokens are removed, by the clock."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import URL, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import MailToken, TokenPurpose, User
from app.auth.repositories.mail_token import MailTokenRepository
from app.auth.repositories.user import UserRepository
from app.auth.tasks import purge_expired_tokens
from app.auth.tasks.purge_expired_tokens import PurgeExpiredTokens
from app.core.configs import app_config
from app.core.di import create_container
from app.core.di.tasks import create_task_registry
from app.core.services.queue import QueueService
from app.worker import init_worker
from tests.fixtures.accounts import add_user
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.purging import note_limits
from tests.fixtures.queue import wait_until, work

Sessions = async_sessionmaker[AsyncSession]


def make_repository(session: AsyncSession) -> MailTokenRepository:
    """Make it on a session."""
    return MailTokenRepository(session, UserRepository(session))


@pytest.fixture
async def living(sessions: Sessions, ada: User) -> int:
    """Store five tokens, of which four have expired; give the user of the other."""
    users = [ada, *[await add_user(sessions, f"user{n}") for n in range(4)]]
    async with sessions() as session:
        for user in users:
            await make_repository(session).issue(
                user, TokenPurpose.VERIFY_EMAIL, timedelta(hours=1)
            )
        past = datetime.now(UTC) - timedelta(seconds=1)
        expired = update(MailToken).where(MailToken.user_id != ada.id)
        await session.execute(expired.values(expires_at=past))
        await session.commit()
    return ada.id


async def list_users(sessions: Sessions) -> list[int]:
    """Give the users who have a token."""
    async with sessions() as session:
        return list(await session.scalars(select(MailToken.user_id)))


async def test_two_purges_at_once_share_the_work(sessions: Sessions, living: int) -> None:
    """Two schedulers by mistake, or a task that is delivered twice: the effect is the same."""

    async def purge() -> int:
        async with sessions() as session:
            removed = await make_repository(session).purge_expired(limit=3)
            await asyncio.sleep(0.1)
            await session.commit()
            return removed

    assert sorted(await asyncio.gather(purge(), purge())) == [1, 3]
    assert await list_users(sessions) == [living]


@pytest.mark.usefixtures("queue")
async def test_task_purges_batch_after_batch(
    sessions: Sessions,
    living: int,
    database_url: URL,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Until nothing is left, however much it was; each in a short transaction."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(purge_expired_tokens, "BATCH", 2)
    limits = note_limits(MailTokenRepository, monkeypatch)
    container = create_container(RunDatabaseProvider(database_url))
    async with container() as request:
        await (await request.get(QueueService)).push(task=PurgeExpiredTokens)
    await container.close()

    async def is_purged() -> bool:
        return await list_users(sessions) == [living]

    async with work(init_worker(app_config, RunDatabaseProvider(database_url))):
        await wait_until(is_purged)
    assert limits == [2, 2, 2]
    assert "4 expired tokens were removed" in caplog.messages


def test_purge_runs_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the settings say."""
    monkeypatch.setenv("PURGE_TOKENS_CRON", "5 4 * * *")
    assert dict(create_task_registry())[PurgeExpiredTokens] == "5 4 * * *"
