"""Commands, queries and their handlers stay as they were made."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, is_dataclass
from typing import Any

import pytest

import app.main  # noqa: F401 - it imports them all
from app.core.mediator import BaseCommand, BaseCommandHandler, BaseQuery, BaseQueryHandler


def descendants(base: type[Any]) -> Iterator[type[Any]]:
    """List what is derived from a class in the app, directly or not."""
    for derived in base.__subclasses__():
        if derived.__module__.startswith("app."):
            yield derived
        yield from descendants(derived)


@pytest.mark.parametrize("base", [BaseCommand, BaseCommandHandler, BaseQuery, BaseQueryHandler])
def test_no_attribute_can_be_set(base: type[Any]) -> None:
    """What a policy has allowed is what is carried out, whoever has seen it on the way."""
    found = [one for one in descendants(base) if is_dataclass(one) and fields(one)]
    assert found
    for one in found:
        made = object.__new__(one)
        with pytest.raises(FrozenInstanceError):
            setattr(made, fields(one)[0].name, None)
