"""The first administrator."""

import asyncio

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from app.auth.config import EXAMPLE_PASSWORD, FirstAdminConfig
from app.auth.models import User
from app.auth.services.passwords import verify_password
from app.core.configs import Environment
from app.core.db import INCLUDE_DELETED
from app.init_data import create_first_data

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
def config() -> FirstAdminConfig:
    """Give settings with a password that no default holds."""
    return FirstAdminConfig(FIRST_ADMIN_EMAIL="Root@Example.com", FIRST_ADMIN_PASSWORD="from-env")


async def test_first_run_creates_the_admin_of_the_settings(
    session: AsyncSession, config: FirstAdminConfig
) -> None:
    """Name, address and password are those that were configured."""
    assert await create_first_data(session, config)
    admin = (await session.scalars(select(User))).one()
    assert (admin.email, admin.username, admin.is_admin) == ("root@example.com", "admin", True)
    assert verify_password("from-env", admin.password_hash)


async def test_second_run_changes_nothing(
    session: AsyncSession, sessions: Sessions, config: FirstAdminConfig
) -> None:
    """Other settings later do not make a second administrator."""
    await create_first_data(session, config)
    later = config.model_copy(update={"FIRST_ADMIN_EMAIL": "other@example.com"})
    async with sessions() as second:
        assert not await create_first_data(second, later)
        assert await second.scalar(select(func.count()).select_from(User)) == 1


async def test_runs_at_the_same_time_create_one_admin(
    sessions: Sessions, config: FirstAdminConfig
) -> None:
    """Two machines may be deployed in the same second."""

    async def run() -> bool:
        async with sessions() as session:
            return await create_first_data(session, config)

    assert sorted(await asyncio.gather(*(run() for _ in range(4)))) == [False, False, False, True]


async def test_deleted_admin_does_not_come_back(
    session: AsyncSession, config: FirstAdminConfig
) -> None:
    """Deleting the administrator was somebody's decision."""
    await create_first_data(session, config)
    admin = (await session.scalars(select(User))).one()
    admin.soft_delete()
    await session.commit()
    assert not await create_first_data(session, config)
    every = select(func.count()).select_from(User).execution_options(**INCLUDE_DELETED)
    assert await session.scalar(every) == 1


@pytest.mark.parametrize("password", [EXAMPLE_PASSWORD, "eleven-char"])
@pytest.mark.parametrize("environment", [Environment.STAGING, Environment.PRODUCTION])
def test_weak_password_is_refused_outside_local(environment: Environment, password: str) -> None:
    """The error names the setting and does not show the password."""
    with pytest.raises(ValidationError, match="FIRST_ADMIN_PASSWORD") as caught:
        FirstAdminConfig(ENVIRONMENT=environment, FIRST_ADMIN_PASSWORD=password)
    assert password not in str(caught.value)


def test_twelve_characters_are_enough_outside_local() -> None:
    """The error promises that."""
    FirstAdminConfig(ENVIRONMENT=Environment.PRODUCTION, FIRST_ADMIN_PASSWORD="twelve-chars")


def test_example_password_is_allowed_locally() -> None:
    """Copying .env.example is all that a first try needs."""
    FirstAdminConfig(ENVIRONMENT=Environment.LOCAL, FIRST_ADMIN_PASSWORD=EXAMPLE_PASSWORD)


def test_password_has_no_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """A constant in the code would be everybody's password."""
    monkeypatch.delenv("FIRST_ADMIN_PASSWORD", raising=False)
    with pytest.raises(ValidationError, match="FIRST_ADMIN_PASSWORD"):
        FirstAdminConfig(_env_file=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FIRST_ADMIN_EMAIL", "not an address"),
        ("FIRST_ADMIN_EMAIL", "Root <root@example.com>"),
        ("FIRST_ADMIN_USERNAME", "ro@ot"),
    ],
)
def test_name_that_nobody_could_sign_in_with_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """Before there is such an account."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name):
        FirstAdminConfig(FIRST_ADMIN_PASSWORD="from-env")
