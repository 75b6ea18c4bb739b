"""A line of an order: so many of one thing."""

from typing import NamedTuple, Self

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import BaseModel


class Item(NamedTuple):
    """What somebody wants; two requests for the same are equal."""

    name: str
    quantity: int
    price: int
    """Of one, in minor units of the currency: 1999 is 19.99."""


class OrderLine(BaseModel):
    """One item of an order. It is written with the order, and never changes."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("price >= 0", name="price_not_negative"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    """Its place in the order, from 1."""
    name: Mapped[str] = mapped_column(String(255))
    quantity: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)

    @classmethod
    def create(cls, number: int, item: Item) -> Self:
        """Make a line; the order it is given to writes it."""
        return cls(number=number, **item._asdict())

    @property
    def item(self) -> Item:
        """Return what was asked for."""
        return Item(self.name, self.quantity, self.price)
