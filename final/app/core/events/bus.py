"""From an event to its handlers."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from dishka import AsyncContainer

from app.core.events.event import BaseEvent
from app.core.events.registry import EventRegistry, Handler

logger = logging.getLogger(__name__)


class BaseEventBus(ABC):
    """Brings events to those who want to know."""

    @abstractmethod
    async def publish(self, events: Iterable[BaseEvent]) -> None:
        """Deliver the events in order; a handler that fails is no failure of the caller."""


@dataclass(frozen=True)
class MediatorEventBus(BaseEventBus):
    """Runs the handlers in this process, one after another.

    A process that is killed between the commit and a handler loses the event: what must not be lost
    needs an outbox.
    """

    container: AsyncContainer
    """The container of the process: each handler gets a request scope of its own from it."""
    registry: EventRegistry

    async def publish(self, events: Iterable[BaseEvent]) -> None:
        """Run every handler of every event."""
        for event in events:
            for handler in self.registry.handlers_of(type(event)):
                await self._run(handler, event)

    async def _run(self, handler_class: Handler, event: BaseEvent) -> None:
        try:
            async with self.container() as request:
                handler = await request.get(handler_class)
                await handler(event)
        except Exception:
            logger.exception("%s failed on %s", handler_class.__name__, event.get_name())
