"""The rules of the users table."""

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.models import User, UserStatus
from tests.factories import UserFactory


async def test_created_user_is_active_and_no_admin(session: AsyncSession) -> None:
    """``User.create`` takes the least: rights are given, never assumed."""
    user = User.create(email="ada@example.com", username="ada", password_hash="hash")
    session.add(user)
    await session.commit()
    assert (user.status_id, user.is_admin, user.is_deleted) == (UserStatus.ACTIVE, False, False)


@pytest.mark.parametrize("column", ["email", "username"])
async def test_two_living_users_may_not_share(session: AsyncSession, column: str) -> None:
    """E-mail and user name are unique, whatever the case of their letters."""
    first = UserFactory.build()
    second = UserFactory.build(**{column: getattr(first, column).upper()})
    session.add_all([first, second])
    with pytest.raises(IntegrityError, match=f"uq_users_{column}_living"):
        await session.commit()


async def test_a_deleted_user_frees_email_and_name(session: AsyncSession) -> None:
    """Somebody may come back with the same address after a deletion."""
    gone = UserFactory.build()
    session.add(gone)
    gone.soft_delete()
    session.add(UserFactory.build(email=gone.email, username=gone.username))
    await session.commit()


async def test_restore_into_a_taken_email_is_refused(session: AsyncSession) -> None:
    """The database keeps the rule, whoever breaks it."""
    gone = UserFactory.build()
    gone.soft_delete()
    session.add_all([gone, UserFactory.build(email=gone.email)])
    await session.commit()
    gone.restore()
    with pytest.raises(IntegrityError, match="uq_users_email_living"):
        await session.commit()


async def test_email_is_found_in_any_case(session: AsyncSession) -> None:
    """Conditions are lowered as the rows are."""
    session.add(UserFactory.build(email="Ada@Example.com"))
    await session.commit()
    found = await session.scalar(select(User.email).where(User.email == "ADA@example.COM"))
    assert found == "ada@example.com"


def test_object_shows_email_and_name_as_stored() -> None:
    """Before any reload, too: events and answers must not differ from the row."""
    user = UserFactory.build(email="Ada@Example.com", username="Ada")
    assert (user.email, user.username) == ("ada@example.com", "ada")


async def test_status_is_a_member_and_a_number(session: AsyncSession) -> None:
    """Python sees the member, the table holds its number."""
    session.add(UserFactory.build(status_id=UserStatus.BLOCKED))
    await session.commit()
    assert await session.scalar(select(User.status_id)) is UserStatus.BLOCKED
    assert await session.scalar(text("SELECT status_id FROM users")) == 2


async def test_status_can_be_changed(session: AsyncSession) -> None:
    """Through a method with a name, so that there is one place to say what else it means."""
    user = UserFactory.build()
    session.add(user)
    user.change_status(UserStatus.BLOCKED)
    await session.commit()
    assert await session.scalar(select(User.status_id)) is UserStatus.BLOCKED


async def test_unknown_status_is_refused_by_the_app(session: AsyncSession) -> None:
    """A number that is no member does not reach the database."""
    with pytest.raises(Exception, match="3 is not a valid UserStatus"):
        await session.execute(update(User).values(status_id=3))


async def test_unknown_status_is_refused_by_the_database(session: AsyncSession) -> None:
    """Other programs write to this table as well."""
    session.add(UserFactory.build())
    await session.commit()
    with pytest.raises(IntegrityError, match="ck_users_status_id_known"):
        await session.execute(text("UPDATE users SET status_id = 3"))
