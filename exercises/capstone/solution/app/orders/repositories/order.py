"""Orders as the module's handlers ask for them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.orders.exceptions import OrderNotFoundError
from app.orders.models import Order

KEY_IS_TAKEN = "uq_orders_user_id_idempotency_key"


@dataclass(frozen=True)
class OrderRepository:
    """The orders with their lines, through the session of the request."""

    session: AsyncSession

    async def add(self, order: Order) -> bool:
        """Write a new order; the caller commits. False: the user has one with this key.

        The constraint decides, not a select before: two requests at once would both find nothing.
        The savepoint keeps the transaction usable.
        """
        try:
            async with self.session.begin_nested():
                self.session.add(order)
        except IntegrityError as error:
            constraint = getattr(error.orig and error.orig.__cause__, "constraint_name", None)
            if constraint != KEY_IS_TAKEN:
                raise
            return False
        return True

    async def get_by_key_of(self, order: Order) -> Order:
        """Find the one that stands in the way of an order that could not be added."""
        same = (Order.user_id == order.user_id, Order.idempotency_key == order.idempotency_key)
        statement = select(Order).where(*same).options(selectinload(Order.lines))
        return (await self.session.scalars(statement)).one()

    async def lock(self, order_id: int) -> Order:
        """Find by id; whoever else wants to change the order waits for the commit.

        Raises:
            OrderNotFoundError: there is none.

        """
        statement = (
            select(Order)
            .where(Order.id == order_id)
            .options(selectinload(Order.lines))
            .with_for_update()
        )
        order = await self.session.scalar(statement)
        if order is None:
            raise OrderNotFoundError(order_id)
        return order
