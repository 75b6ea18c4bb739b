"""From layers and an exercise to the trees that the learner begins and ends with."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence

from workshop.errors import WorkshopError
from workshop.exercises.exercise import Exercise
from workshop.layers import Layer, LayerFile, compose
from workshop.layers.asking import near
from workshop.project import Project


def end_files(layers: Sequence[Layer], number: int) -> dict[str, LayerFile]:
    """Give the end of a step."""
    return compose(layers[:number]).files


def start_files(
    layers: Sequence[Layer], number: int, exercise: Exercise | None, solved: Collection[str] = ()
) -> dict[str, LayerFile]:
    """Give the start of a step: its end, with the definitions of the exercise blanked.

    Args:
        layers: all of them.
        number: the step.
        exercise: None for a step in which nothing is to be written.
        solved: ids of tasks whose definitions stay.

    Raises:
        WorkshopError: a target that is not there, or cannot be blanked.

    """
    files = end_files(layers, number)
    if exercise is None:
        return files
    for path, names in _names(exercise, solved).items():
        if path not in files:
            raise WorkshopError(
                "exercise-no-file",
                file=f"exercises/{exercise.path.parent.name}/{exercise.path.name}",
                path=path,
                near=near(path, files),
            )
        files[path] = _blanked(path, files[path], names)
    return files


def course_digest(project: Project, layers: Sequence[Layer], number: int) -> str:
    """Name everything that makes the start and end of a step: another name, another start."""
    found = hashlib.sha256()
    for path, file in end_files(layers, number).items():
        found.update(f"{path}\0{len(file.content)}\0{file.executable}\0".encode())
        found.update(file.content)
    declared = project.exercises / layers[number - 1].name / "exercise.toml"
    if declared.is_file():
        found.update(_declared_targets(declared.read_bytes()))
    return found.hexdigest()


def _declared_targets(content: bytes) -> bytes:
    # Only what the starting point is made of: a better hint makes no workspace old.
    import tomllib  # noqa: PLC0415 - most calls come for the files only

    try:
        tasks = tomllib.loads(content.decode("utf-8")).get("tasks", [])
        return repr([(task.get("id"), task.get("targets")) for task in tasks]).encode()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError):
        return content


def _names(exercise: Exercise, solved: Collection[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for task in exercise.tasks:
        if task.id not in solved:
            for target in task.targets:
                found.setdefault(target.path, {})[target.name] = task.id
    return found


def _blanked(path: str, file: LayerFile, names: Mapping[str, str]) -> LayerFile:
    from workshop.exercises.blanking import blank  # noqa: PLC0415 - libcst takes half a second

    text = blank(file.content.decode("utf-8"), names, path)
    return LayerFile(text.encode("utf-8"), file.executable)
