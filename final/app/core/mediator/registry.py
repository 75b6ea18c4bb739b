"""Which handler serves which request: filled once, at the start."""

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

from app.core.mediator.commands import BaseCommand, BaseCommandHandler
from app.core.mediator.queries import BaseQuery, BaseQueryHandler

CommandTable = tuple[tuple[type[BaseCommand[Any]], type[BaseCommandHandler[Any, Any]]], ...]
QueryTable = tuple[tuple[type[BaseQuery[Any]], type[BaseQueryHandler[Any, Any]]], ...]

RequestT = TypeVar("RequestT")
HandlerT = TypeVar("HandlerT")


class RegistryError(Exception):
    """The tables of handlers contradict the code. Raised at the start, never in a request."""


class HandlerRegistry(Generic[RequestT, HandlerT]):
    """A map from the class of a request to the class of its handler."""

    base_request: ClassVar[type[Any]]
    base_handler: ClassVar[type[Any]]

    def __init__(self) -> None:
        self._handlers: dict[type[RequestT], type[HandlerT]] = {}

    def register(self, request: type[RequestT], handler: type[HandlerT]) -> None:
        """Add a row of a module's table.

        Raises:
            RegistryError: the request has a handler already, or the handler is written for another.

        """
        if request in self._handlers:
            raise RegistryError(
                f"{request.__name__} has two handlers: {self._handlers[request].__name__} "
                f"and {handler.__name__}. Remove one row from the tables in di/."
            )
        served = get_served(handler, self.base_handler)
        if served is not request:
            raise RegistryError(
                f"{handler.__name__} is registered for {request.__name__}, but is written for "
                f"{getattr(served, '__name__', served)}. Mend the row in di/ or the handler's base."
            )
        self._handlers[request] = handler

    def handler_of(self, request: type[RequestT]) -> type[HandlerT]:
        """Return the handler's class.

        Raises:
            RegistryError: none is registered.

        """
        if request not in self._handlers:
            raise self._missing(request)
        return self._handlers[request]

    def require_all(self, package: str) -> None:
        """Make sure that every request class which a package defines can be served.

        Raises:
            RegistryError: a class has no handler.

        """
        for request in walk_subclasses(self.base_request):
            if request.__module__.startswith(f"{package}.") and request not in self._handlers:
                raise self._missing(request)

    def _missing(self, request: type[RequestT]) -> RegistryError:
        return RegistryError(
            f"{request.__module__}.{request.__name__} has no handler. "
            "Add a row to the table in its module's di/ folder."
        )


class CommandRegistry(HandlerRegistry[BaseCommand[Any], BaseCommandHandler[Any, Any]]):
    """Handlers of commands."""

    base_request = BaseCommand
    base_handler = BaseCommandHandler


class QueryRegistry(HandlerRegistry[BaseQuery[Any], BaseQueryHandler[Any, Any]]):
    """Handlers of queries."""

    base_request = BaseQuery
    base_handler = BaseQueryHandler


def get_served(handler: type[Any], base: type[Any]) -> Any:  # noqa: ANN401 - a type argument
    """Return the request that a handler's class is written for: the first argument of its base."""
    parents = [
        parent for kind in handler.__mro__ for parent in vars(kind).get("__orig_bases__", ())
    ]
    arguments = (get_args(parent) for parent in parents if get_origin(parent) is base)
    return next(arguments, (None,))[0]


def walk_subclasses(parent: type[RequestT]) -> Iterator[type[RequestT]]:
    """Give every class that inherits, however far."""
    for child in parent.__subclasses__():
        yield child
        yield from walk_subclasses(child)
