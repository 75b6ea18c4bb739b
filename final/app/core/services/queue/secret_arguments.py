"""What nobody may read where failed tasks are kept."""

from collections.abc import Iterator
from typing import Any

from taskiq import TaskiqMessage

SECRETS = "secrets"
"""The label of a message that names its secret arguments, so that every worker knows them."""
HIDDEN = "***"
LONGEST_ERROR = 500
"""Characters; more does not help whoever reads a list."""


def read_secrets(message: TaskiqMessage) -> frozenset[str]:
    """Return the names of the arguments that are secret."""
    names = str(message.labels.get(SECRETS, "")).split(",")
    return frozenset(names) & message.kwargs.keys()


def hide_secrets(message: TaskiqMessage) -> TaskiqMessage:
    """Return a copy without the values of secret arguments."""
    hidden = dict.fromkeys(read_secrets(message), HIDDEN)
    return message.model_copy(update={"kwargs": message.kwargs | hidden})


def describe_error(error: BaseException, message: TaskiqMessage) -> str:
    """Say in one line what happened, without secrets.

    The lines below the first one are where SQLAlchemy shows a statement's parameters.
    """
    first_line = str(error).partition("\n")[0]
    arguments = message.model_dump(mode="json")["kwargs"]
    for name in read_secrets(message):
        for value in walk_values(arguments[name]):
            first_line = first_line.replace(value, HIDDEN)
    return f"{type(error).__name__}: {first_line}"[:LONGEST_ERROR].removesuffix(": ")


def walk_values(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON can hold
    """Give every text and number within, the longest first."""
    found: list[str] = []
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
        elif value not in (None, "", True, False):
            found.append(str(value))
    return iter(sorted(found, key=len, reverse=True))
