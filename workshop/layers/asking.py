"""Understanding what a person typed: a step, or a path of the app."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from workshop.errors import WorkshopError
from workshop.layers.layer import Layer
from workshop.project import Project


@dataclass(frozen=True)
class AppPath:
    """A path of the app as a person meant it."""

    path: str
    layer: Layer | None = None
    """The layer, when the person named a file inside ``steps/``."""


def find_layer(layers: Sequence[Layer], asked: str) -> Layer:
    """Find a step by ``5``, ``05``, ``step-05`` or ``05_events``.

    Raises:
        WorkshopError: no such step.

    """
    number = asked.removeprefix("step-")
    for layer in layers:
        if asked == layer.name or (number.isdecimal() and int(number) == layer.number):
            return layer
    known = ", ".join(layer.name for layer in layers)
    raise WorkshopError("ask-step-unknown", exit_code=2, asked=asked, known=known)


def app_path(project: Project, layers: Sequence[Layer], asked: str) -> AppPath:
    """Read ``app/main.py``, ``final/app/main.py``, ``steps/05_events/app/main.py`` or a full path.

    Raises:
        WorkshopError: the path names a step that does not exist.

    """
    path = asked.replace("\\", "/")
    if Path(path).is_absolute():
        path = project.relative(Path(path))
    parts = PurePosixPath(path).parts
    if parts[:1] == (project.steps.name,) and len(parts) > 2:  # noqa: PLR2004 - steps/NN_slug/file
        return AppPath("/".join(parts[2:]), find_layer(layers, parts[1]))
    if parts[:1] == (project.final.name,):
        parts = parts[1:]
    return AppPath("/".join(parts))


def near(path: str, known: Iterable[str]) -> str:
    """Name up to three known paths that look like the one asked for, or say nothing."""
    paths = list(known)
    same_name = [found for found in paths if found.rpartition("/")[2] == path.rpartition("/")[2]]
    alike = difflib.get_close_matches(path, paths, n=3, cutoff=0.6)
    return ", ".join(list(dict.fromkeys((*same_name, *alike)))[:3]) or "—"
