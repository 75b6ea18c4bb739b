"""Changing users through the API: who may, what changes, what ends."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import AuthSession, User, UserStatus
from app.auth.repositories.user import UserRepository
from tests.fixtures.accounts import (
    add_user,
    get_me,
    log_in,
    open_session,
    refresh,
    try_to_log_in,
)

Sessions = async_sessionmaker[AsyncSession]
URL = "/api/v1/users"

Route = tuple[str, str, dict[str, Any] | None]

UPDATE: Route = ("PATCH", "", {"username": "lovelace"})
BLOCK: Route = ("PUT", "/status", {"status_id": 2})
DELETE: Route = ("DELETE", "", None)
RESTORE: Route = ("POST", "/restore", None)
ROUTES = [UPDATE, BLOCK, DELETE, RESTORE]


async def send(
    client: httpx.AsyncClient, route: Route, user_id: object, headers: dict[str, str] | None = None
) -> httpx.Response:
    """Call one of the routes above."""
    method, path, body = route
    return await client.request(method, f"{URL}/{user_id}{path}", json=body, headers=headers)


def outcome(answer: httpx.Response) -> tuple[int, str | None]:
    """Say how it ended."""
    return answer.status_code, answer.json().get("code") if answer.content else None


@pytest.mark.parametrize("route", ROUTES)
async def test_nobody_changes_users_without_a_token(
    client: httpx.AsyncClient, ada: User, route: Route
) -> None:
    """Who is asking comes before whether the user exists."""
    for user_id in (ada.id, 999):
        answer = await send(client, route, user_id)
        assert outcome(answer) == (401, "not_authenticated")


@pytest.mark.parametrize("route", ROUTES)
async def test_others_are_not_changed(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, route: Route
) -> None:
    """403 also for a user who does not exist: the answer tells nothing about others."""
    eve = await add_user(sessions, "eve")
    headers = await log_in(sessions, ada)
    for user_id in (eve.id, 999):
        answer = await send(client, route, user_id, headers)
        assert outcome(answer) == (403, "action_not_allowed")
    async with sessions() as session:
        stored = await session.get_one(User, eve.id)
    assert (stored.username, stored.status_id) == ("eve", UserStatus.ACTIVE)
    assert ada.id != eve.id


@pytest.mark.parametrize("route", ROUTES)
async def test_administrators_learn_who_does_not_exist(
    client: httpx.AsyncClient, route: Route, sessions: Sessions, root: User
) -> None:
    """404, and 422 for what is no id."""
    headers = await log_in(sessions, root)
    answer = await send(client, route, 999, headers)
    assert outcome(answer) == (404, "user_not_found")
    for wrong in ("0", "x", str(2**63)):
        answer = await send(client, route, wrong, headers)
        assert outcome(answer) == (422, "invalid_request")


@pytest.mark.parametrize("who", ["ada", "root"])
async def test_account_is_changed_by_oneself_or_an_administrator(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, who: str, root: User
) -> None:
    """What is not given stays; the answer shows the account as it is stored."""
    headers = await log_in(sessions, ada if who == "ada" else root)
    answer = await client.patch(
        f"{URL}/{ada.id}", json={"email": "Ada@New.example.com"}, headers=headers
    )
    assert answer.status_code == 200, answer.text
    assert (answer.json()["email"], answer.json()["username"]) == ("ada@new.example.com", "ada")
    async with sessions() as session:
        stored = await session.get_one(User, ada.id)
    assert (stored.email, stored.username) == ("ada@new.example.com", "ada")
    assert stored.updated_at > ada.updated_at


async def test_empty_change_changes_nothing(
    client: httpx.AsyncClient, ada: User, sessions: Sessions
) -> None:
    """Null is the same as missing."""
    headers = await log_in(sessions, ada)
    for body in ({}, {"email": None, "username": None}):
        answer = await client.patch(f"{URL}/{ada.id}", json=body, headers=headers)
        assert (answer.status_code, answer.json()["email"]) == (200, ada.email)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"is_admin": True}, "is_admin"),
        ({"status_id": 2}, "status_id"),
        ({"password_hash": "x"}, "password_hash"),
        ({"username": "a b"}, "username"),
        ({"email": "nonsense"}, "email"),
    ],
)
async def test_nothing_else_can_be_changed(
    client: httpx.AsyncClient, ada: User, body: dict[str, Any], field: str, sessions: Sessions
) -> None:
    """Rights are not given to oneself."""
    answer = await client.patch(f"{URL}/{ada.id}", json=body, headers=await log_in(sessions, ada))
    assert outcome(answer) == (422, "invalid_request")
    assert answer.json()["errors"][0]["loc"] == ["body", field]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"email": "EVE@example.com"}, "This e-mail is taken."),
        ({"username": "Eve"}, "This user name is taken."),
    ],
)
async def test_change_to_what_is_taken_is_a_conflict(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, body: dict[str, Any], words: str
) -> None:
    """As at a registration."""
    await add_user(sessions, "eve")
    answer = await client.patch(f"{URL}/{ada.id}", json=body, headers=await log_in(sessions, ada))
    assert outcome(answer) == (409, "user_exists")
    assert answer.json()["detail"] == words


@pytest.mark.parametrize("route", [BLOCK, DELETE])
async def test_blocked_or_deleted_user_loses_access_at_once(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, route: Route, root: User
) -> None:
    """Access and refresh tokens of every session; nobody else's."""
    devices = [await open_session(sessions, ada) for _ in range(2)]
    headers = await log_in(sessions, root)
    answer = await send(client, route, ada.id, headers)
    assert answer.status_code in {200, 204}
    for tokens in devices:
        assert (await get_me(client, tokens["access_token"])).status_code == 401
        assert (await refresh(client, tokens["refresh_token"])).status_code == 401
    assert outcome(await try_to_log_in(client, "ada")) == (401, "credentials_invalid")
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(AuthSession)) == 1


