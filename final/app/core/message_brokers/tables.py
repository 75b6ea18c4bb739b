"""Who wants to hear what, as tables that can be read aloud."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from app.core.mediator.registry import RegistryError
from app.core.message_brokers.integration_event import KNOWN, BaseIntegrationEvent

Event = type[BaseIntegrationEvent]
ConsumerHandler = Callable[..., Awaitable[None]]


class Consumer(NamedTuple):
    """A group of readers with one purpose: it gets every event of a topic once."""

    group: str
    handlers: tuple[tuple[Event, ConsumerHandler], ...]

    @property
    def topic(self) -> str:
        """Return the topic of all its events."""
        return self.handlers[0][0].__topic__


ConsumerTable = tuple[Consumer, ...]


def require_consumers(consumers: ConsumerTable) -> ConsumerTable:
    """Make sure that the tables can be meant.

    Raises:
        RegistryError: a group reads two topics or is there twice, or has two handlers of one event.

    """
    for consumer in consumers:
        events = [event for event, _ in consumer.handlers]
        if topics := {event.__topic__ for event in events} - {consumer.topic}:
            raise RegistryError(
                f"{consumer.group} reads {consumer.topic} and {min(topics)}. Make two groups of it."
            )
        for event in events:
            if events.count(event) > 1:
                raise RegistryError(f"{consumer.group} has two handlers of {event.get_type()}.")
    groups = [consumer.group for consumer in consumers]
    for group in groups:
        if groups.count(group) > 1:
            raise RegistryError(f"Two consumers are named {group!r}. Give one another name.")
    return consumers


def require_unique_types(package: str) -> None:
    """Make sure that no two events of a package share a name and a version.

    Raises:
        RegistryError: two do.

    """
    named: dict[str, Event] = {}
    for event in KNOWN:
        if not f"{event.__module__}.".startswith(f"{package}."):
            continue
        first = named.setdefault(event.get_type(), event)
        if first is not event:
            raise RegistryError(
                f"{first.__module__}.{first.__name__} and {event.__module__}.{event.__name__} "
                f"are both {event.get_type()}. Give one of them another name or version."
            )
