"""Which events of the module leave it, and in which form."""

from app.core.outbox.translations import TranslationTable
from app.orders.integration_events.orders import OrderPaid, PaidOrderPayload
from app.orders.models.order_events import PaidOrderEvent


def tell_paid(event: PaidOrderEvent) -> OrderPaid:
    """Translate; the events of one order stay in order."""
    payload = PaidOrderPayload(order_id=event.order_id, user_id=event.user_id, total=event.total)
    return OrderPaid(key=f"order:{event.order_id}", payload=payload)


TRANSLATIONS: TranslationTable = ((PaidOrderEvent, tell_paid),)
