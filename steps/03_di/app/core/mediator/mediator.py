"""From a request to its handler and back to the result, with the result's type kept."""

from dataclasses import dataclass
from typing import TypeVar, cast

from dishka import AsyncContainer

from app.core.mediator.commands import BaseCommand
from app.core.mediator.queries import BaseQuery
from app.core.mediator.registry import CommandRegistry, QueryRegistry

R = TypeVar("R")


@dataclass(frozen=True)
class Mediator:
    """Finds handlers in the container of the current request."""

    container: AsyncContainer
    commands: CommandRegistry
    queries: QueryRegistry

    async def handle_command(self, command: BaseCommand[R]) -> R:
        """Carry out a command; all commands of a request share its session.

        Raises:
            ApplicationException: what the handler raises.

        """
        handler = await self.container.get(self.commands.handler_of(type(command)))
        return cast("R", await handler(command))

    async def handle_query(self, query: BaseQuery[R]) -> R:
        """Answer a query in a scope of its own, which ends with the answer.

        Raises:
            ApplicationException: what the handler raises.

        """
        async with self.container() as action:
            handler = await action.get(self.queries.handler_of(type(query)))
            return cast("R", await handler(query))
