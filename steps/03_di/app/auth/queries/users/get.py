"""Who is user number N?"""

from dataclasses import dataclass

from app.auth.exceptions import UserNotFoundError
from app.auth.models import User
from app.core.db.read_session import ReadSession
from app.core.mediator import BaseQuery, BaseQueryHandler


@dataclass(frozen=True)
class GetUser(BaseQuery[User]):
    """A living user, by id."""

    user_id: int


@dataclass(frozen=True)
class GetUserHandler(BaseQueryHandler[GetUser, User]):
    """Anyone may ask."""

    session: ReadSession

    async def __call__(self, query: GetUser) -> User:
        """Look it up.

        Raises:
            UserNotFoundError: there is none, or no longer.

        """
        user = await self.session.get(User, query.user_id)
        if user is None:
            raise UserNotFoundError(query.user_id)
        return user
