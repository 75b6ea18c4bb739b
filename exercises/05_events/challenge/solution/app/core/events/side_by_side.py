"""Reactions to one event that run side by side."""

# ruff: noqa: INP001 - laid into a package of the app

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.events import BaseEvent, MediatorEventBus


@dataclass(frozen=True)
class ConcurrentEventBus(MediatorEventBus):
    """Runs the handlers of one event at once, and the events one after another."""

    async def publish(self, events: Iterable[BaseEvent]) -> None:
        """Wait for all handlers of an event before the next one; cancelled, cancel them first."""
        for event in events:
            async with asyncio.TaskGroup() as group:
                for handler in self.registry.handlers_of(type(event)):
                    group.create_task(self._run(handler, event))
