"""The money for an order has come."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mediator import BaseCommand, BaseCommandHandler
from app.orders.models import Order
from app.orders.repositories.order import OrderRepository


@dataclass(frozen=True)
class PayOrder(BaseCommand[Order]):
    """Note the payment; returns the order."""

    order_id: int


@dataclass(frozen=True)
class PayOrderHandler(BaseCommandHandler[PayOrder, Order]):
    """The owner and administrators may (`can_access`); others are told (`PaidOrderEvent`)."""

    session: AsyncSession
    orders: OrderRepository

    async def __call__(self, command: PayOrder) -> Order:
        """Lock the order first: of two payments at once, the second one finds it paid.

        Raises:
            OrderNotFoundError: there is no such order.
            OrderClosedError: it is paid or cancelled already.

        """
        order = await self.orders.lock(command.order_id)
        order.pay()
        await self.session.commit()
        return order
