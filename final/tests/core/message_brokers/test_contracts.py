"""Mistakes in events and tables are found where they are written."""

from typing import Literal

import pytest
from pydantic import BaseModel, ValidationError

from app.core.configs.events import ConsumersConfig
from app.core.mediator.registry import RegistryError
from app.core.message_brokers import BaseIntegrationEvent, Consumer
from app.core.message_brokers.tables import require_consumers, require_unique_types
from tests.core.message_brokers.sandbox import Note, Noted, NotedBetter, write_note


def test_event_without_a_topic_is_refused() -> None:
    """It could not be published anywhere."""
    with pytest.raises(TypeError, match="Lost needs a topic"):

        class Lost(BaseIntegrationEvent):
            name: Literal["lost"] = "lost"
            version: Literal[1] = 1
            payload: Note


def test_event_without_an_exact_version_is_refused() -> None:
    """A reader could not tell one form from the next."""
    with pytest.raises(TypeError, match=r"Vague\.version needs one value"):

        class Vague(BaseIntegrationEvent):
            __topic__ = "sandbox"
            name: Literal["vague"] = "vague"
            version: int = 1
            payload: Note


def test_event_with_a_shapeless_payload_is_refused() -> None:
    """A contract has a schema."""
    with pytest.raises(TypeError, match=r"Shapeless\.payload needs a model"):

        class Shapeless(BaseIntegrationEvent):
            __topic__ = "sandbox"
            name: Literal["shapeless"] = "shapeless"
            version: Literal[1] = 1
            payload: dict[str, str]


def test_event_cannot_be_changed_and_ignores_what_it_does_not_know() -> None:
    """A new optional field of a newer sender does not stop an old reader."""
    event = Noted(key="a", payload=Note(text="one"))
    with pytest.raises(ValidationError):
        event.key = "b"  # type: ignore[misc]  # the point of the test
    newer = event.model_dump(mode="json") | {"colour": "red"}
    assert Noted.model_validate(newer) == event


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_event_is_about_something(key: str) -> None:
    """Its key decides where it stands in the order."""
    with pytest.raises(ValidationError, match="key"):
        Noted(key=key, payload=Note(text="one"))


def test_two_events_with_one_type_stop_the_start() -> None:
    """Readers would take one for the other."""

    class Copy(BaseIntegrationEvent):
        __topic__ = "sandbox"
        name: Literal["sandbox.noted"] = "sandbox.noted"
        version: Literal[1] = 1
        payload: Note

    with pytest.raises(RegistryError, match=r"are both sandbox\.noted\.v1"):
        require_unique_types("tests")
    del Copy


class Elsewhere(BaseIntegrationEvent):
    """An event of another topic."""

    __topic__ = "elsewhere"

    name: Literal["sandbox.elsewhere"] = "sandbox.elsewhere"
    version: Literal[1] = 1
    payload: BaseModel


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        (
            (Consumer("a", ((Noted, write_note), (Elsewhere, write_note))),),
            "a reads sandbox and elsewhere",
        ),
        (
            (Consumer("a", ((Noted, write_note), (Noted, write_note))),),
            r"a has two handlers of sandbox\.noted\.v1",
        ),
        (
            (Consumer("a", ((Noted, write_note),)), Consumer("a", ((NotedBetter, write_note),))),
            "Two consumers are named 'a'",
        ),
    ],
)
def test_table_that_cannot_be_meant_stops_the_start(
    tables: tuple[Consumer, ...], problem: str
) -> None:
    """The row is named."""
    with pytest.raises(RegistryError, match=problem):
        require_consumers(tables)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"CONSUMER_TIMEOUT": 15}, "CONSUMER_CLAIM_AFTER must be greater"),
        ({"INBOX_KEEP": 86400}, "INBOX_KEEP must be greater than RELAY_KEEP"),
    ],
)
def test_settings_that_would_repeat_an_effect_are_refused(
    settings: dict[str, float], problem: str
) -> None:
    """Two processes at one event, or a note that is forgotten before the event is."""
    with pytest.raises(ValidationError, match=problem):
        ConsumersConfig.model_validate(settings)
