"""What every line of a request or task tells, and what travels on to other processes.

Structlog's context variables hold it: what is bound here is in each line that follows, whichever
logger writes it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final
from uuid import uuid4

from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

REQUEST_ID: Final = "request_id"
USER_ID: Final = "user_id"
TRAVELS: Final = (REQUEST_ID, USER_ID)
"""What is passed on, as text: the request with which it began, and the user who sent that."""

SHORTEST_HIDDEN = 3
"""Characters. Hiding every "1" would make lines unreadable, and protect nothing."""

_hidden: ContextVar[tuple[str, ...]] = ContextVar("hidden", default=())


def get_context() -> dict[str, str]:
    """Return what shall travel with a message: a task, an event, a call of another service."""
    bound = get_contextvars()
    return {name: str(bound[name]) for name in TRAVELS if name in bound}


def replace_context(came: Mapping[str, str]) -> None:
    """Forget what is bound, and bind what came with a message; an id is made where none came.

    For code that runs in a context of its own, such as an asyncio task. Others want
    `bound_context`.
    """
    clear_contextvars()
    known = {name: str(came[name]) for name in TRAVELS if came.get(name)}
    if REQUEST_ID not in known:
        known[REQUEST_ID] = str(uuid4())
    bind_contextvars(**known)


@contextmanager
def bound_context(came: Mapping[str, str]) -> Iterator[None]:
    """Bind what came with a message for the length of a ``with``; then all is as it was."""
    before = get_contextvars()
    replace_context(came)
    try:
        yield
    finally:
        clear_contextvars()
        bind_contextvars(**before)


def bind_user(user_id: int) -> None:
    """Name the user in every line that follows: of this request, and of what it sets going."""
    bind_contextvars(**{USER_ID: str(user_id)})


def hide_values(values: Iterable[str]) -> None:
    """Keep these texts out of every line of this context, in whatever sentence they stand."""
    shapes = {shape for value in values for shape in (value, repr(value)[1:-1])}
    long_enough = (shape for shape in shapes if len(shape) >= SHORTEST_HIDDEN)
    _hidden.set(tuple(sorted(long_enough, key=len, reverse=True)))


def get_hidden() -> tuple[str, ...]:
    """Return what must not be shown here, the longest first."""
    return _hidden.get()
