"""The handlers in the tables."""

from dishka import Provider, Scope, provide_all

from app.orders.di.commands import COMMANDS
from app.orders.di.events import EVENTS
from app.orders.di.queries import QUERIES

EVENT_HANDLERS = dict.fromkeys(handler for _, handlers in EVENTS for handler in handlers)
"""Each once, though it may react to several events."""


class OrdersHandlersProvider(Provider):
    """A factory for every handler that a table names."""

    commands = provide_all(*(handler for _, handler in COMMANDS), scope=Scope.REQUEST)
    events = provide_all(*EVENT_HANDLERS, scope=Scope.REQUEST)
    queries = provide_all(*(handler for _, handler in QUERIES), scope=Scope.ACTION)
