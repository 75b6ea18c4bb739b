"""What follows, in this process, when an order was paid."""

import logging
from dataclasses import dataclass

from app.core.events import BaseEventHandler
from app.orders.models.order_events import PaidOrderEvent

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LogPaidOrderHandler(BaseEventHandler[PaidOrderEvent, None]):
    """Leaves a trace for whoever asks when the money came."""

    async def __call__(self, event: PaidOrderEvent) -> None:
        """Log the id."""
        logger.info("order %d was paid", event.order_id)
