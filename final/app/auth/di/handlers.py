"""The handlers in the tables."""

from dishka import Provider, Scope, provide_all

from app.auth.di.commands import COMMANDS
from app.auth.di.events import EVENTS
from app.auth.di.queries import QUERIES

EVENT_HANDLERS = dict.fromkeys(handler for _, handlers in EVENTS for handler in handlers)
"""Each once, though it may react to several events."""


class AuthHandlersProvider(Provider):
    """A factory for every handler that a table names.

    A command's handler shares the session of its request, an event's has a request of its own, and
    a query's a session for itself.
    """

    commands = provide_all(*(handler for _, handler in COMMANDS), scope=Scope.REQUEST)
    events = provide_all(*EVENT_HANDLERS, scope=Scope.REQUEST)
    queries = provide_all(*(handler for _, handler in QUERIES), scope=Scope.ACTION)
