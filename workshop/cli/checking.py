"""``workshop check`` and ``workshop watch``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli.exits import DONE, LEFT, MACHINE
from workshop.cli.opening import find_step, open_work, warn
from workshop.errors import WorkshopError
from workshop.messages import text

if TYPE_CHECKING:
    from workshop.checking.check import CheckResult
    from workshop.exercises.capstone import Capstone
    from workshop.exercises.challenge import Challenge
    from workshop.explain import Explanation
    from workshop.project import Project
    from workshop.workspace import Workspace
    from workshop.workspace.course import Course
    from workshop.workspace.progress import Progress

Step = Annotated[str, typer.Argument(metavar="N", help=text("learn-argument-step"))]
Json = Annotated[bool, typer.Option("--json", help=text("learn-help-json"))]


def check(
    step: Step = "",
    *,
    as_json: Json = False,
    challenge: Annotated[bool, typer.Option("--challenge", help=text("learn-help-challenge"))] = (
        False
    ),
    capstone: Annotated[bool, typer.Option("--capstone", help=text("learn-help-capstone"))] = (
        False
    ),
) -> None:
    """Run the step's tests on the learner's code, and explain the first that fails."""
    from workshop.exercises.capstone import read_capstone  # noqa: PLC0415 - quick --help
    from workshop.exercises.challenge import read_challenge  # noqa: PLC0415 - the same

    project, workspace, course = open_work()
    number = _checked_step(workspace, course, step)
    if capstone:
        _require_last(course, number)
        raise typer.Exit(_check_capstone(workspace, course, read_capstone(project)))
    if challenge:
        found = read_challenge(project, course.layer(number))
        raise typer.Exit(_check_outside(workspace, course, number, found))
    raise typer.Exit(run_check(project, workspace, course, number, as_json=as_json))


def watch(
    *,
    poll: Annotated[bool, typer.Option("--poll", help=text("learn-help-poll"))] = False,
) -> None:
    """Check on every save, until Ctrl-C."""
    import threading  # noqa: PLC0415 - quick --help

    from workshop.checking.ahead import prepare  # noqa: PLC0415 - the same
    from workshop.checking.watching import must_poll, saves  # noqa: PLC0415 - the same
    from workshop.cli.showing import say  # noqa: PLC0415 - the same

    project, workspace, course = open_work()
    poll = poll or must_poll(workspace)
    say(text("watch-polls" if poll else "watch-begins"), "yellow" if poll else "cyan")
    saved, ended = threading.Event(), threading.Event()
    saved.set()

    def listen() -> None:
        for _save in saves(workspace, ended, poll=poll):
            saved.set()

    threading.Thread(target=listen, daemon=True).start()
    try:
        while True:
            # A timeout, so that Ctrl-C is heard on Windows, too.
            if saved.wait(0.2):
                saved.clear()
                _check_and_say(project, workspace, course, saved.is_set)
                prepare(project.build("mine"))
    except KeyboardInterrupt:
        say("")
    finally:
        ended.set()


def run_check(
    project: Project, workspace: Workspace, course: Course, step: int, *, as_json: bool = False
) -> int:
    """Check once and show the result; gives the exit code.

    ``workshop author test N --mine`` is this.

    Raises:
        WorkshopError: the machine lacks something.

    """
    from workshop.cli.showing import print_json  # noqa: PLC0415 - quick --help

    result, progress = check_once(project, workspace, course, step)
    if as_json:
        document, code = _check_json(workspace, result)
        print_json(document)
        return code
    return show_result(project, workspace, course, result, progress)


def check_once(
    project: Project,
    workspace: Workspace,
    course: Course,
    step: int,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[CheckResult, Progress]:
    """Run the tests, and remember how the tasks stand."""
    from workshop.checking.check import check as run  # noqa: PLC0415 - quick --help
    from workshop.cli.showing import as_machine_problem, counting  # noqa: PLC0415 - the same
    from workshop.services import environment  # noqa: PLC0415 - the same
    from workshop.workspace.progress import read_progress, write_progress  # noqa: PLC0415 - the same

    try:
        environment(project, course.services(step))
    except WorkshopError as error:
        raise as_machine_problem(error) from error
    with counting(stop) as meanwhile:
        result = run(workspace, course, step, meanwhile)
    progress = read_progress(workspace)
    if not stop():
        for one in result.tasks:
            progress.done[one.task.id] = one.done
        ever = {*progress.ever, *(one.task.id for one in result.tasks if one.done)}
        progress.ever = sorted(ever)
        first = result.first_unfinished
        progress.current = first.task.id if first else ""
        write_progress(workspace, progress)
    return result, progress


def show_result(
    project: Project,
    workspace: Workspace,
    course: Course,
    result: CheckResult,
    progress: Progress,
) -> int:
    """Show a result on one screen; gives the exit code."""
    from workshop.cli.showing import say, show_check  # noqa: PLC0415 - quick --help

    explanation = show_check(project, course, result, progress)
    say("")
    passed, seconds = len(result.report.passed), f"{result.report.seconds:.1f}"
    if result.done:
        say(text("check-done", count=passed, seconds=seconds), "green")
        last = result.step >= len(course.layers)
        say(text("check-done-last" if last else "check-done-next"))
    else:
        left = sum(not one.done for one in result.tasks)
        say(text("check-left", left=left, count=len(result.tasks), seconds=seconds), "yellow")
    warn(workspace, course)
    return _exit_code(result, explanation)


def _exit_code(result: CheckResult, explanation: Explanation | None) -> int:
    if result.done:
        return DONE
    machine = explanation is not None and explanation.kind in {"service-down", "package-missing"}
    return MACHINE if machine else LEFT


def _check_json(workspace: Workspace, result: CheckResult) -> tuple[dict[str, object], int]:
    from workshop.exercises.exercise import local  # noqa: PLC0415 - quick --help
    from workshop.explain import explain_others, explain_task  # noqa: PLC0415 - the same

    first, explanation = result.first_unfinished, None
    if first is not None:
        explanation = explain_task(workspace, result, first)
    elif not result.done:
        explanation = explain_others(workspace, result)
    return {
        "step": result.step,
        "done": result.done,
        "seconds": round(result.report.seconds, 2),
        "passed": len(result.report.passed),
        "tasks": [
            {
                "id": one.task.id,
                "title": local(one.task.title),
                "done": one.done,
                "failed": list(one.failed),
            }
            for one in result.tasks
        ],
        "others": list(result.others),
        "unfinished": first.task.id if first else None,
        "explanation": asdict(explanation) if explanation else None,
    }, _exit_code(result, explanation)


def _check_and_say(
    project: Project, workspace: Workspace, course: Course, stop: Callable[[], bool]
) -> None:
    """Check in `watch`: what stops a single check is said, and the watch goes on."""
    from workshop.cli.showing import console, say  # noqa: PLC0415 - quick --help

    try:
        state = workspace.read_state()
        step = state.step or 1
        result, progress = check_once(project, workspace, course, step, stop)
        if stop():
            return
        if console().is_terminal:
            console().clear()
        show_result(project, workspace, course, result, progress)
    except WorkshopError as error:
        say(str(error), "red")
    say(text("watch-waits"), "dim")


def _require_last(course: Course, step: int) -> None:
    if step < len(course.layers):
        raise WorkshopError("capstone-later", exit_code=2, last=f"{len(course.layers):02}")


def _check_capstone(workspace: Workspace, course: Course, capstone: Capstone | None) -> int:
    from workshop.checking.capstone import check_capstone  # noqa: PLC0415 - quick --help
    from workshop.cli.showing import say, show_capstone  # noqa: PLC0415 - the same

    if capstone is None:
        raise WorkshopError("capstone-none", exit_code=2)
    result = check_capstone(workspace, course, capstone)
    explanation = show_capstone(workspace, capstone, result)
    say("")
    seconds = f"{result.report.seconds:.1f}"
    if result.done:
        say(text("capstone-done", count=len(result.report.passed), seconds=seconds), "green")
    else:
        left, count = sum(not one.done for one in result.tasks), len(result.tasks)
        say(text("capstone-left", left=left, count=count, seconds=seconds), "yellow")
    return _exit_code(result, explanation)


def _check_outside(
    workspace: Workspace, course: Course, step: int, challenge: Challenge | None
) -> int:
    from workshop.checking.overlay import overlay, readable, write_overlay  # noqa: PLC0415 - quick --help
    from workshop.checking.running import run_tests  # noqa: PLC0415 - the same
    from workshop.cli.showing import mark, say  # noqa: PLC0415 - the same
    from workshop.services import environment  # noqa: PLC0415 - the same
    from workshop.workspace.files import read_files  # noqa: PLC0415 - the same

    if challenge is None:
        raise WorkshopError("challenge-none", exit_code=2, step=course.layer(step).name)
    say(challenge.text().rstrip())
    say("")
    mine = readable(workspace, read_files(workspace, course.paths))
    files = overlay(mine, {**course.end(step), **challenge.tests})
    folder = workspace.project.build("mine")
    write_overlay(files, course.layer(step), folder)
    variables = environment(workspace.project, course.services(step))
    report = run_tests(folder, variables, [challenge.folder], rest=False)
    for test in report.collected:
        passed = report.outcomes.get(test) == "passed"
        say(f"  {mark('done' if passed else 'left')} {test}")
    for test, failure in {**report.collect_errors, **report.failures}.items():
        say(f"\n{test}\n  {failure.promise}\n  {failure.name}: {failure.message}".rstrip())
        break
    done = report.finished and report.outcomes and not report.failed and not report.collect_errors
    say(text("challenge-done" if done else "challenge-left"), "green" if done else "yellow")
    return DONE if done else LEFT


def _checked_step(workspace: Workspace, course: Course, asked: str) -> int:
    current = workspace.read_state().step
    number = find_step(course, asked, default=min(current, len(course.layers)))
    if number > current:
        raise WorkshopError("check-later", exit_code=2, asked=str(number), current=f"{current:02}")
    return number
