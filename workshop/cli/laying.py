"""The commands that change the workspace: ``start reset undo next update``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli.checking import check_once, show_result
from workshop.cli.exits import LEFT
from workshop.cli.opening import find_step, open_all, open_project, open_work
from workshop.errors import WorkshopError
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.project import Project
    from workshop.workspace import Workspace
    from workshop.workspace.course import Course

Step = Annotated[str, typer.Argument(metavar="N", help=text("learn-argument-step"))]


def start(
    step: Step = "",
) -> None:
    """Lay the starting point of a step into the workspace."""
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.exercises.capstone import CAPSTONE  # noqa: PLC0415 - the same
    from workshop.workspace import Workspace  # noqa: PLC0415 - the same
    from workshop.workspace import course as courses  # noqa: PLC0415 - the same

    project, course = open_all()
    workspace = Workspace(project)
    if step == CAPSTONE:
        _start_capstone(project, workspace, course)
        return
    number = find_step(course, step, default=workspace.read_state().step or 1)
    laid = courses.start(workspace, course, number, f"start {number}", Told())
    show_laid(project, laid)
    begin(project, workspace, course, number)
    say(text("learn-begin"))


def _start_capstone(project: Project, workspace: Workspace, course: Course) -> None:
    """Lay the end of the last step: nothing in it is blank, and what is to be written is new."""
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.exercises.capstone import read_capstone  # noqa: PLC0415 - the same
    from workshop.workspace import course as courses  # noqa: PLC0415 - the same
    from workshop.workspace.changing import ensure_repository  # noqa: PLC0415 - the same

    capstone = read_capstone(project)
    if capstone is None:
        raise WorkshopError("capstone-none", exit_code=2)
    show_laid(project, courses.start_after_last(workspace, course, "start capstone", Told()))
    if ensure_repository(workspace, "Start of the capstone"):
        say(text("learn-repository", folder=project.relative(workspace.root)))
    say("")
    say(capstone.text().rstrip())
    say(text("capstone-begin"))


def reset(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help=text("learn-argument-paths"))
    ] = None,
) -> None:
    """Bring the step, or some files of it, back to its starting point."""
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.workspace import course as courses  # noqa: PLC0415 - the same

    project, workspace, course = open_work()
    number = workspace.read_state().step
    chosen = [_app_path(project, course, path) for path in paths or ()]
    command = " ".join(("reset", *chosen))
    if chosen:
        _require_known(course, number, chosen)
        laid = courses.reset(workspace, course, chosen, command, Told())
    else:
        laid = courses.start(workspace, course, number, command, Told())
    show_laid(project, laid)
    if not laid.changed.paths:
        say(text("reset-same"))


def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="CHANGE", help=text("learn-argument-change"))
    ] = None,
    *,
    listed: Annotated[bool, typer.Option("--list", help=text("learn-help-list"))] = False,
) -> None:
    """Take a change of the tool back; taking back can be taken back, too."""
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.workspace import Workspace  # noqa: PLC0415 - the same
    from workshop.workspace.changing import undo as take_back  # noqa: PLC0415 - the same
    from workshop.workspace.course import Laid  # noqa: PLC0415 - the same

    project = open_project()
    workspace = Workspace(project)
    if not workspace.state_folder.is_dir():
        raise WorkshopError("undo-nothing")
    if listed:
        _list_changes(workspace)
        return
    found, changed = take_back(workspace, number, Told())
    show_laid(project, Laid(changed))
    say(text("undo-done", command=found.command, number=str(found.number)), "green")


def next_step(
    *,
    keep: Annotated[bool, typer.Option("--keep", help=text("learn-help-keep"))] = False,
    force: Annotated[bool, typer.Option("--force", help=text("learn-help-next-force"))] = False,
) -> None:
    """Check, and go on to the next step."""
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.workspace import course as courses  # noqa: PLC0415 - the same

    project, workspace, course = open_work()
    step = workspace.read_state().step
    if step >= len(course.layers):
        _finish(project, workspace, course, step, force=force)
        return
    if not force:
        require_done(project, workspace, course, step)
    if keep:
        laid = courses.keep_and_go(workspace, course, step + 1, "next --keep", Told())
    else:
        laid = courses.start(workspace, course, step + 1, "next", Told())
    show_laid(project, laid)
    begin(project, workspace, course, step + 1)
    if laid.conflicts:
        raise typer.Exit(LEFT)
    say(text("learn-begin"))


def update() -> None:
    """Bring what has changed in the course into the learner's code."""
    from workshop.cli.showing import Told, say, show_laid  # noqa: PLC0415 - quick --help
    from workshop.workspace import course as courses  # noqa: PLC0415 - the same

    project, workspace, course = open_work()
    if not courses.is_old(course, workspace.read_state()):
        say(text("update-nothing"), "green")
        return
    laid = courses.update(workspace, course, "update", Told())
    show_laid(project, laid)
    if laid.conflicts:
        raise typer.Exit(LEFT)
    say(text("update-done"), "green")


