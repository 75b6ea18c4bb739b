"""Repositories: one per request, on its session."""

from dishka import Provider, Scope, provide

from app.orders.repositories.order import OrderRepository


class OrdersRepositoriesProvider(Provider):
    """A factory for each repository."""

    scope = Scope.REQUEST

    orders = provide(OrderRepository)
