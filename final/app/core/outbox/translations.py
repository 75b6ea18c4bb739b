"""From what a module tells itself to what it tells others."""

from collections.abc import Callable, Iterator
from typing import Any

from app.core.events import BaseEvent
from app.core.mediator.registry import RegistryError
from app.core.message_brokers.integration_event import BaseIntegrationEvent

Translation = Callable[[Any], BaseIntegrationEvent]
TranslationTable = tuple[tuple[type[BaseEvent], Translation], ...]


class TranslationRegistry:
    """A map from domain events to what becomes of them outside; most stay inside."""

    def __init__(self) -> None:
        self._translations: dict[type[BaseEvent], Translation] = {}

    def register(self, table: TranslationTable) -> None:
        """Add the table of a module.

        Raises:
            RegistryError: an event is there twice.

        """
        for event, translation in table:
            if event in self._translations:
                raise RegistryError(f"{event.__name__} is translated twice. Remove one row.")
            self._translations[event] = translation

    def translate(self, events: list[BaseEvent]) -> Iterator[BaseIntegrationEvent]:
        """Give what others are told, in order."""
        for event in events:
            if translation := self._translations.get(type(event)):
                yield translation(event)
