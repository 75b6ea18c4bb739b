"""Somebody orders something."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.mediator import BaseCommand, BaseCommandHandler
from app.orders.exceptions import IdempotencyKeyReusedError
from app.orders.models import Item, Order
from app.orders.repositories.order import OrderRepository


@dataclass(frozen=True)
class CreateOrder(BaseCommand[Order]):
    """Make a new order; returns it, or the one that the same request has made before."""

    user_id: int
    items: tuple[Item, ...]
    idempotency_key: str | None = None


@dataclass(frozen=True)
class CreateOrderHandler(BaseCommandHandler[CreateOrder, Order]):
    """Every user may, for oneself; one order and its lines are added."""

    session: AsyncSession
    orders: OrderRepository

    async def __call__(self, command: CreateOrder) -> Order:
        """Write it, unless the same request has come before.

        Raises:
            IdempotencyKeyReusedError: the key belongs to a request for something else.

        """
        order = Order.create(
            command.user_id, command.items, idempotency_key=command.idempotency_key
        )
        if await self.orders.add(order):
            await self.session.commit()
            return order
        earlier = await self.orders.get_by_key_of(order)
        if earlier.items != order.items:
            raise IdempotencyKeyReusedError
        return earlier
