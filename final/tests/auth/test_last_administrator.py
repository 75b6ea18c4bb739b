"""There is always somebody who can administer."""

import asyncio

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.exceptions import LastAdministratorError
from app.auth.models import User, UserStatus
from app.auth.repositories.user import UserRepository
from tests.fixtures.accounts import add_user, log_in

Sessions = async_sessionmaker[AsyncSession]
URL = "/api/v1/users"


@pytest.mark.parametrize("way", ["block", "delete"])
async def test_last_administrator_stays(
    client: httpx.AsyncClient, sessions: Sessions, root: User, way: str
) -> None:
    """Ordinary, blocked and deleted users do not count; with another active one, it may go."""
    await add_user(sessions, "ordinary")
    await add_user(sessions, "blocked", is_admin=True, status_id=UserStatus.BLOCKED)
    await add_user(sessions, "gone", is_admin=True, deleted_at=root.created_at)
    headers = await log_in(sessions, root)

    async def leave() -> httpx.Response:
        address = f"{URL}/{root.id}"
        if way == "delete":
            return await client.delete(address, headers=headers)
        return await client.put(f"{address}/status", json={"status_id": 2}, headers=headers)

    answer = await leave()
    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    assert (await client.get("/api/v1/auth/me", headers=headers)).status_code == 200
    await add_user(sessions, "second", is_admin=True)
    assert (await leave()).status_code in {200, 204}


async def test_a_blocked_administrator_may_be_deleted(
    client: httpx.AsyncClient, sessions: Sessions, root: User
) -> None:
    """The one who remains is active."""
    other = await add_user(sessions, "other", is_admin=True, status_id=UserStatus.BLOCKED)
    headers = await log_in(sessions, root)
    assert (await client.delete(f"{URL}/{other.id}", headers=headers)).status_code == 204


async def test_second_of_two_at_once_waits_and_is_refused(sessions: Sessions) -> None:
    """Each deletes the other: whoever comes second reads what the first one wrote."""
    one, two = [await add_user(sessions, name, is_admin=True) for name in ("one", "two")]
    async with sessions() as first, sessions() as second:
        await UserRepository(first).require_another_administrator(two)
        (await first.get_one(User, two.id)).soft_delete()
        await first.flush()
        waiting = asyncio.create_task(UserRepository(second).require_another_administrator(one))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await first.commit()
        with pytest.raises(LastAdministratorError):
            await asyncio.wait_for(waiting, timeout=10)


async def test_those_who_log_in_wait_for_nobody(sessions: Sessions) -> None:
    """A login writes a row that refers to the user: the lock leaves that alone."""
    one, two = [await add_user(sessions, name, is_admin=True) for name in ("one", "two")]
    async with sessions() as session:
        await UserRepository(session).require_another_administrator(two)
        await UserRepository(session).lock(one.id)
        await asyncio.wait_for(log_in(sessions, one), timeout=5)


async def test_administrators_cannot_delete_each_other_at_once(
    client: httpx.AsyncClient, sessions: Sessions
) -> None:
    """The same through the API, without a deadlock."""
    one, two = [await add_user(sessions, name, is_admin=True) for name in ("one", "two")]
    tokens = [await log_in(sessions, user) for user in (one, two)]
    answers = await asyncio.gather(
        client.delete(f"{URL}/{two.id}", headers=tokens[0]),
        client.delete(f"{URL}/{one.id}", headers=tokens[1]),
    )
    assert sorted(answer.status_code for answer in answers) in ([204, 401], [204, 409])
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(User)) == 1
