"""What the commands of the learner's loop have in common: finding what they work on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop.cli.exits import DONE
from workshop.errors import WorkshopError
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.exercises import Exercise, Task
    from workshop.project import Project
    from workshop.workspace import Workspace
    from workshop.workspace.course import Course
    from workshop.workspace.progress import Progress


def open_project() -> Project:
    """Find the checkout."""
    from workshop.project import find_project  # noqa: PLC0415 - quick --help

    return find_project()


def open_all() -> tuple[Project, Course]:
    """Find the checkout and read its steps."""
    from workshop.workspace.course import open_course  # noqa: PLC0415 - quick --help

    project = open_project()
    return project, open_course(project)


def open_work() -> tuple[Project, Workspace, Course]:
    """Find the checkout, its steps, and the workspace that was begun."""
    from workshop.workspace import open_workspace  # noqa: PLC0415 - quick --help

    project, course = open_all()
    return project, open_workspace(project), course


def find_step(course: Course, asked: str, *, default: int) -> int:
    """Understand which step is meant."""
    from workshop.layers.asking import find_layer  # noqa: PLC0415 - quick --help

    if not asked:
        return default
    try:
        return find_layer(course.layers, asked).number
    except WorkshopError as error:
        last = str(len(course.layers))
        raise WorkshopError("learn-step-unknown", exit_code=2, asked=asked, last=last) from error


def warn(workspace: Workspace, course: Course) -> None:
    """Say what the learner should know, whatever was asked."""
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help

    state = workspace.read_state()
    if state.pending:
        say(text("learn-interrupted", number=str(state.pending)), "yellow")
    if is_old_workspace(workspace, course):
        say(text("learn-old"), "yellow")


def is_old_workspace(workspace: Workspace, course: Course) -> bool:
    """Tell whether the course has changed since."""
    from workshop.workspace.course import is_old  # noqa: PLC0415 - quick --help

    state = workspace.read_state()
    return bool(state.step) and is_old(course, state)


def find_task(workspace: Workspace, course: Course, asked: str, progress: Progress) -> Task:
    """Understand which task is meant: by default the first that is unfinished.

    Raises:
        WorkshopError: there is none.

    """
    state = workspace.read_state()
    if state.after_last and not asked:
        raise WorkshopError("task-capstone")
    exercise: Exercise | None = course.exercise(state.step)
    if exercise is None:
        raise WorkshopError("task-none-in-step")
    if asked:
        found = exercise.task(asked)
        if found is None:
            known = ", ".join(task.id for task in exercise.tasks)
            raise WorkshopError("task-unknown", exit_code=2, asked=asked, known=known)
        return found
    current = exercise.task(progress.current) if progress.current else None
    left = [task for task in exercise.tasks if not progress.done.get(task.id)]
    if current is None and not left:
        is_last = state.step == len(course.layers)
        raise WorkshopError("task-all-done-last" if is_last else "task-all-done", exit_code=DONE)
    return current or left[0]
