"""How a place in the app is named."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from typing import Self

from workshop.errors import WorkshopError

SEPARATOR = "::"


@dataclass(frozen=True)
class Target:
    """A file of the app, or a definition inside one: ``app/core/db/model.py::BaseModel``."""

    path: str
    """From the root of the app, with ``/``."""
    name: str = ""
    """The qualified name, such as ``User.create``; empty for the whole file."""

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read ``path`` or ``path::Qualified.name``.

        Raises:
            WorkshopError: the path leaves the app, or the name is no Python name.

        """
        path, separator, name = written.partition(SEPARATOR)
        if not _is_path(path):
            raise WorkshopError("target-path-wrong", exit_code=2, target=written)
        if separator and not _is_name(name):
            raise WorkshopError("target-name-wrong", exit_code=2, target=written)
        if separator and not path.endswith(".py"):
            raise WorkshopError("target-not-python", exit_code=2, target=written, path=path)
        return cls(path, name)

    def __str__(self) -> str:
        """Write it the way `parse` reads it."""
        return f"{self.path}{SEPARATOR}{self.name}" if self.name else self.path


def _is_path(path: str) -> bool:
    parts = path.split("/")
    return not {"", ".", ".."} & set(parts) and "\\" not in path and path == path.strip()


def _is_name(name: str) -> bool:
    return all(part.isidentifier() and not keyword.iskeyword(part) for part in name.split("."))
