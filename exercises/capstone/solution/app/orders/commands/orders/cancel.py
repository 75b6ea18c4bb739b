"""An order is given up."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mediator import BaseCommand, BaseCommandHandler
from app.orders.models import Order
from app.orders.repositories.order import OrderRepository


@dataclass(frozen=True)
class CancelOrder(BaseCommand[Order]):
    """Give it up; returns the order."""

    order_id: int


@dataclass(frozen=True)
class CancelOrderHandler(BaseCommandHandler[CancelOrder, Order]):
    """The owner and administrators may (`can_access`); the order's status changes."""

    session: AsyncSession
    orders: OrderRepository

    async def __call__(self, command: CancelOrder) -> Order:
        """Lock the order first: a payment of this moment waits, or has come before.

        Raises:
            OrderNotFoundError: there is no such order.
            OrderClosedError: it is paid or cancelled already.

        """
        order = await self.orders.lock(command.order_id)
        order.cancel()
        await self.session.commit()
        return order
