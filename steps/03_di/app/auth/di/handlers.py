"""The handlers in the tables."""

from dishka import Provider, Scope, provide_all

from app.auth.di.commands import COMMANDS
from app.auth.di.queries import QUERIES


class AuthHandlersProvider(Provider):
    """A factory for every handler that a table names.

    A command's handler shares the session of its request; a query's has one for itself.
    """

    commands = provide_all(*(handler for _, handler in COMMANDS), scope=Scope.REQUEST)
    queries = provide_all(*(handler for _, handler in QUERIES), scope=Scope.ACTION)
