"""What the course has for a workspace: the starting point and the end of each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from workshop.exercises import Exercise, end_files, read_exercise, start_files
from workshop.exercises.starter import course_digest
from workshop.layers import Layer, LayerFile, read_layers
from workshop.project import Project
from workshop.workspace.changing import Changed, Teller, change, keep_own
from workshop.workspace.files import Files, from_layer_files
from workshop.workspace.history import History
from workshop.workspace.merging import Conflict, merge
from workshop.workspace.place import State, Workspace


@dataclass(frozen=True)
class Course:
    """The steps and their exercises, as they are in this checkout now."""

    project: Project
    layers: tuple[Layer, ...]

    def layer(self, step: int) -> Layer:
        """Return a step's layer."""
        return self.layers[step - 1]

    def exercise(self, step: int) -> Exercise | None:
        """Read a step's exercise."""
        return read_exercise(self.project, self.layer(step))

    def start(self, step: int) -> dict[str, LayerFile]:
        """Give the starting point of a step."""
        return start_files(self.layers, step, self.exercise(step))

    def end(self, step: int) -> dict[str, LayerFile]:
        """Give the end of a step."""
        return end_files(self.layers, step)

    def digest(self, step: int) -> str:
        """Name what a workspace of this step is made from."""
        return course_digest(self.project, self.layers, step)

    @cached_property
    def paths(self) -> frozenset[str]:
        """Every path that any step lays."""
        return frozenset(path for layer in self.layers for path in layer.files)

    def services(self, step: int) -> tuple[str, ...]:
        """Name the services that the app needs at the end of a step."""
        needed = (name for layer in self.layers[:step] for name in layer.services)
        return tuple(dict.fromkeys(needed))


def open_course(project: Project) -> Course:
    """Read the steps.

    Raises:
        WorkshopError: they cannot be read.

    """
    return Course(project, read_layers(project))


@dataclass(frozen=True)
class Laid:
    """A step that was laid."""

    changed: Changed
    conflicts: tuple[Conflict, ...] = ()


def start(workspace: Workspace, course: Course, step: int, command: str, teller: Teller) -> Laid:
    """Make the workspace the starting point of a step, whatever is there."""
    return _lay(workspace, course, State(step), command, teller)


def start_after_last(workspace: Workspace, course: Course, command: str, teller: Teller) -> Laid:
    """Make the workspace the end of the last step, for what comes after it."""
    return _lay(workspace, course, State(len(course.layers), after_last=True), command, teller)


def starting_point(course: Course, state: State) -> dict[str, LayerFile]:
    """Return what the course gives for the place where the learner is."""
    return course.end(state.step) if state.after_last else course.start(state.step)


def _lay(
    workspace: Workspace, course: Course, place: State, command: str, teller: Teller
) -> Laid:
    wanted = from_layer_files(starting_point(course, place))
    changed = change(
        workspace,
        command,
        lambda files: keep_own(files, wanted, course.paths),
        lambda history: remember(history, course, place, wanted),
        also=_paths(course, wanted),
        teller=teller,
    )
    return Laid(changed)


def reset(
    workspace: Workspace, course: Course, paths: Sequence[str], command: str, teller: Teller
) -> Laid:
    """Bring some files back to the starting point of the step; the others stay."""
    state = workspace.read_state()
    laid = from_layer_files(starting_point(course, state))

    def make(files: Files) -> Files:
        left = {path: entry for path, entry in files.items() if not _chosen(path, paths)}
        return left | {path: entry for path, entry in laid.items() if _chosen(path, paths)}

    changed = change(
        workspace, command, make, lambda _history: state, also=_paths(course, laid), teller=teller
    )
    return Laid(changed)


def keep_and_go(
    workspace: Workspace, course: Course, step: int, command: str, teller: Teller
) -> Laid:
    """Lay what the course adds in a step over the learner's own code."""
    base, place = workspace.read_state().solved, State(step)
    return _merged(workspace, course, base, place, command, teller)


def update(workspace: Workspace, course: Course, command: str, teller: Teller) -> Laid:
    """Lay what has changed in the course since the workspace was made over the learner's code."""
    state = workspace.read_state()
    return _merged(workspace, course, state.laid, state, command, teller)


def _merged(  # noqa: PLR0913, PLR0917 - the two callers above name them all
    workspace: Workspace,
    course: Course,
    base_commit: str,
    place: State,
    command: str,
    teller: Teller,
) -> Laid:
    base = History(workspace).read(base_commit)
    theirs = from_layer_files(starting_point(course, place))
    conflicts: list[Conflict] = []

    def make(files: Files) -> Files:
        merged, found = merge(base, files, theirs)
        conflicts[:] = found
        return merged

    changed = change(
        workspace,
        command,
        make,
        lambda history: remember(history, course, place, theirs),
        also={*_paths(course, theirs), *base},
        teller=teller,
    )
    return Laid(changed, tuple(conflicts))


def rewrite(
    workspace: Workspace,
    course: Course,
    make: Callable[[Files], Files],
    command: str,
    teller: Teller,
) -> Laid:
    """Change some files of the workspace, such as writing a solution into them."""
    state = workspace.read_state()
    changed = change(
        workspace, command, make, lambda _history: state, also=course.paths, teller=teller
    )
    return Laid(changed)


def remember(history: History, course: Course, place: State, laid: Files) -> State:
    """Store what the course has for a place now, so that later changes can be merged."""
    step, digest = place.step, course.digest(place.step)
    kind = "after" if place.after_last else "laid"
    return State(
        step=step,
        after_last=place.after_last,
        course=digest,
        laid=history.keep(laid, f"{kind}-{step:02}-{digest[:12]}"),
        solved=history.keep(from_layer_files(course.end(step)), f"solved-{step:02}-{digest[:12]}"),
    )


def is_old(course: Course, state: State) -> bool:
    """Whether the course has changed since the workspace was made from it."""
    return state.step <= len(course.layers) and state.course != course.digest(state.step)


def _paths(course: Course, wanted: Files) -> frozenset[str]:
    return course.paths | frozenset(wanted)


def _chosen(path: str, chosen: Sequence[str]) -> bool:
    return any(path == one or path.startswith(f"{one}/") for one in chosen)
