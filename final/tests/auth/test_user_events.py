"""What users have to tell, and that it is told."""

import logging

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.models import User, UserStatus
from app.auth.models.user_events import BlockedUserEvent, CreatedUserEvent, DeletedUserEvent
from app.core.events import BaseEvent
from tests.factories import UserFactory

ADA = {"email": "Ada@Example.com", "username": "Ada", "password": "correct horse battery"}


def test_new_user_tells_that_it_was_created() -> None:
    """With the values as they are stored."""
    user = User.create(email="Ada@Example.com", username="Ada", password_hash="hash")
    assert user.pull_events() == [CreatedUserEvent(email="ada@example.com", username="ada")]
    assert user.pull_events() == []


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (CreatedUserEvent, "user_created"),
        (BlockedUserEvent, "user_blocked"),
        (DeletedUserEvent, "user_deleted"),
    ],
)
def test_event_has_a_name(event: type[BaseEvent], name: str) -> None:
    """The log tells by it what was lost, or who failed."""
    assert event.get_name() == name


def test_only_a_change_of_status_is_told() -> None:
    """To block the blocked, or to let the active be active, is no news."""
    user = UserFactory.build(id=7)
    user.change_status(UserStatus.ACTIVE)
    assert user.pull_events() == []
    user.change_status(UserStatus.BLOCKED)
    assert user.pull_events() == [BlockedUserEvent(user_id=7)]
    user.change_status(UserStatus.BLOCKED)
    assert user.pull_events() == []


def test_deletion_is_told_once() -> None:
    """A second deletion deletes nothing."""
    user = UserFactory.build(id=7)
    user.soft_delete()
    assert user.pull_events() == [DeletedUserEvent(user_id=7)]
    user.soft_delete()
    assert user.pull_events() == []


async def test_registration_leaves_a_trace_without_a_name(
    client: httpx.AsyncClient,
    sessions: async_sessionmaker[AsyncSession],  # noqa: ARG001 - empties the tables
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The handler ran, by the time of the answer, and logged no personal data."""
    with caplog.at_level(logging.INFO, "app.auth.events"):
        await client.post("/api/v1/auth/register", json=ADA)
    assert caplog.messages == ["a user was created, at example.com"]


async def test_refused_registration_leaves_none(
    client: httpx.AsyncClient,
    sessions: async_sessionmaker[AsyncSession],  # noqa: ARG001 - empties the tables
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was rolled back did not happen."""
    await client.post("/api/v1/auth/register", json=ADA)
    with caplog.at_level(logging.INFO, "app.auth.events"):
        answer = await client.post("/api/v1/auth/register", json=ADA)
    assert answer.status_code == 409
    assert caplog.messages == []
