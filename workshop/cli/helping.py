"""``workshop hint``, ``solution`` and ``diff``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli.opening import find_task, open_all, open_work
from workshop.errors import WorkshopError
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.exercises import Task
    from workshop.project import Project
    from workshop.workspace import Workspace
    from workshop.workspace.course import Course
    from workshop.workspace.progress import Progress

TaskId = Annotated[str, typer.Argument(metavar="TASK", help=text("learn-argument-task"))]


def hint(
    task_id: TaskId = "",
    *,
    again: Annotated[bool, typer.Option("--again", help=text("learn-help-again"))] = False,
) -> None:
    """Show the next hint for the first unfinished task."""
    from workshop.cli.showing import local_hints, say  # noqa: PLC0415 - quick --help
    from workshop.exercises.exercise import local  # noqa: PLC0415 - the same
    from workshop.workspace.progress import read_progress, write_progress  # noqa: PLC0415 - the same

    _, workspace, course = open_work()
    progress = read_progress(workspace)
    task = find_task(workspace, course, task_id, progress)
    hints = local_hints(task)
    shown = progress.hints.get(task.id, 0)
    if not again and shown < len(hints):
        shown += 1
        progress.hints[task.id] = shown
        write_progress(workspace, progress)
    say(f"{task.id} {local(task.title)}", "bold")
    for number, one in enumerate(hints[:shown], start=1):
        say(text("hint-number", number=number, total=len(hints)), "dim")
        say("  " + one.replace("\n", "\n  "))
    more = shown < len(hints)
    say(text("hint-more" if more else "hint-last", task=task.id), "dim")


def solution(
    task_id: TaskId = "",
    *,
    apply: Annotated[bool, typer.Option("--apply", help=text("learn-help-apply"))] = False,
) -> None:
    """Show the course's answer to a task; write it only when told to."""
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help
    from workshop.exercises.exercise import local  # noqa: PLC0415 - the same
    from workshop.workspace.progress import read_progress  # noqa: PLC0415 - the same
    from workshop.workspace.solving import answers  # noqa: PLC0415 - the same

    project, workspace, course = open_work()
    progress = read_progress(workspace)
    task = find_task(workspace, course, task_id, progress)
    step = workspace.read_state().step
    say(f"{task.id} {local(task.title)}", "bold")
    for found in answers(course, step, task):
        say("")
        say(f"# {found.target}", "dim")
        _show_code(found.source)
    say("")
    if not apply:
        say(text("solution-apply", task=task.id), "dim")
        return
    _apply(project, workspace, course, task, progress)


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=text("learn-argument-diff"))] = "start",
    after: Annotated[str, typer.Argument(metavar="B", help=text("learn-argument-diff"))] = "mine",
) -> None:
    """Show what differs between two states of the app, by default what the learner has written."""
    from workshop.cli.showing import console, say  # noqa: PLC0415 - quick --help
    from workshop.workspace import Workspace  # noqa: PLC0415 - the same
    from workshop.workspace.comparing import difference  # noqa: PLC0415 - the same

    project, course = open_all()
    color = console().is_terminal
    shown = difference(Workspace(project), course, before, after, color=color)
    if not shown:
        say(text("diff-same", before=before, after=after))
        return
    sys.stdout.write(shown)


def _apply(
    project: Project, workspace: Workspace, course: Course, task: Task, progress: Progress
) -> None:
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.workspace import course as courses  # noqa: PLC0415 - the same
    from workshop.workspace.files import Files  # noqa: PLC0415 - the same
    from workshop.workspace.solving import write_answers  # noqa: PLC0415 - the same

    exercise = course.exercise(workspace.read_state().step)
    if exercise is None:
        raise WorkshopError("task-none-in-step")
    done = {one for one, is_done in progress.done.items() if is_done}
    replaced: list[str] = []

    def make(files: Files) -> Files:
        after, whole = write_answers(course, exercise, task, done, files)
        replaced[:] = whole
        return after

    laid = courses.rewrite(workspace, course, make, f"solution {task.id} --apply", Told())
    show_laid(project, laid)
    for path in replaced:
        say(text("solution-whole", path=project.relative(workspace.root / path)), "yellow")
    say(text("solution-applied"), "green")


def _show_code(source: str) -> None:
    from workshop.cli.showing import console, say  # noqa: PLC0415 - quick --help

    if not console().is_terminal:
        say(source.rstrip("\n"))
        return
    from rich.syntax import Syntax  # noqa: PLC0415 - pygments takes a while

    console().print(Syntax(source.rstrip("\n"), "python", background_color="default"))
