"""Events: what happened, told to whoever wants to know, after it is certain."""

from app.core.events.bus import BaseEventBus, MediatorEventBus
from app.core.events.event import BaseEvent
from app.core.events.handler import BaseEventHandler
from app.core.events.registry import EventRegistry, EventTable

__all__ = [
    "BaseEvent",
    "BaseEventBus",
    "BaseEventHandler",
    "EventRegistry",
    "EventTable",
    "MediatorEventBus",
]
