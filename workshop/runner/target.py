"""What ``workshop run`` can run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers import Layer, LayerFile, read_layers
from workshop.project import Project
from workshop.runner.blanks import Blank, Blanks
from workshop.runner.shortening import shorten

FINAL = "final"
MINE = "mine"
STEP = re.compile(r"(?:step-)?0*(?P<number>[0-9]{1,4})", re.ASCII)


@dataclass(frozen=True)
class Target:
    """An app that can be composed and run."""

    name: str
    """``final``, ``mine`` or ``step-02``: also the name of the build."""
    step: int | None
    """The number of the step, the learner's own included; None for the finished app."""
    layers: tuple[Layer, ...]
    build: Path
    blanks: Blanks = field(default_factory=Blanks)
    """What the learner has not written yet."""

    @property
    def services(self) -> tuple[str, ...]:
        """Every service that one of its layers needs, each once."""
        return tuple(dict.fromkeys(name for layer in self.layers for name in layer.services))


def find_target(project: Project, asked: str) -> Target:
    """Find what to run: ``final``, a step's number (its end), or ``mine``: the workspace.

    Raises:
        WorkshopError: no such target, or the steps cannot be read.

    """
    layers = read_layers(project)
    if asked == FINAL:
        return Target(FINAL, None, layers, project.build(FINAL))
    if asked == MINE:
        return _find_mine(project, layers)
    match = STEP.fullmatch(asked)
    number = int(match["number"]) if match else 0
    chosen = tuple(layer for layer in layers if layer.number <= number)
    if not chosen or chosen[-1].number != number:
        last = str(layers[-1].number)
        raise WorkshopError("run-target-unknown", exit_code=2, asked=shorten(asked), last=last)
    name = f"step-{number:02}"
    return Target(name, number, chosen, project.build(name))


def _find_mine(project: Project, layers: tuple[Layer, ...]) -> Target:
    """Take the learner's files as one layer that needs what its step needs."""
    from workshop.checking.overlay import readable  # noqa: PLC0415 - only for this target
    from workshop.workspace import open_workspace  # noqa: PLC0415 - the same
    from workshop.workspace.files import read_files  # noqa: PLC0415 - the same

    workspace = open_workspace(project)
    step = workspace.read_state().step
    files = readable(workspace, read_files(workspace))
    services = tuple(dict.fromkeys(name for one in layers[:step] for name in one.services))
    title = layers[min(step, len(layers)) - 1].title
    layer = Layer(step, MINE, title, services, workspace.root, files, {})
    blanks = Blanks(tuple(_find_blanks(project, layers[:step], files)))
    return Target(MINE, step, (layer,), project.build("run-mine"), blanks)


def _find_blanks(
    project: Project, layers: Sequence[Layer], files: Mapping[str, LayerFile]
) -> Iterator[Blank]:
    """Look for tasks whose definitions are blank, also those of steps that were left early."""
    from workshop.exercises import read_exercise  # noqa: PLC0415 - only for this target
    from workshop.exercises.exercise import local  # noqa: PLC0415 - the same
    from workshop.exercises.unwritten import unwritten_tasks  # noqa: PLC0415 - the same

    for layer in layers:
        exercise = read_exercise(project, layer)
        missing = unwritten_tasks(files, exercise) if exercise else {}
        for task in exercise.tasks if exercise else ():
            if found := missing.get(task.id):
                place = project.relative(project.workspace / found.target.path)
                shown = f"{place}:{found.line}" if found.line else place
                yield Blank(task.id, local(task.title), shown)
