"""Which users are there?"""

from dataclasses import dataclass

from sqlalchemy import select

from app.auth.models import User
from app.core.db.listing import Listing, Page, fetch_page
from app.core.db.read_session import ReadSession
from app.core.mediator import BaseQuery, BaseQueryHandler


@dataclass(frozen=True)
class ListUsers(BaseQuery[Page[User]]):
    """A page of the living users."""

    listing: Listing


@dataclass(frozen=True)
class ListUsersHandler(BaseQueryHandler[ListUsers, Page[User]]):
    """Anyone may ask."""

    session: ReadSession

    async def __call__(self, query: ListUsers) -> Page[User]:
        """Fetch the page.

        Raises:
            PageOutOfRangeError: the page comes after the last one.

        """
        return await fetch_page(self.session, select(User), query.listing)
