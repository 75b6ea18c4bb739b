"""What has somebody ordered?"""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.db.listing import Listing, Page, fetch_page
from app.core.db.read_session import ReadSession
from app.core.mediator import BaseQuery, BaseQueryHandler
from app.orders.models import Order


@dataclass(frozen=True)
class ListOrders(BaseQuery[Page[Order]]):
    """A page of one user's orders, without their lines."""

    user_id: int
    listing: Listing


@dataclass(frozen=True)
class ListOrdersHandler(BaseQueryHandler[ListOrders, Page[Order]]):
    """Every user may ask about oneself."""

    session: ReadSession

    async def __call__(self, query: ListOrders) -> Page[Order]:
        """Fetch the page.

        Raises:
            PageOutOfRangeError: the page comes after the last one.

        """
        own = select(Order).where(Order.user_id == query.user_id)
        return await fetch_page(self.session, own, query.listing)
