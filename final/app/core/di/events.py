"""The event bus and its registry, filled from the tables of the modules."""

from dishka import AsyncContainer, Provider, Scope, provide

from app.auth.di.events import register_auth_event_handlers
from app.core.di.mediator import PACKAGE
from app.core.di.queue import register_queue_event_handlers
from app.core.events import BaseEventBus, EventRegistry, MediatorEventBus


class EventProvider(Provider):
    """Fills the registry as soon as it is made, so that a mistake in a table stops the start."""

    scope = Scope.APP

    def __init__(self) -> None:
        super().__init__()
        self._registry = EventRegistry()
        register_auth_event_handlers(self._registry)
        register_queue_event_handlers(self._registry)
        self._registry.require_unique_names(PACKAGE)

    @provide
    def event_registry(self) -> EventRegistry:
        """Give the handlers of events."""
        return self._registry

    @provide
    def event_bus(self, container: AsyncContainer, registry: EventRegistry) -> BaseEventBus:
        """Make the bus on the container of the process."""
        return MediatorEventBus(container, registry)
