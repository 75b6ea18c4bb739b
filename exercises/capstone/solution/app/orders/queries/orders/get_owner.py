"""Whose is order number N?"""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.db.read_session import ReadSession
from app.core.mediator import BaseQuery, BaseQueryHandler
from app.orders.exceptions import OrderNotFoundError
from app.orders.models import Order


@dataclass(frozen=True)
class GetOrderOwner(BaseQuery[int]):
    """The id of the user who made an order; it never changes."""

    order_id: int


@dataclass(frozen=True)
class GetOrderOwnerHandler(BaseQueryHandler[GetOrderOwner, int]):
    """Policies ask, before anybody may see more."""

    session: ReadSession

    async def __call__(self, query: GetOrderOwner) -> int:
        """Look it up.

        Raises:
            OrderNotFoundError: there is no such order.

        """
        statement = select(Order.user_id).where(Order.id == query.order_id)
        owner_id = await self.session.scalar(statement)
        if owner_id is None:
            raise OrderNotFoundError(query.order_id)
        return owner_id
