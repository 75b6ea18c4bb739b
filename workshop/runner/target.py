"""What ``workshop run`` can run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers import Layer, read_layers
from workshop.project import Project
from workshop.runner.shortening import shorten

FINAL = "final"
STEP = re.compile(r"(?:step-)?0*(?P<number>[0-9]{1,4})", re.ASCII)


@dataclass(frozen=True)
class Target:
    """An app that can be composed and run."""

    name: str
    """``final`` or ``step-02``: also the name of the build."""
    step: int | None
    """The number of the step; None for the finished app."""
    layers: tuple[Layer, ...]
    build: Path

    @property
    def services(self) -> tuple[str, ...]:
        """Every service that one of its layers needs, each once."""
        return tuple(dict.fromkeys(name for layer in self.layers for name in layer.services))


def find_target(project: Project, asked: str) -> Target:
    """Find what to run: ``final`` is all steps that exist, a number is the end of that step.

    Raises:
        WorkshopError: no such target, or the steps cannot be read.

    """
    layers = read_layers(project)
    if asked == FINAL:
        return Target(FINAL, None, layers, project.build(FINAL))
    match = STEP.fullmatch(asked)
    number = int(match["number"]) if match else 0
    chosen = tuple(layer for layer in layers if layer.number <= number)
    if not chosen or chosen[-1].number != number:
        last = str(layers[-1].number)
        raise WorkshopError("run-target-unknown", exit_code=2, asked=shorten(asked), last=last)
    name = f"step-{number:02}"
    return Target(name, number, chosen, project.build(name))
