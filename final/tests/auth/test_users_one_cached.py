"""``GET /users/{user_id}`` is kept, and forgotten as soon as the user changes."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from dishka import AsyncContainer
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import URL, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.cache_keys import make_user_key
from app.auth.deps import get_active_user, read_claims
from app.auth.models import User
from app.auth.models.user_changes import ChangedUserEvent
from app.auth.queries.users.get import GetUserHandler
from app.core.api.exchange import get_exchange
from app.core.configs import AppConfig
from app.main import init_app
from tests.fixtures.accounts import log_in, try_to_log_in
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.cache import find_cache
from tests.fixtures.client import call

Sessions = async_sessionmaker[AsyncSession]
USERS = "/api/v1/users"


async def test_second_answer_costs_no_statement(
    client: httpx.AsyncClient, ada: User, statements: list[str]
) -> None:
    """Neither a select nor a connection; the bytes are the same."""
    first = await client.get(f"{USERS}/{ada.id}")
    assert len(statements) == 1
    second = await client.get(f"{USERS}/{ada.id}")
    assert len(statements) == 1
    for answer in (first, second):
        answer.headers.pop("X-Request-ID", None)  # each request has its own
    assert (second.content, second.headers.raw) == (first.content, first.headers.raw)
    assert second.json()["username"] == "ada"


async def test_requests_at_once_cost_one_statement(
    client: httpx.AsyncClient, ada: User, statements: list[str]
) -> None:
    """However many there are; these find a connection to Redis without waiting for one."""
    answers = await asyncio.gather(*(client.get(f"{USERS}/{ada.id}") for _ in range(12)))
    assert {answer.json()["username"] for answer in answers} == {"ada"}
    assert len(statements) == 1


@pytest.mark.usefixtures("sessions")
async def test_who_is_not_there_is_asked_for_each_time(
    client: httpx.AsyncClient, statements: list[str]
) -> None:
    """A 404 is not kept: the next moment, somebody may register."""
    for _ in range(2):
        assert (await client.get(f"{USERS}/1")).status_code == 404
    assert len(statements) == 2


CHANGES: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "update": ("PATCH", "", {"username": "lovelace"}),
    "block": ("PUT", "/status", {"status_id": 2}),
    "delete": ("DELETE", "", None),
}


@pytest.mark.parametrize("change", CHANGES)
async def test_change_is_seen_at_once(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, root: User, change: str
) -> None:
    """The answer to the change comes after the kept one is gone."""
    headers = await log_in(sessions, root)
    before = await client.get(f"{USERS}/{ada.id}")
    method, path, body = CHANGES[change]
    changed = await client.request(method, f"{USERS}/{ada.id}{path}", json=body, headers=headers)
    assert changed.status_code in {200, 204}
    after = await client.get(f"{USERS}/{ada.id}")
    assert after.content != before.content
    assert after.status_code == (404 if change == "delete" else 200)
    if body:
        assert after.json() == {**before.json(), **body}


async def test_end_of_a_change_is_seen_at_once(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, root: User
) -> None:
    """A restored user is there again, and one who is no longer blocked is active."""
    headers = await log_in(sessions, root)
    address = f"{USERS}/{ada.id}"
    before = await client.get(address)
    await client.put(f"{address}/status", json={"status_id": 2}, headers=headers)
    assert (await client.get(address)).json()["status_id"] == 2
    await client.put(f"{address}/status", json={"status_id": 1}, headers=headers)
    assert (await client.get(address)).content == before.content
    await client.delete(address, headers=headers)
    assert (await client.get(address)).status_code == 404
    await client.post(f"{address}/restore", headers=headers)
    assert (await client.get(address)).content == before.content


async def test_change_that_is_rolled_back_forgets_nothing(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, root: User, app: FastAPI
) -> None:
    """It did not happen: the name is taken."""
    headers = await log_in(sessions, root)
    await client.get(f"{USERS}/{ada.id}")
    answer = await client.patch(f"{USERS}/{ada.id}", json={"username": "root"}, headers=headers)
    assert answer.status_code == 409
    assert await (await find_cache(app)).get(make_user_key(ada.id)) is not None


async def test_login_changes_nobody(client: httpx.AsyncClient, app: FastAPI, ada: User) -> None:
    """It writes a session, and the kept answer stays: active users would never have one."""
    await client.get(f"{USERS}/{ada.id}")
    assert (await try_to_log_in(client, "ada")).status_code == 200
    assert await (await find_cache(app)).get(make_user_key(ada.id)) is not None


async def test_any_change_through_the_session_tells(
    client: httpx.AsyncClient, app: FastAPI, ada: User
) -> None:
    """Also of a column that no command changes, and the end of the row itself."""
    container: AsyncContainer = app.state.dishka_container
    cache = await find_cache(app)

    async def change(do: Callable[[AsyncSession, User], Awaitable[None]]) -> None:
        await client.get(f"{USERS}/{ada.id}")
        assert await cache.get(make_user_key(ada.id)) is not None
        async with container() as request:
            session = await request.get(AsyncSession)
            await do(session, await session.get_one(User, ada.id))
            await session.commit()
        assert await cache.get(make_user_key(ada.id)) is None

    async def promote(_session: AsyncSession, user: User) -> None:
        user.is_admin = True

    async def remove(session: AsyncSession, user: User) -> None:
        await session.delete(user)

    await change(promote)
    await change(remove)


async def test_another_program_is_noticed_in_time(
    client: httpx.AsyncClient, app: FastAPI, sessions: Sessions, ada: User
) -> None:
    """A change past the app's session tells nobody: the kept answer lives on until its end."""
    before = await client.get(f"{USERS}/{ada.id}")
    async with sessions() as session:
        await session.execute(update(User).values(username="lovelace"))
        await session.commit()
    assert (await client.get(f"{USERS}/{ada.id}")).content == before.content
    await (await find_cache(app)).delete(make_user_key(ada.id))  # what its end does
    assert (await client.get(f"{USERS}/{ada.id}")).json()["username"] == "lovelace"


