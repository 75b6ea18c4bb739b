"""Commands: requests that change something."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

R = TypeVar("R")
C = TypeVar("C", bound="BaseCommand[Any]")


class BaseCommand(Generic[R]):
    """An intention, named by an imperative: ``RegisterUser``. ``R`` is what its handler returns."""


class BaseCommandHandler(ABC, Generic[C, R]):
    """Carries out one kind of command. It is the transaction: it commits, before it returns."""

    @abstractmethod
    async def __call__(self, command: C) -> R:
        """Carry out the command."""
