"""Users as the module's handlers ask for them."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.exceptions import UserExistsError
from app.auth.models import User

UNIQUE = {"uq_users_email_living": "e-mail", "uq_users_username_living": "user name"}
"""What the unique indexes of the table protect, in words."""


@dataclass(frozen=True)
class UserRepository:
    """The living users, through the session of the request."""

    session: AsyncSession

    async def get(self, user_id: int) -> User | None:
        """Find by id."""
        return await self.session.get(User, user_id)

    async def add(self, user: User) -> None:
        """Write a new user; the caller commits.

        The unique indexes decide, not a select before: two requests at once would both find
        nothing.

        Raises:
            UserExistsError: the e-mail or the user name is taken.

        """
        self.session.add(user)
        try:
            await self.session.flush()
        except IntegrityError as error:
            constraint = getattr(error.orig and error.orig.__cause__, "constraint_name", None)
            if constraint not in UNIQUE:
                raise
            raise UserExistsError(UNIQUE[constraint]) from error
