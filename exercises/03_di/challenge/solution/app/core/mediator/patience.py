"""An end to waiting."""

# ruff: noqa: INP001 - laid into a package of the app

import asyncio
from collections.abc import Awaitable
from math import ceil
from typing import TypeVar

from app.core.exceptions import UnavailableError

R = TypeVar("R")


async def with_patience(work: Awaitable[R], seconds: float) -> R:
    """Wait for the work, but not for ever.

    Raises:
        UnavailableError: it took longer; it was cancelled.

    """
    deadline = asyncio.timeout(seconds)
    try:
        async with deadline:
            return await work
    except TimeoutError as error:
        if not deadline.expired():
            raise
        raise UnavailableError("This takes too long now.", retry_after=ceil(seconds)) from error
