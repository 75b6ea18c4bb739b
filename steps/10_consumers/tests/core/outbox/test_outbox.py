"""What is written to the outbox, and with which transaction."""

import time
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from app.auth.models import User, UserStatus
from app.core.log.context import bound_context
from app.core.outbox.bell import Bell
from app.core.outbox.models import OutboxEvent
from tests.factories import UserFactory


def make_user(name: str, **values: Any) -> User:  # noqa: ANN401 - columns
    """Make a user that tells of itself."""
    email = f"{name}@example.com"
    return User.create(email=email, username=name, password_hash="x", **values)


async def read_types(engine: AsyncEngine) -> list[str]:
    """Give the types of what is in the outbox, as others see it."""
    async with engine.connect() as connection:
        return list(await connection.scalars(select(OutboxEvent.type).order_by(OutboxEvent.id)))


async def test_events_are_committed_with_the_change(
    session: AsyncSession, engine: AsyncEngine
) -> None:
    """Before the commit nobody sees them, after it everybody."""
    user = make_user("ada")
    session.add(user)
    await session.flush()
    assert await read_types(engine) == []
    await session.commit()
    assert await read_types(engine) == ["auth.user_registered.v1"]
    user.change_status(UserStatus.BLOCKED)
    user.username = "adele"
    await session.commit()
    user.soft_delete()
    await session.commit()
    assert await read_types(engine) == [
        "auth.user_registered.v1",
        "auth.user_blocked.v1",
        "auth.user_changed.v1",
        "auth.user_deleted.v1",
        "auth.user_changed.v1",
    ]


async def test_commit_wakes_the_relay(session: AsyncSession, engine: AsyncEngine) -> None:
    """It need not wait for its next look."""
    bell = Bell(engine)
    try:
        await bell.wait(0.01)  # listens from now on
        session.add(make_user("ada"))
        await session.commit()
        asked = time.monotonic()
        await bell.wait(10)
        assert time.monotonic() - asked < 5
    finally:
        await bell.close()


async def test_row_says_what_and_about_whom_and_no_more(
    session: AsyncSession, engine: AsyncEngine
) -> None:
    """Ids and names of fields; no address, no name, no hash."""
    with bound_context({"request_id": "request-17"}):
        user = make_user("quinn")
        session.add(user)
        await session.commit()
        user.username, user.password_hash = "robyn", "secret"
        await session.commit()
    async with engine.connect() as connection:
        rows = (await connection.execute(select(OutboxEvent.__table__))).all()
    assert [row.key for row in rows] == [f"user:{user.id}"] * 2
    assert {row.partition for row in rows} == {2}  # of four, where "user:1" falls
    assert {row.context["request_id"] for row in rows} == {"request-17"}
    assert '"payload":{"user_id":1,"fields":["username"]}' in rows[1].body
    private = ("quinn", "robyn", "example.com", "secret")  # no part of an id can look like these
    for row in rows:
        assert not any(text in str(row) for text in private)


async def test_what_others_need_not_know_stays_inside(
    session: AsyncSession, engine: AsyncEngine
) -> None:
    """A password that is hashed anew is no change of the account, nor is a write of the same."""
    user = make_user("ada")
    session.add(user)
    await session.commit()
    user.password_hash = "y"
    await session.commit()
    user.username = "ada"
    await session.commit()
    assert await read_types(engine) == ["auth.user_registered.v1"]


async def test_rollback_leaves_nothing(session: AsyncSession, engine: AsyncEngine) -> None:
    """Nor does a commit that fails, or a session that is closed without one."""
    session.add(make_user("ada"))
    await session.flush()
    await session.rollback()
    await session.commit()
    session.add(make_user("bob"))
    session.add(UserFactory.build(username="bob", email="other@example.com"))
    with pytest.raises(IntegrityError):
        await session.commit()
    await session.rollback()
    await session.commit()
    assert await read_types(engine) == []


async def test_savepoint_takes_back_what_came_after_it(
    session: AsyncSession, engine: AsyncEngine
) -> None:
    """The events before and after it stay, and its release sends nothing yet."""
    ada = make_user("ada")
    session.add(ada)
    await session.flush()
    savepoint = await session.begin_nested()
    ada.change_status(UserStatus.BLOCKED)
    await session.flush()
    await savepoint.rollback()
    await session.refresh(ada)
    async with session.begin_nested():
        ada.soft_delete()
    assert await read_types(engine) == []
    await session.commit()
    assert await read_types(engine) == [
        "auth.user_registered.v1",
        "auth.user_deleted.v1",
        "auth.user_changed.v1",
    ]


async def test_commit_without_an_outbox_fails(session: AsyncSession, engine: AsyncEngine) -> None:
    """An event that cannot be written takes the change with it: never one without the other."""
    session.add(make_user("ada"))
    async with engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox_events RENAME TO elsewhere"))
    try:
        with pytest.raises(Exception, match="outbox_events"):
            await session.commit()
        await session.rollback()
    finally:
        async with engine.begin() as connection:
            await connection.execute(text("ALTER TABLE elsewhere RENAME TO outbox_events"))
    assert (await session.scalars(select(User))).all() == []
    assert await read_types(engine) == []
