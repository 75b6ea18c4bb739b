"""Expired logins are removed, by the clock."""

import asyncio
import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis
from sqlalchemy import URL, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import AuthSession, User
from app.auth.repositories.session import SessionRepository
from app.auth.tasks import purge_expired_sessions
from app.auth.tasks.purge_expired_sessions import PurgeExpiredSessions
from app.core.configs import app_config
from app.core.configs.queue import QueueConfig
from app.core.di import create_container
from app.core.services.queue import QueueService
from app.worker import init_worker
from tests.fixtures.accounts import open_session
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.purging import note_limits
from tests.fixtures.queue import read_options, run_taskiq, wait_until, work

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def living(sessions: Sessions, ada: User) -> int:
    """Store five logins, of which four have expired; give the id of the other."""
    for _ in range(5):
        await open_session(sessions, ada)
    async with sessions() as session:
        living = await session.scalar(select(AuthSession.id).limit(1))
        expired = update(AuthSession).where(AuthSession.id != living)
        past = datetime.now(UTC) - timedelta(seconds=1)
        await session.execute(expired.values(expires_at=past))
        await session.commit()
    assert living is not None
    return living


async def list_ids(sessions: Sessions) -> list[int]:
    """Give the logins that are there."""
    async with sessions() as session:
        return list(await session.scalars(select(AuthSession.id)))


async def test_two_purges_at_once_share_the_work(sessions: Sessions, living: int) -> None:
    """Two schedulers by mistake, or a task that is delivered twice: the effect is the same."""

    async def purge() -> int:
        async with sessions() as session:
            removed = await SessionRepository(session).purge_expired(limit=3)
            await asyncio.sleep(0.1)
            await session.commit()
            return removed

    assert sorted(await asyncio.gather(purge(), purge())) == [1, 3]
    assert await list_ids(sessions) == [living]


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
    monkeypatch.setattr(purge_expired_sessions, "BATCH", 2)
    limits = note_limits(SessionRepository, monkeypatch)
    container = create_container(RunDatabaseProvider(database_url))
    async with container() as request:
        await (await request.get(QueueService)).push(task=PurgeExpiredSessions)
    await container.close()

    async def is_purged() -> bool:
        return await list_ids(sessions) == [living]

    async with work(init_worker(app_config, RunDatabaseProvider(database_url))):
        await wait_until(is_purged)
    assert limits == [2, 2, 2]
    assert "4 expired sessions were removed" in caplog.messages


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to answer")
async def test_schedulers_queue_it_and_stop(
    sessions: Sessions, living: int, database_url: URL, queue: QueueConfig, redis: Redis
) -> None:
    """Two processes of the Procfile queue it twice, and a worker's work is the same."""
    settings = {
        "DATABASE_URL": database_url.render_as_string(hide_password=False),
        "PURGE_SESSIONS_CRON": "* * * * *",
    }
    # Not skipping the first run, or the test would wait for the next minute.
    options = [option for option in read_options("scheduler") if option != "--skip-first-run"]
    target = "app.worker:scheduler"

    async def has_two() -> bool:
        return await redis.xlen(queue.tasks_key) >= 2

    with (
        run_taskiq("scheduler", target, *options, **settings) as one,
        run_taskiq("scheduler", target, *options, **settings) as two,
    ):
        await wait_until(has_two)
        for scheduler in (one, two):
            log, seconds = await asyncio.to_thread(scheduler.stop)
            assert seconds < 2
            assert "Sending task auth.purge_expired_sessions" in log
            assert "Traceback" not in log

    async def is_done() -> bool:
        return await redis.xlen(queue.tasks_key) == 0

    async with work(init_worker(app_config, RunDatabaseProvider(database_url))):
        await wait_until(is_done)
    assert await list_ids(sessions) == [living]
