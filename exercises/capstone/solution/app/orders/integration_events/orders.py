"""What the module tells others about orders: the only part of it that they may import."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.message_brokers import BaseIntegrationEvent

TOPIC = "orders.orders"


class PaidOrderPayload(BaseModel):
    """Which order, whose, and for how much in minor units."""

    model_config = ConfigDict(frozen=True)

    order_id: int = Field(ge=1)
    user_id: int = Field(ge=1)
    total: int = Field(ge=0)


class OrderPaid(BaseIntegrationEvent):
    """An order is paid, once and for all."""

    __topic__ = TOPIC

    name: Literal["orders.order_paid"] = "orders.order_paid"
    version: Literal[1] = 1
    payload: PaidOrderPayload
