"""From a request to the trail and the count: web, relay, consumer and worker."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from dishka import AsyncContainer
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import InstrumentedAttribute

from app.audit.models import AuditEntry, BlockCount
from app.audit.repositories.trail import AuditTrail
from app.auth.models import User, UserStatus
from app.consumers import init_consumers
from app.core.log.context import bound_context
from app.worker import init_worker
from tests.fixtures.accounts import log_in
from tests.fixtures.events import consuming, relaying, wait_until
from tests.fixtures.queue import work

Sessions = async_sessionmaker[AsyncSession]
TRAIL = "/api/v1/audit"


@pytest.fixture
async def session(web: AsyncContainer, sessions: Sessions) -> AsyncIterator[AsyncSession]:
    """Give the session of a request."""
    del sessions
    async with web() as request:
        yield await request.get(AsyncSession)


async def read_trail(
    engine: AsyncEngine, origin: InstrumentedAttribute[Any] = AuditEntry.request_id
) -> list[tuple[str, int, Any]]:
    """Give event, user and origin of each entry, in the order in which they were written."""
    columns = (AuditEntry.event, AuditEntry.user_id, origin)
    async with engine.connect() as connection:
        found = await connection.execute(select(*columns).order_by(AuditEntry.id))
        return [(event, user, came) for event, user, came in found]


async def count_blocks(engine: AsyncEngine) -> dict[int, int]:
    """Give how often each user was blocked."""
    async with engine.connect() as connection:
        found = await connection.execute(select(BlockCount.user_id, BlockCount.times))
        return {row.user_id: row.times for row in found}


async def test_one_id_goes_from_the_request_to_the_task(
    web: AsyncContainer, session: AsyncSession, engine: AsyncEngine
) -> None:
    """What a request changed is recorded once, in order, and counted by a worker."""
    with bound_context({"request_id": "request-17"}):
        user = User.create(email="ada@example.com", username="ada", password_hash="x")
        session.add(user)
        await session.commit()
        for _ in range(2):
            user.change_status(UserStatus.BLOCKED)
            await session.commit()
            user.change_status(UserStatus.ACTIVE)
            await session.commit()
    async with relaying(web), consuming(init_consumers()), work(init_worker()):

        async def is_counted() -> bool:
            trail = await read_trail(engine)
            return len(trail) == 7 and await count_blocks(engine) == {user.id: 2}

        await wait_until(is_counted)
    changes = ["blocked", "changed", "changed", "blocked", "changed", "changed"]
    assert await read_trail(engine) == [
        (f"auth.user_{name}", user.id, "request-17") for name in ("registered", *changes)
    ]


async def test_count_grows_with_the_trail(
    session: AsyncSession, sessions: Sessions, engine: AsyncEngine
) -> None:
    """And the time of the last block with it; who saw less of the trail sets nothing back."""
    trail = AuditTrail(session)
    for times in (1, 2):
        await fill_trail(sessions, 1)
        await trail.count_blocks(1, "auth.user_blocked")
        async with engine.connect() as connection:
            last_at = await connection.scalar(select(func.max(AuditEntry.occurred_at)))
        await session.commit()
        assert await read_count(engine) == (1, times, last_at)
    async with engine.begin() as connection:
        await connection.execute(delete(AuditEntry).where(AuditEntry.occurred_at == last_at))
    await trail.count_blocks(1, "auth.user_blocked")
    await session.commit()
    assert await read_count(engine) == (1, 2, last_at)


async def read_count(engine: AsyncEngine) -> tuple[int, int, datetime]:
    """Give the only count: of whom, how many, and when the last was."""
    async with engine.connect() as connection:
        columns = (BlockCount.user_id, BlockCount.times, BlockCount.last_at)
        user_id, times, last_at = (await connection.execute(select(*columns))).one()
        return user_id, times, last_at


async def test_trail_says_who_did_it(
    web: AsyncContainer,
    client: httpx.AsyncClient,
    sessions: Sessions,
    engine: AsyncEngine,
    root: User,
) -> None:
    """To oneself or to another; who registers is nobody yet."""
    headers = await log_in(sessions, root)
    account = {"email": "ada@example.com", "username": "ada", "password": "a long password"}
    answer = await client.post("/api/v1/auth/register", json=account)
    ada_id = answer.raise_for_status().json()["id"]
    for method, path, change in (
        ("PUT", f"/api/v1/users/{ada_id}/status", {"status_id": UserStatus.BLOCKED}),
        ("PATCH", f"/api/v1/users/{root.id}", {"username": "toor"}),
    ):
        answer = await client.request(method, path, json=change, headers=headers)
        answer.raise_for_status()
    expected = {
        ("auth.user_registered", ada_id, None),
        ("auth.user_blocked", ada_id, root.id),
        ("auth.user_changed", ada_id, root.id),
        ("auth.user_changed", root.id, root.id),
    }

    async def is_recorded() -> bool:
        return set(await read_trail(engine, AuditEntry.actor_id)) == expected

    async with relaying(web), consuming(init_consumers()):
        await wait_until(is_recorded)


async def fill_trail(sessions: Sessions, *user_ids: int) -> None:
    """Add an entry for each user."""
    async with sessions() as session:
        for user_id in user_ids:
            session.add(
                AuditEntry(
                    event_id=uuid4(),
                    event="auth.user_blocked",
                    user_id=user_id,
                    actor_id=user_id + 10,
                    details={"fields": ["status_id"]},
                    occurred_at=datetime.now(UTC),
                    request_id="r-1",
                )
            )
        await session.commit()


async def test_administrators_may_read_the_trail(
    client: httpx.AsyncClient, sessions: Sessions, root: User
) -> None:
    """Filtered, sorted and page by page, like every list; or all of it."""
    await fill_trail(sessions, 1, 2, 2)
    headers = await log_in(sessions, root)
    params = {"filters": "user_id:2", "sort": "id:desc", "page_size": "1"}
    answer = await client.get(TRAIL, params=params, headers=headers)
    assert answer.status_code == 200
    page = answer.json()
    assert (page["total"], len(page["items"])) == (2, 1)
    entry = page["items"][0]
    assert (entry["id"], entry["event"], entry["request_id"]) == (3, "auth.user_blocked", "r-1")
    assert entry["details"] == {"fields": ["status_id"]}
    by_actor = await client.get(TRAIL, params={"filters": "actor_id:11"}, headers=headers)
    assert [entry["user_id"] for entry in by_actor.json()["items"]] == [1]
    everything = await client.get(TRAIL, headers=headers)
    assert [entry["id"] for entry in everything.json()["items"]] == [1, 2, 3]


async def test_nobody_else_may(client: httpx.AsyncClient, sessions: Sessions, ada: User) -> None:
    """Not even about oneself."""
    assert (await client.get(TRAIL)).status_code == 401
    answer = await client.get(TRAIL, headers=await log_in(sessions, ada))
    assert (answer.status_code, answer.json()["code"]) == (403, "action_not_allowed")
