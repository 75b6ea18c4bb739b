"""What happens to orders is written down, in the trail of the user whose they are."""

from dishka import FromDishka

from app.audit.repositories.trail import AuditTrail
from app.orders.integration_events.orders import OrderPaid


async def record_paid(event: OrderPaid, trail: FromDishka[AuditTrail]) -> None:
    """Record that an order was paid, and how much it was."""
    trail.add(event)
