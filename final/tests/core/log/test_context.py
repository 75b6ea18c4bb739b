"""What lines of one request or task share."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

import pytest
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from app.core.log.context import bind_user, bound_context, get_context, replace_context


@pytest.fixture(autouse=True)
def empty() -> Iterator[None]:
    """Begin and end with nothing."""
    clear_contextvars()
    yield
    clear_contextvars()


def test_what_came_is_bound_and_travels_on() -> None:
    """The id and the user go from process to process; what is unknown does not."""
    known = {"request_id": "abc-1", "user_id": "7"}
    with bound_context({**known, "else": "x"}):
        assert get_contextvars() == known
        bind_contextvars(rows=7)
        assert get_context() == known


def test_user_who_is_found_travels_on() -> None:
    """As text, like all that travels: a line looks the same wherever it is written."""
    with bound_context({"request_id": "abc-1"}):
        bind_user(7)
        assert get_context() == get_contextvars() == {"request_id": "abc-1", "user_id": "7"}


@pytest.mark.parametrize("came", [{}, {"request_id": ""}])
def test_without_an_id_one_is_made(came: dict[str, str]) -> None:
    """A message of an older version, or of another program."""
    with bound_context(came):
        UUID(get_context()["request_id"])


def test_afterwards_all_is_as_it_was() -> None:
    """Also after an error, and though more was bound within."""
    bind_contextvars(request_id="outer", user_id=1)

    def fail() -> None:
        with bound_context({"request_id": "inner"}):
            bind_contextvars(more="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert get_contextvars() == {"request_id": "outer", "user_id": 1}


def test_nothing_of_the_message_before_is_left() -> None:
    """A worker's task starts clean."""
    bind_contextvars(request_id="before", user_id=1)
    replace_context({"request_id": "now"})
    assert get_contextvars() == {"request_id": "now"}


def test_outside_of_requests_nothing_travels() -> None:
    """A scheduler has no request."""
    assert get_context() == {}


async def test_tasks_of_asyncio_do_not_mix() -> None:
    """Each has its own."""

    async def run(name: str) -> str:
        with bound_context({"request_id": name}):
            await asyncio.sleep(0.001)
            return get_context()["request_id"]

    names = [f"id-{number}" for number in range(20)]
    assert await asyncio.gather(*map(run, names)) == names
