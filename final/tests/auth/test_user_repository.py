"""Users by their ids."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.repositories.user import UserRepository
from tests.factories import UserFactory


async def test_get_finds_by_id(session: AsyncSession) -> None:
    """Or finds nobody."""
    ada = UserFactory.build()
    session.add(ada)
    await session.commit()
    users = UserRepository(session)
    assert await users.get(ada.id) is ada
    assert await users.get(ada.id + 1) is None
