"""What a cache can do."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable

from pydantic import JsonValue

Compute = Callable[[], Awaitable[bytes]]
"""Makes JSON text."""


class CacheServiceInterface(ABC):
    """Keeps JSON under names, for a while.

    It makes things quicker and is never needed: while it is down, nothing is found, nothing is
    kept, and the log says so. Whatever comes out of it may be as old as its ttl.
    """

    @abstractmethod
    async def get(self, key: str) -> JsonValue:
        """Return the value; None if there is none."""

    @abstractmethod
    async def set(self, key: str, value: JsonValue, ttl: int | None = None) -> None:
        """Keep a value for ``ttl`` seconds; without, for as long as the settings say.

        Raises:
            TypeError: the value cannot be written as JSON.
            ValueError: neither can it, or the ttl is less than a second.

        """

    @abstractmethod
    async def delete(self, key: str) -> None:
        """Forget the value, and what is being computed for it at this moment."""

    @abstractmethod
    async def clear(self, prefix: str = "") -> None:
        """Forget every key that begins so, as `delete` does; without a prefix, all of them."""

    @abstractmethod
    async def get_or_compute(self, key: str, compute: Compute, ttl: int | None = None) -> bytes:
        """Return the value as JSON text; if there is none, compute it and keep it.

        Those who ask for one key at once, in whichever process, get one computation. What is
        computed while somebody deletes the key is not kept: it may be older than the reason to
        delete. What ``compute`` raises is raised unchanged, and not kept.

        Raises:
            ValueError: the ttl is less than a second.

        """
