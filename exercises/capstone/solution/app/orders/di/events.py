"""The events that the module reacts to, and who reacts, in which order."""

from app.core.events import EventRegistry, EventTable
from app.orders.events.orders.paid import LogPaidOrderHandler
from app.orders.models.order_events import PaidOrderEvent

EVENTS: EventTable = ((PaidOrderEvent, (LogPaidOrderHandler,)),)


def register_orders_event_handlers(registry: EventRegistry) -> None:
    """Tell the event bus."""
    for event, handlers in EVENTS:
        registry.register(event, *handlers)
