"""Everything that the orders module adds to the container."""

from dishka import Provider

from app.orders.di.handlers import OrdersHandlersProvider
from app.orders.di.repositories import OrdersRepositoriesProvider


def get_orders_providers() -> tuple[Provider, ...]:
    """Make the module's providers."""
    return (OrdersRepositoriesProvider(), OrdersHandlersProvider())


__all__ = ["get_orders_providers"]
