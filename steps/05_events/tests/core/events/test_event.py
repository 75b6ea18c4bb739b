"""Events: named, and unchangeable."""

from dataclasses import FrozenInstanceError, dataclass
from typing import ClassVar

import pytest

from app.core.events import BaseEvent
from tests.core.events.sandbox import NamedAuthorEvent


def test_event_has_a_name_for_other_programs() -> None:
    """The class may be renamed, the name stays."""
    assert NamedAuthorEvent.get_name() == "sandbox_author_named"
    assert NamedAuthorEvent("Ada").get_name() == "sandbox_author_named"


def test_event_cannot_be_changed() -> None:
    """It is a fact."""
    with pytest.raises(FrozenInstanceError):
        NamedAuthorEvent("Ada").name = "Bob"  # type: ignore[misc]  # its refusal is the test


def test_name_is_no_field() -> None:
    """It is the same for all events of a kind, and is not passed to any."""
    assert NamedAuthorEvent("Ada") == NamedAuthorEvent(name="Ada")
    with pytest.raises(TypeError, match="__event_name__"):
        NamedAuthorEvent(name="Ada", __event_name__="other")  # type: ignore[call-arg]  # the same


def test_event_without_a_name_is_refused_where_it_is_written() -> None:
    """Also one that would silently have its parent's name."""
    with pytest.raises(TypeError, match=r"NamelessEvent needs a name: __event_name__"):

        @dataclass(frozen=True)
        class NamelessEvent(NamedAuthorEvent):
            pass


def test_parent_has_no_name() -> None:
    """There is no event in general."""
    assert not hasattr(BaseEvent, "__event_name__")
    assert BaseEvent.__annotations__["__event_name__"] == ClassVar[str]
