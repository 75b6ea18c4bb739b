"""Mistakes in the tables of handlers are found at the start."""

from dataclasses import dataclass

import pytest

from app.core.mediator import (
    BaseCommand,
    BaseCommandHandler,
    BaseQuery,
    BaseQueryHandler,
    CommandRegistry,
    QueryRegistry,
)
from app.core.mediator.registry import RegistryError


@dataclass(frozen=True)
class Double(BaseCommand[int]):
    """A command."""

    number: int


class DoubleHandler(BaseCommandHandler[Double, int]):
    """Its handler."""

    async def __call__(self, command: Double) -> int:
        """Double the number."""
        return command.number * 2


class OtherDoubleHandler(DoubleHandler):
    """Another handler of the same command, by inheritance."""


class Halve(BaseCommand[int]):
    """A command that nobody handles."""


class Ask(BaseQuery[str]):
    """A query."""


class AskHandler(BaseQueryHandler[Ask, str]):
    """Its handler."""

    async def __call__(self, query: Ask) -> str:  # noqa: ARG002 - the base's signature
        """Answer."""
        return "answer"


def test_registered_handler_is_found() -> None:
    """What a table says is what the mediator gets."""
    registry = CommandRegistry()
    registry.register(Double, DoubleHandler)
    assert registry.handler_of(Double) is DoubleHandler


def test_second_handler_of_a_command_is_refused() -> None:
    """The message names both and the folder to look in."""
    registry = CommandRegistry()
    registry.register(Double, DoubleHandler)
    with pytest.raises(RegistryError, match=r"Double has two handlers: DoubleHandler and Other"):
        registry.register(Double, OtherDoubleHandler)


def test_handler_of_another_command_is_refused() -> None:
    """A row with the wrong pair is a typing error in the table, found before any request."""
    with pytest.raises(RegistryError, match="registered for Halve, but is written for Double"):
        CommandRegistry().register(Halve, DoubleHandler)


def test_inherited_handler_serves_what_its_parent_serves() -> None:
    """The command is read from the nearest base that names it."""
    registry = CommandRegistry()
    registry.register(Double, OtherDoubleHandler)
    assert registry.handler_of(Double) is OtherDoubleHandler


def test_missing_handler_is_named() -> None:
    """Asking for a handler that is not there says which command, and where to add it."""
    with pytest.raises(RegistryError, match=r"test_registry.Halve has no handler.*di/ folder"):
        CommandRegistry().handler_of(Halve)


def test_forgotten_command_is_found_without_being_asked_for() -> None:
    """A class without a row stops the start."""
    registry = CommandRegistry()
    registry.register(Double, DoubleHandler)
    with pytest.raises(RegistryError, match="Halve has no handler"):
        registry.require_all("tests.core.mediator")


def test_requests_of_other_packages_are_not_asked_for() -> None:
    """A registry answers for the app, not for what a library or a test defines."""
    CommandRegistry().require_all("app.nothing")


def test_queries_have_a_registry_of_their_own() -> None:
    """A query is no command."""
    registry = QueryRegistry()
    registry.register(Ask, AskHandler)
    assert registry.handler_of(Ask) is AskHandler
    registry.require_all("tests.core.mediator")
