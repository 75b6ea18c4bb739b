"""Who reacts to what: filled once, at the start."""

from collections.abc import Sequence
from typing import Any

from app.core.events.event import BaseEvent
from app.core.events.handler import BaseEventHandler
from app.core.mediator.registry import RegistryError, get_served, walk_subclasses

Event = type[BaseEvent]
Handler = type[BaseEventHandler[Any, Any]]
EventTable = tuple[tuple[Event, tuple[Handler, ...]], ...]


class EventRegistry:
    """A map from the class of an event to its handlers, in the order of the tables."""

    def __init__(self) -> None:
        self._handlers: dict[Event, list[Handler]] = {}

    def register(self, event: Event, *handlers: Handler) -> None:
        """Add a row of a module's table; several modules may react to one event.

        Raises:
            RegistryError: a handler is there twice, or is written for another event.

        """
        registered = self._handlers.setdefault(event, [])
        for handler in handlers:
            if handler in registered:
                raise RegistryError(f"{handler.__name__} is registered twice for {event.__name__}.")
            served = get_served(handler, BaseEventHandler)
            if served is not event:
                raise RegistryError(
                    f"{handler.__name__} is registered for {event.__name__}, but is written for "
                    f"{getattr(served, '__name__', served)}. Mend the row in di/ or the handler."
                )
            registered.append(handler)

    def handlers_of(self, event: Event) -> Sequence[Handler]:
        """Return the handlers in order; an event may have none."""
        return self._handlers.get(event, ())

    def require_unique_names(self, package: str) -> None:
        """Make sure that no two events of a package share a name.

        Raises:
            RegistryError: two do.

        """
        named: dict[str, Event] = {}
        for event in walk_subclasses(BaseEvent):
            if not f"{event.__module__}.".startswith(f"{package}."):
                continue
            first = named.setdefault(event.get_name(), event)
            if first is not event:
                raise RegistryError(
                    f"{first.__module__}.{first.__name__} and {event.__module__}.{event.__name__} "
                    f"are both named {event.get_name()!r}. Give one of them another name."
                )
