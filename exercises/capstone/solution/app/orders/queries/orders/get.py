"""What is in order number N?"""

from dataclasses import dataclass

from sqlalchemy.orm import selectinload

from app.core.db.read_session import ReadSession
from app.core.mediator import BaseQuery, BaseQueryHandler
from app.orders.exceptions import OrderNotFoundError
from app.orders.models import Order


@dataclass(frozen=True)
class GetOrder(BaseQuery[Order]):
    """An order with its lines, by id."""

    order_id: int


@dataclass(frozen=True)
class GetOrderHandler(BaseQueryHandler[GetOrder, Order]):
    """The owner and administrators may ask (`can_access`)."""

    session: ReadSession

    async def __call__(self, query: GetOrder) -> Order:
        """Look it up.

        Raises:
            OrderNotFoundError: there is none.

        """
        options = [selectinload(Order.lines)]
        order = await self.session.get(Order, query.order_id, options=options)
        if order is None:
            raise OrderNotFoundError(query.order_id)
        return order
