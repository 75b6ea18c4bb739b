"""The mediator: routes say what should happen, handlers make it happen."""

from app.core.mediator.commands import BaseCommand, BaseCommandHandler
from app.core.mediator.mediator import Mediator
from app.core.mediator.queries import BaseQuery, BaseQueryHandler
from app.core.mediator.registry import CommandRegistry, CommandTable, QueryRegistry, QueryTable

__all__ = [
    "BaseCommand",
    "BaseCommandHandler",
    "BaseQuery",
    "BaseQueryHandler",
    "CommandRegistry",
    "CommandTable",
    "Mediator",
    "QueryRegistry",
    "QueryTable",
]
