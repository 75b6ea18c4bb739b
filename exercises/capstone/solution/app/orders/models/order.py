"""The order: what a user wants to buy, and how far it has come."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Self

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import BaseModel, DateMixin
from app.core.db.types import IntEnumType
from app.orders.exceptions import OrderClosedError
from app.orders.models.order_events import PaidOrderEvent
from app.orders.models.order_line import Item, OrderLine


class OrderStatus(IntEnum):
    """How far an order has come. The numbers are in the database and in the API."""

    NEW = 1
    PAID = 2
    CANCELLED = 3


TRANSITIONS = {
    OrderStatus.NEW: {OrderStatus.PAID, OrderStatus.CANCELLED},
    OrderStatus.PAID: set[OrderStatus](),
    OrderStatus.CANCELLED: set[OrderStatus](),
}
"""Where an order may go from each status."""


class Order(BaseModel, DateMixin):
    """An order of one user.

    No foreign key to the users: their table is another module's, and no row ever leaves it.
    """

    __tablename__ = "orders"
    __table_args__ = (
        Index("ix_orders_user_id_id", "user_id", "id"),
        UniqueConstraint("user_id", "idempotency_key"),
        CheckConstraint("status_id IN (1, 2, 3)", name="status_id_known"),
        CheckConstraint("total >= 0", name="total_not_negative"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger)
    status_id: Mapped[OrderStatus] = mapped_column(IntEnumType(OrderStatus), server_default="1")
    total: Mapped[int] = mapped_column(BigInteger)
    """Minor units of the currency; computed from the lines, never taken from anybody."""
    idempotency_key: Mapped[str | None] = mapped_column(String(100), default=None)
    """By which the client knows the request again that made the order."""
    lines: Mapped[list[OrderLine]] = relationship(order_by=OrderLine.number, lazy="raise")

    @classmethod
    def create(
        cls, user_id: int, items: Iterable[Item], *, idempotency_key: str | None = None
    ) -> Self:
        """Make a new order; the caller adds it to a session."""
        lines = [OrderLine.create(number, item) for number, item in enumerate(items, start=1)]
        return cls(
            user_id=user_id,
            status_id=OrderStatus.NEW,
            total=sum(line.quantity * line.price for line in lines),
            idempotency_key=idempotency_key,
            lines=lines,
        )

    @property
    def items(self) -> tuple[Item, ...]:
        """Return what was asked for."""
        return tuple(line.item for line in self.lines)

    def pay(self) -> None:
        """Note that the money has come.

        Raises:
            OrderClosedError: it came already, or nobody wants the order any more.

        """
        self._change_status(OrderStatus.PAID)
        self.register_event(PaidOrderEvent(self.id, self.user_id, self.total))

    def cancel(self) -> None:
        """Give the order up.

        Raises:
            OrderClosedError: it is paid or given up already.

        """
        self._change_status(OrderStatus.CANCELLED)

    def _change_status(self, status: OrderStatus) -> None:
        if status not in TRANSITIONS[self.status_id]:
            raise OrderClosedError(self.id, self.status_id.name.lower())
        self.status_id = status
