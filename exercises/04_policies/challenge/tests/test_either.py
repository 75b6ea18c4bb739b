"""The stretch task: either of several policies is enough."""

# ruff: noqa: INP001 - laid into a package of the app

import pytest
from fastapi import APIRouter, Depends
from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from tests.factories import UserFactory
from tests.fixtures.accounts import add_user, log_in
from tests.fixtures.app import RunDatabaseProvider
from tests.fixtures.client import call

from app.auth.deps import ActiveUser
from app.auth.exceptions import ActionNotAllowed
from app.auth.models import User
from app.auth.policies.users import can_restore, can_update
from app.core.configs import app_config
from app.main import init_app

ADA, ROOT = UserFactory.build(id=1), UserFactory.build(id=2, is_admin=True)


async def test_one_that_agrees_is_enough() -> None:
    """Whichever it is, and each gets only the parameters that it knows."""
    from app.auth.policies.either import any_of  # noqa: PLC0415 - it is what the test is about

    for policy in (any_of(can_restore, can_update), any_of(can_update, can_restore)):
        assert await policy(user=ADA, user_id=1)
        assert await policy(user=ROOT, user_id=1)


async def test_first_refusal_is_the_answer() -> None:
    """The caller chooses which words the client reads."""
    from app.auth.policies.either import any_of  # noqa: PLC0415 - as above

    with pytest.raises(ActionNotAllowed, match="Only administrators"):
        await any_of(can_restore, can_update)(user=ADA, user_id=3)
    with pytest.raises(ActionNotAllowed, match="your own account only"):
        await any_of(can_update, can_restore)(user=ADA, user_id=3)


async def test_nobody_is_asked_after_one_that_agrees() -> None:
    """And an error that is no refusal is not swallowed."""
    from app.auth.policies.either import any_of  # noqa: PLC0415 - as above

    async def fails(user: ActiveUser) -> bool:
        raise LookupError(user.username)

    assert await any_of(can_update, fails)(user=ADA, user_id=1)
    with pytest.raises(LookupError):
        await any_of(can_update, fails)(user=ADA, user_id=3)
    with pytest.raises(LookupError):
        await any_of(fails, can_update)(user=ADA, user_id=1)


async def test_it_guards_a_route(
    database_url: URL, sessions: async_sessionmaker[AsyncSession]
) -> None:
    """FastAPI fills the parameters of all."""
    from app.auth.policies.either import any_of  # noqa: PLC0415 - as above

    ada: User = await add_user(sessions, "ada")
    router = APIRouter(dependencies=[Depends(any_of(can_restore, can_update))])

    @router.get("/guarded/{user_id}")
    async def get_thing(user_id: int) -> int:
        return user_id

    app = init_app(app_config, RunDatabaseProvider(database_url))
    app.include_router(router)
    headers = await log_in(sessions, ada)
    async with app.router.lifespan_context(app), call(app) as client:
        own = await client.get(f"/guarded/{ada.id}", headers=headers)
        other = await client.get("/guarded/999", headers=headers)
    assert (own.status_code, own.json()) == (200, ada.id)
    assert (other.status_code, other.json()["code"]) == (403, "action_not_allowed")


def test_mistakes_are_found_at_the_import() -> None:
    """No policy at all, and one name for two things."""
    from app.auth.policies.either import any_of  # noqa: PLC0415 - as above

    async def by_name(user_id: str) -> bool:
        return bool(user_id)

    with pytest.raises(ValueError, match="policy"):
        any_of()
    with pytest.raises(TypeError, match="user_id"):
        any_of(can_update, by_name)
