"""Policies: as dependencies of routes, and as functions."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import APIRouter, Depends
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.exceptions import ActionNotAllowed
from app.auth.models import User
from app.auth.policies.users import can_change_status, can_delete, can_restore, can_update
from app.core.configs import app_config
from app.main import init_app
from tests.factories import UserFactory
from tests.fixtures.accounts import add_user, log_in
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.client import call

ADA, ROOT = UserFactory.build(id=1), UserFactory.build(id=2, is_admin=True)


@pytest.mark.parametrize("policy", [can_update, can_delete])
async def test_oneself_and_administrators(policy: Callable[[User, int], Awaitable[bool]]) -> None:
    """A plain call takes the user and the id; no request is needed."""
    assert await policy(ADA, 1)
    assert await policy(ROOT, 1)
    with pytest.raises(ActionNotAllowed, match="your own account only"):
        await policy(ADA, 3)


@pytest.mark.parametrize("policy", [can_change_status, can_restore])
async def test_administrators_only(policy: Callable[[User], Awaitable[bool]]) -> None:
    """A plain call takes the user."""
    assert await policy(ROOT)
    with pytest.raises(ActionNotAllowed, match="Only administrators"):
        await policy(ADA)


async def test_a_policy_guards_any_route(
    database_url: URL, sessions: async_sessionmaker[AsyncSession]
) -> None:
    """As a dependency it takes the user from the token and the id from the path."""
    ada, eve = [await add_user(sessions, name) for name in ("ada", "eve")]
    router = APIRouter(dependencies=[Depends(can_update)])

    @router.get("/guarded/{user_id}/thing")
    async def get_thing(user_id: int) -> int:
        return user_id

    app = init_app(app_config, RunDatabaseProvider(database_url))
    app.include_router(router)
    headers = await log_in(sessions, ada)
    async with app.router.lifespan_context(app), call(app) as client:
        own = await client.get(f"/guarded/{ada.id}/thing", headers=headers)
        other = await client.get(f"/guarded/{eve.id}/thing", headers=headers)
        nobody = await client.get(f"/guarded/{ada.id}/thing")
    assert (own.status_code, own.json()) == (200, ada.id)
    assert (other.status_code, other.json()["code"]) == (403, "action_not_allowed")
    assert other.json()["detail"] == "You may change your own account only."
    assert nobody.status_code == 401


async def test_a_guarded_route_asks_for_the_user_once(
    client: httpx.AsyncClient,
    sessions: async_sessionmaker[AsyncSession],
    ada: User,
    statements: list[str],
) -> None:
    """However many policies and parameters want the user: one statement finds it."""
    headers = await log_in(sessions, ada)
    await client.patch(f"/api/v1/users/{ada.id}", json={}, headers=headers)
    assert sum("auth_sessions" in statement for statement in statements) == 1