def _finish(
    project: Project, workspace: Workspace, course: Course, step: int, *, force: bool
) -> None:
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help

    if not force:
        require_done(project, workspace, course, step)
    say(text("next-last", step=f"{step:02}"), "green")


def require_done(project: Project, workspace: Workspace, course: Course, step: int) -> None:
    """Refuse to go on while something is left."""
    from workshop.cli.showing import say  # noqa: PLC0415 - quick --help

    result, progress = check_once(project, workspace, course, step)
    if not result.done:
        code = show_result(project, workspace, course, result, progress)
        say(text("next-unfinished"), "yellow")
        raise typer.Exit(code)


def begin(project: Project, workspace: Workspace, course: Course, step: int) -> None:
    """Say where the learner is now."""
    from workshop.checking.ahead import forget  # noqa: PLC0415 - quick --help
    from workshop.cli.showing import read_more, say, show_tasks, step_page  # noqa: PLC0415 - the same
    from workshop.exercises.exercise import local  # noqa: PLC0415 - the same
    from workshop.explain.page import find_page  # noqa: PLC0415 - the same
    from workshop.workspace.changing import ensure_repository  # noqa: PLC0415 - the same
    from workshop.workspace.progress import read_progress, write_progress  # noqa: PLC0415 - the same

    forget(project.build("mine"))
    layer = course.layer(step)
    if ensure_repository(workspace, f"Start of step {layer.number:02}: {layer.title['en']}"):
        say(text("learn-repository", folder=project.relative(workspace.root)))
    progress = read_progress(workspace)
    progress.current = ""
    exercise = course.exercise(step)
    for task in exercise.tasks if exercise else ():
        progress.done.pop(task.id, None)
    write_progress(workspace, progress)
    say("")
    title = local(layer.title)
    say(text("learn-step", number=f"{layer.number:02}", title=title), "bold")
    say(text("learn-where", folder=project.relative(workspace.root)))
    if more := read_more(find_page(project, step_page(layer))):
        say(text("learn-page", page="\n  ".join(more)))
    if exercise is not None:
        say("")
        show_tasks(exercise, {})
        say("")


def _list_changes(workspace: Workspace) -> None:
    import time  # noqa: PLC0415 - quick --help

    from workshop.cli.showing import say  # noqa: PLC0415 - the same
    from workshop.workspace.history import History  # noqa: PLC0415 - the same

    for change in History(workspace).changes():
        made = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(change.made))
        values = {"number": str(change.number), "made": made, "command": change.command}
        say(text("undo-line", **values))


def _app_path(project: Project, course: Course, asked: str) -> str:
    from pathlib import Path  # noqa: PLC0415 - quick --help

    from workshop.layers.asking import app_path  # noqa: PLC0415 - the same

    inside = project.relative(Path(asked)) if Path(asked).exists() else asked
    prefix = f"{project.workspace.name}/"
    path = asked if not inside.startswith(prefix) else inside
    path = path.replace("\\", "/").removeprefix(prefix).rstrip("/")
    return app_path(project, course.layers, path).path


def _require_known(course: Course, step: int, paths: list[str]) -> None:
    from workshop.layers.asking import near  # noqa: PLC0415 - quick --help

    known = course.end(step)
    for path in paths:
        if path not in known and not any(one.startswith(f"{path}/") for one in known):
            raise WorkshopError("reset-unknown", exit_code=2, path=path, near=near(path, known))
