"""Differences between two states of the app, as git shows them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers import LayerFile
from workshop.layers.asking import find_layer
from workshop.layers.git import Repository
from workshop.layers.snapshots import Snapshot, write_chain
from workshop.workspace.course import Course, starting_point
from workshop.workspace.files import read_files
from workshop.workspace.place import Workspace, open_workspace

MINE, START, FINAL = "mine", "start", "final"


def difference(
    workspace: Workspace, course: Course, before: str, after: str, *, color: bool
) -> str:
    """Compare two states.

    Args:
        workspace: the learner's app.
        course: the course.
        before: a step (its end), ``start`` (of the step in the workspace), ``mine``, ``final``.
        after: the same.
        color: whether for a terminal.

    Raises:
        WorkshopError: no such step, or no workspace yet.

    """
    states = [_files(workspace, course, name) for name in (before, after)]
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Path(folder))
        repository.run("init", "--quiet", "--template=", ".")
        commits = write_chain(
            repository, [Snapshot(files, "state\n", minute) for minute, files in enumerate(states)]
        )
        colors = "--color=always" if color else "--color=never"
        options = ("--no-ext-diff", "--no-textconv", "--find-renames", colors)
        shown = repository.run("diff", *options, *commits)
        return shown.decode("utf-8", "replace")


def _files(workspace: Workspace, course: Course, name: str) -> Mapping[str, LayerFile]:
    if name in {MINE, START}:
        state = open_workspace(workspace.project).read_state()
        if name == START:
            return starting_point(course, state)
        from workshop.checking.overlay import readable  # noqa: PLC0415 - it imports this package

        return readable(workspace, read_files(workspace, course.paths))
    if name == FINAL:
        return course.end(len(course.layers))
    if name == "0":
        return {}
    try:
        return course.end(find_layer(course.layers, name).number)
    except WorkshopError as error:
        raise WorkshopError(
            "diff-unknown", exit_code=2, asked=name, last=str(len(course.layers))
        ) from error
