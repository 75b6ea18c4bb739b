"""``workshop doctor`` and ``workshop status``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli.exits import DONE, MACHINE
from workshop.cli.opening import is_old_workspace, open_all, open_project, warn
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.exercises import Exercise
    from workshop.workspace.course import Course
    from workshop.workspace.progress import Progress

Json = Annotated[bool, typer.Option("--json", help=text("learn-help-json"))]


def doctor(*, as_json: Json = False) -> None:
    """Look at everything the workshop needs, and say how to get what is missing."""
    from workshop.cli.showing import print_json, say, show_findings  # noqa: PLC0415 - quick --help
    from workshop.doctor import examine  # noqa: PLC0415 - the same

    findings = examine(open_project())
    wrong = any(finding.level == "wrong" for finding in findings)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        show_findings(findings)
        say(text("doctor-wrong" if wrong else "doctor-fine"), "red" if wrong else "green")
    raise typer.Exit(MACHINE if wrong else DONE)


def status(*, as_json: Json = False) -> None:
    """Show the steps, their tasks, and where the learner is."""
    from workshop.cli.showing import mark, print_json, say, show_tasks  # noqa: PLC0415 - quick --help
    from workshop.exercises.exercise import local  # noqa: PLC0415 - the same
    from workshop.exercises.reading import MOST_TASKS  # noqa: PLC0415 - the same
    from workshop.workspace import Workspace  # noqa: PLC0415 - the same
    from workshop.workspace.progress import read_progress  # noqa: PLC0415 - the same

    project, course = open_all()
    workspace = Workspace(project)
    state, progress = workspace.read_state(), read_progress(workspace)
    exercises = {layer.number: course.exercise(layer.number) for layer in course.layers}
    if as_json:
        print_json(
            _status_json(
                course, exercises, state.step, progress, old=is_old_workspace(workspace, course)
            )
        )
        return
    from rich.text import Text  # noqa: PLC0415 - quick --help

    from workshop.cli.showing import console  # noqa: PLC0415 - the same

    for layer in course.layers:
        exercise = exercises[layer.number]
        tasks = exercise.tasks if exercise else ()
        here = layer.number == state.step and not state.after_last
        line = Text(f"{'>' if here else ' '} {layer.number:02} {local(layer.title):<40} ")
        for task in tasks:
            line += mark("done" if task.id in progress.ever else "unknown")
        done = sum(task.id in progress.ever for task in tasks)
        line.pad_right(MOST_TASKS - len(tasks) + 1)
        line += Text(f"{done}/{len(tasks)}" if tasks else text("status-no-tasks"))
        if here:
            line.stylize("bold")
        console().print(line)
    say("")
    if not state.step:
        say(text("status-begin"))
        return
    if state.after_last:
        say(text("status-capstone"), "bold")
        warn(workspace, course)
        return
    layer = course.layer(min(state.step, len(course.layers)))
    say(text("learn-step", number=f"{layer.number:02}", title=local(layer.title)), "bold")
    show_tasks(exercises[layer.number], progress.done)
    warn(workspace, course)
    say(text("status-next"))


def _status_json(
    course: Course,
    exercises: dict[int, Exercise | None],
    current: int,
    progress: Progress,
    *,
    old: bool,
) -> dict[str, object]:
    from workshop.exercises.exercise import local  # noqa: PLC0415 - quick --help

    steps = []
    for layer in course.layers:
        exercise = exercises[layer.number]
        tasks = [
            {
                "id": task.id,
                "title": local(task.title),
                "done": task.id in progress.ever,
                "hints": progress.hints.get(task.id, 0),
            }
            for task in (exercise.tasks if exercise else ())
        ]
        steps.append({"number": layer.number, "title": local(layer.title), "tasks": tasks})
    return {"current": current or None, "old": old, "steps": steps}
