"""Queries: requests that only read."""

from abc import ABC, abstractmethod
from typing import Any, Generic, TypeVar

R = TypeVar("R")
Q = TypeVar("Q", bound="BaseQuery[Any]")


class BaseQuery(Generic[R]):
    """A question: ``GetUser``. ``R`` is the type of the answer."""


class BaseQueryHandler(ABC, Generic[Q, R]):
    """Answers one kind of query and changes nothing."""

    @abstractmethod
    async def __call__(self, query: Q) -> R:
        """Answer the query."""
