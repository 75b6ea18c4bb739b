"""The mediator and its registries, filled from the tables of the modules."""

from dishka import AsyncContainer, Provider, Scope, provide

from app.audit.di.queries import register_audit_query_handlers
from app.auth.di.commands import register_auth_command_handlers
from app.auth.di.queries import register_auth_query_handlers
from app.core.mediator import CommandRegistry, Mediator, QueryRegistry

PACKAGE = "app"


class MediatorProvider(Provider):
    """Fills the registries as soon as it is made, so that a mistake in a table stops the start."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self._commands = CommandRegistry()
        register_auth_command_handlers(self._commands)
        self._commands.require_all(PACKAGE)
        self._queries = QueryRegistry()
        register_auth_query_handlers(self._queries)
        register_audit_query_handlers(self._queries)
        self._queries.require_all(PACKAGE)

    @provide
    def command_registry(self) -> CommandRegistry:
        """Give the handlers of commands."""
        return self._commands

    @provide
    def query_registry(self) -> QueryRegistry:
        """Give the handlers of queries."""
        return self._queries

    @provide(scope=Scope.REQUEST)
    def mediator(
        self, container: AsyncContainer, commands: CommandRegistry, queries: QueryRegistry
    ) -> Mediator:
        """Make a mediator for this request: its handlers come from the request's container."""
        return Mediator(container, commands, queries)