async def test_end_of_a_block_does_not_revive_sessions(
    client: httpx.AsyncClient, ada: User, sessions: Sessions, root: User
) -> None:
    """The user logs in again; a thief with an old token does not come back."""
    tokens = await open_session(sessions, ada)
    headers = await log_in(sessions, root)
    for status_id in (2, 1, 1):
        answer = await client.put(
            f"{URL}/{ada.id}/status", json={"status_id": status_id}, headers=headers
        )
        assert (answer.status_code, answer.json()["status_id"]) == (200, status_id)
    assert (await get_me(client, tokens["access_token"])).status_code == 401
    assert (await refresh(client, tokens["refresh_token"])).status_code == 401
    assert (await try_to_log_in(client, "ada")).status_code == 200


@pytest.mark.parametrize("status_id", [0, 3, "blocked", None])
async def test_unknown_status_is_refused(
    client: httpx.AsyncClient, ada: User, status_id: object, sessions: Sessions, root: User
) -> None:
    """422 names the field."""
    answer = await client.put(
        f"{URL}/{ada.id}/status",
        json={"status_id": status_id},
        headers=await log_in(sessions, root),
    )
    assert outcome(answer) == (422, "invalid_request")
    assert answer.json()["errors"][0]["loc"] == ["body", "status_id"]


async def test_deletion_leaves_the_row(
    client: httpx.AsyncClient, sessions: Sessions, ada: User
) -> None:
    """The user is gone for everybody, and for oneself; the second time there is nobody."""
    headers = await log_in(sessions, ada)
    answer = await client.delete(f"{URL}/{ada.id}", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert outcome(await client.get(f"{URL}/{ada.id}")) == (404, "user_not_found")
    assert outcome(await client.delete(f"{URL}/{ada.id}", headers=headers)) == (
        401,
        "token_invalid",
    )
    async with sessions() as session:
        assert await session.get(User, ada.id) is None
        options = {"include_deleted": True}
        assert await session.get(User, ada.id, execution_options=options) is not None


async def test_restored_user_comes_back(
    client: httpx.AsyncClient, ada: User, sessions: Sessions, root: User
) -> None:
    """With the same account, and by a new login; restoring the living changes nothing."""
    headers = await log_in(sessions, root)
    tokens = await open_session(sessions, ada)
    await client.delete(f"{URL}/{ada.id}", headers=headers)
    for _ in range(2):
        answer = await client.post(f"{URL}/{ada.id}/restore", headers=headers)
        assert (answer.status_code, answer.json()["email"]) == (200, ada.email)
    assert (await get_me(client, tokens["access_token"])).status_code == 401
    assert (await try_to_log_in(client, "ada")).status_code == 200


@pytest.mark.parametrize("taken", ["email", "username"])
async def test_restore_into_a_taken_email_or_name_is_a_conflict(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, root: User, taken: str
) -> None:
    """Somebody else has it by now; the deleted user stays deleted."""
    headers = await log_in(sessions, root)
    await client.delete(f"{URL}/{ada.id}", headers=headers)
    eve = {"username": "eve", "email": "eve@example.com"} | {taken: getattr(ada, taken)}
    await add_user(sessions, **eve)
    answer = await client.post(f"{URL}/{ada.id}/restore", headers=headers)
    assert outcome(answer) == (409, "user_exists")
    assert {"email": "e-mail", "username": "user name"}[taken] in answer.json()["detail"]
    assert (await client.get(f"{URL}/{ada.id}")).status_code == 404


async def test_changes_are_there_when_the_answer_is(
    client: httpx.AsyncClient, sessions: Sessions, ada: User, root: User
) -> None:
    """The commit comes before the response: another connection reads each change at once."""
    headers = await log_in(sessions, root)
    seen = []
    for route in ROUTES:
        await send(client, route, ada.id, headers)
        async with sessions() as session:
            user = await session.get(User, ada.id)
        seen.append(user and (user.username, user.status_id))
    blocked = ("lovelace", UserStatus.BLOCKED)
    assert seen == [("lovelace", UserStatus.ACTIVE), blocked, None, blocked]


@pytest.mark.parametrize("route", [UPDATE, BLOCK, DELETE])
async def test_change_waits_for_the_one_before(
    client: httpx.AsyncClient, sessions: Sessions, root: User, ada: User, route: Route
) -> None:
    """And begins with what that one has left: here nothing."""
    headers = await log_in(sessions, root)
    async with sessions() as other:
        (await UserRepository(other).lock(ada.id)).soft_delete()
        await other.flush()
        changing = asyncio.create_task(send(client, route, ada.id, headers))
        await asyncio.sleep(0.2)
        assert not changing.done()
        await other.commit()
    assert outcome(await changing) == (404, "user_not_found")
