"""Users as the module's handlers ask for them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.exceptions import LastAdministratorError, UserExistsError, UserNotFoundError
from app.auth.models import User, UserStatus
from app.core.db import INCLUDE_DELETED

UNIQUE = {"uq_users_email_living": "e-mail", "uq_users_username_living": "user name"}
"""What the unique indexes of the table protect, in words."""


@dataclass(frozen=True)
class UserRepository:
    """The living users, through the session of the request."""

    session: AsyncSession

    async def get(self, user_id: int) -> User | None:
        """Find by id."""
        return await self.session.get(User, user_id)

    async def require(self, user_id: int) -> User:
        """Find by id.

        Raises:
            UserNotFoundError: there is none, or no longer.

        """
        user = await self.get(user_id)
        if user is None:
            raise UserNotFoundError(user_id)
        return user

    async def lock(self, user_id: int, *, even_deleted: bool = False) -> User:
        """Read the user in order to change it: whoever wants the same waits for the commit.

        Without this, two requests at once would decide by what neither of them leaves behind.

        Raises:
            UserNotFoundError: there is none, or no longer.

        """
        options = INCLUDE_DELETED if even_deleted else {}
        statement = (
            select(User)
            .where(User.id == user_id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True, **options)
        )
        user = await self.session.scalar(statement)
        if user is None:
            raise UserNotFoundError(user_id)
        return user

    async def find_by_login(self, login: str) -> User | None:
        """Find by e-mail or by user name; only an e-mail has an @ in it."""
        column = User.email if "@" in login else User.username
        return await self.session.scalar(select(User).where(column == login))

    async def lock_active(self, user_id: int) -> User | None:
        """Read the user again, if active; whoever wants to block or delete it waits."""
        statement = (
            select(User)
            .where(User.id == user_id, User.status_id == UserStatus.ACTIVE)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
        return await self.session.scalar(statement)

    async def require_another_administrator(self, user: User) -> None:
        """Make sure that an active administrator remains without this user.

        All of them are locked, in one order, until the commit: two administrators who block each
        other at once would each find the other one.

        Raises:
            LastAdministratorError: this is the last one.

        """
        if not user.is_admin:
            return
        statement = (
            select(User.id)
            .where(User.is_admin, User.status_id == UserStatus.ACTIVE)
            .order_by(User.id)
            .with_for_update(key_share=True)
        )
        if (await self.session.scalars(statement)).all() == [user.id]:
            raise LastAdministratorError

    async def add(self, user: User) -> None:
        """Write a new user; the caller commits.

        Raises:
            UserExistsError: the e-mail or the user name is taken.

        """
        self.session.add(user)
        await self.save()

    async def save(self) -> None:
        """Write what was changed; the caller commits.

        The unique indexes decide, not a select before: two requests at once would both find
        nothing.

        Raises:
            UserExistsError: the e-mail or the user name is taken.

        """
        try:
            await self.session.flush()
        except IntegrityError as error:
            constraint = getattr(error.orig and error.orig.__cause__, "constraint_name", None)
            if constraint not in UNIQUE:
                raise
            raise UserExistsError(UNIQUE[constraint]) from error
