"""The stretch task: patience has an end."""

# ruff: noqa: INP001 - laid into a package of the app

import asyncio

import pytest

from app.core.exceptions import UnavailableError


async def test_quick_work_gives_its_result() -> None:
    """Nothing is added."""
    from app.core.mediator.patience import with_patience  # noqa: PLC0415 - it is what the test is about

    async def work() -> int:
        return 1

    assert await with_patience(work(), 1) == 1


async def test_slow_work_is_cancelled_and_told() -> None:
    """The client learns when to come back."""
    from app.core.mediator.patience import with_patience  # noqa: PLC0415 - as above

    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            cancelled.set()

    with pytest.raises(UnavailableError) as caught:
        await with_patience(work(), 0.02)
    assert caught.value.headers["Retry-After"] == "1"
    assert cancelled.is_set()


async def test_errors_of_the_work_come_through() -> None:
    """A timeout inside is not ours."""
    from app.core.mediator.patience import with_patience  # noqa: PLC0415 - as above

    async def work() -> None:
        raise TimeoutError("inner")

    with pytest.raises(TimeoutError, match="inner"):
        await with_patience(work(), 1)
