"""What happens to orders, as the module tells itself."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import BaseEvent


@dataclass(frozen=True)
class PaidOrderEvent(BaseEvent):
    """An order is paid, once and for all."""

    __event_name__: ClassVar[str] = "order_paid"

    order_id: int
    user_id: int
    total: int
