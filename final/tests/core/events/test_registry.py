"""Mistakes in the tables of event handlers are found at the start."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from app.core.di import events as di_events
from app.core.events import BaseEvent, EventRegistry
from app.core.mediator.registry import RegistryError
from tests.core.events.sandbox import FailingHandler, FirstHandler, NamedAuthorEvent


@dataclass(frozen=True)
class OtherEvent(BaseEvent):
    """Another event."""

    __event_name__: ClassVar[str] = "sandbox_other"


def test_handlers_come_in_the_order_of_the_tables() -> None:
    """Also when two modules react to one event."""
    registry = EventRegistry()
    registry.register(NamedAuthorEvent, FailingHandler)
    registry.register(NamedAuthorEvent, FirstHandler)
    assert registry.handlers_of(NamedAuthorEvent) == [FailingHandler, FirstHandler]


def test_an_event_may_have_no_handler() -> None:
    """To tell is free."""
    assert list(EventRegistry().handlers_of(NamedAuthorEvent)) == []


def test_handler_that_is_registered_twice_is_refused() -> None:
    """It would react twice."""
    with pytest.raises(RegistryError, match="FirstHandler is registered twice"):
        EventRegistry().register(NamedAuthorEvent, FirstHandler, FirstHandler)


def test_handler_of_another_event_is_refused() -> None:
    """A wrong row in a table is named."""
    with pytest.raises(RegistryError, match="for OtherEvent, but is written for NamedAuthorEvent"):
        EventRegistry().register(OtherEvent, FirstHandler)


def test_two_events_with_one_name_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names both classes and the name, and the app does not start."""
    here = "tests.core.events.test_registry"

    @dataclass(frozen=True)
    class TwinEvent(BaseEvent):
        __event_name__: ClassVar[str] = OtherEvent.__event_name__

    with pytest.raises(RegistryError, match=r"OtherEvent and .*TwinEvent .*'sandbox_other'"):
        EventRegistry().require_unique_names(here)
    EventRegistry().require_unique_names("app")
    monkeypatch.setattr(di_events, "PACKAGE", here)
    with pytest.raises(RegistryError, match="sandbox_other"):
        di_events.EventProvider()
    assert TwinEvent.get_name() == OtherEvent.get_name()
