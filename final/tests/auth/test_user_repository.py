"""Users by their ids."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.repositories.user import UserRepository
from tests.factories import UserFactory


async def test_get_finds_the_living(session: AsyncSession) -> None:
    """Whoever is deleted is not there."""
    ada, gone = UserFactory.build(), UserFactory.build()
    gone.soft_delete()
    session.add_all([ada, gone])
    await session.commit()
    users = UserRepository(session)
    assert await users.get(ada.id) is ada
    assert await users.get(gone.id) is None