async def test_reader_who_is_overtaken_keeps_nothing(
    client: httpx.AsyncClient,
    sessions: Sessions,
    ada: User,
    root: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It read before the commit and stores after the deletion: the next one reads anew."""
    headers = await log_in(sessions, root)
    has_read, may_store = asyncio.Event(), asyncio.Event()
    look_up = GetUserHandler.__call__

    async def dawdle(handler: GetUserHandler, query: Any) -> User:  # noqa: ANN401 - the handler's
        user = await look_up(handler, query)
        has_read.set()
        await may_store.wait()
        return user

    monkeypatch.setattr(GetUserHandler, "__call__", dawdle)
    reader = asyncio.create_task(client.get(f"{USERS}/{ada.id}"))
    await asyncio.wait_for(has_read.wait(), 5)
    await client.patch(f"{USERS}/{ada.id}", json={"username": "lovelace"}, headers=headers)
    after = asyncio.create_task(client.get(f"{USERS}/{ada.id}"))
    await asyncio.sleep(0.2)
    may_store.set()
    assert (await reader).json()["username"] == "ada"
    assert (await after).json()["username"] == "lovelace"
    assert (await client.get(f"{USERS}/{ada.id}")).json()["username"] == "lovelace"


async def test_without_redis_answers_are_right(
    database_url: URL,
    sessions: Sessions,
    ada: User,
    mortal_redis: Any,  # noqa: ANN401 - the package ships no types
) -> None:
    """Redis is killed under the app: reading and changing go on, and what is read is true."""
    config = AppConfig(REDIS_URL=f"redis://127.0.0.1:{mortal_redis.port}/0")
    app = init_app(config, RunDatabaseProvider(database_url))
    headers = await log_in(sessions, ada)
    async with app.router.lifespan_context(app), call(app) as client:
        assert (await client.get(f"{USERS}/{ada.id}")).json()["username"] == "ada"
        mortal_redis.terminate()
        async with asyncio.timeout(10):
            for name in ("lovelace", "countess"):
                changed = await client.patch(
                    f"{USERS}/{ada.id}", json={"username": name}, headers=headers
                )
                assert changed.status_code == 200
                assert (await client.get(f"{USERS}/{ada.id}")).json()["username"] == name


def calls_of(dependant: Any) -> set[Any]:  # noqa: ANN401 - FastAPI's, which has no public name
    """Name all that a route depends on, however far."""
    found = {dependant.call}
    for dependency in dependant.dependencies:
        found |= calls_of(dependency)
    return found


def test_no_cached_route_asks_who_is_there() -> None:
    """Its answer is everybody's: neither a user nor a token may decide about it."""
    dependencies = {
        context.unique_id: calls_of(context.dependant)
        for context in iter_route_contexts(init_app().routes)
        if isinstance(context.original_route, APIRoute)
    }
    kept = {name for name, calls in dependencies.items() if get_exchange in calls}
    private = {
        name for name, calls in dependencies.items() if {get_active_user, read_claims} & calls
    }
    assert "users_get_one" in kept
    assert {"auth_get_me", "users_update", "users_delete"} <= private
    assert not kept & private


def test_name_of_the_event_stays() -> None:
    """Whatever becomes of the class."""
    assert ChangedUserEvent.get_name() == "user_changed"
