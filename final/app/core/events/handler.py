"""Who wants to know."""

from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from app.core.events.event import BaseEvent

E = TypeVar("E", bound=BaseEvent)
R = TypeVar("R")


class BaseEventHandler(ABC, Generic[E, R]):
    """Reacts to one kind of event, in a scope of its own: it has its own session and commits."""

    @abstractmethod
    async def __call__(self, event: E) -> R:
        """React. What it raises is logged and stops nobody else."""
