"""What must hold for the exercise of a step, tried out: the contract between course and learner.

The starting point fails exactly the declared tests, for the right reason; each task alone turns
exactly its own green; the end of the step passes everything, earlier steps' tests included.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from workshop.checking.overlay import write_overlay
from workshop.checking.report import Failure, Report
from workshop.checking.running import run_tests
from workshop.errors import WorkshopError
from workshop.exercises.challenge import challenge_slips
from workshop.exercises.exercise import Exercise, Task, covers, select
from workshop.exercises.reading import exercise_path, read_exercise
from workshop.exercises.starter import end_files, start_files
from workshop.layers import Layer, LayerFile, Note
from workshop.project import Project
from workshop.services import environment

MARKER = "exercise "
RIGHT_REASONS = frozenset({"AssertionError", "Failed"})
"""Besides our own NotImplementedError: a wrong value, and pytest's "did not raise"."""


@dataclass(frozen=True)
class Trial:
    """A tree to be tested."""

    name: str
    files: dict[str, LayerFile]
    tests: tuple[str, ...]
    """Only these; empty: all."""


def check_exercise(project: Project, layers: Sequence[Layer], layer: Layer) -> list[Note]:
    """Find every slip in the exercise of a step.

    Raises:
        WorkshopError: ``exercise.toml`` cannot be read at all, or a service does not start.

    """
    shown = project.relative(exercise_path(project, layer))
    exercise = read_exercise(project, layer)
    if exercise is None:
        return [Note("slip-no-exercise", {"file": shown, "step": layer.name})]
    slips = list(_check_targets(exercise, layer, shown))
    if slips:
        return slips
    trials = _trials(layers, exercise)
    reports = run_trials(project, layers, layer, trials)
    starter, end = reports["start"], reports["end"]
    slips += _check_end(end, shown)
    slips += _check_known(exercise, end, shown)
    if slips:
        return slips
    slips += _check_starter(exercise, starter, end, shown)
    if not slips:
        for task in exercise.tasks:
            slips += _check_task(exercise, task, reports[task.id], shown)
    return [*slips, *challenge_slips(project, layers, layer)]


def survey(project: Project, layers: Sequence[Layer], layer: Layer) -> dict[str, list[str]]:
    """Try out which tests each task turns green, and which need all: for those who declare them.

    Returns:
        Task id, or ``together`` -> tests.

    Raises:
        WorkshopError: a run did not come to its end, so nobody can tell.

    """
    exercise = read_exercise(project, layer)
    if exercise is None:
        return {}
    trials = [Trial(trial.name, trial.files, ()) for trial in _trials(layers, exercise)]
    reports = run_trials(project, layers, layer, trials)
    shown = project.relative(exercise_path(project, layer))
    if cut := [note for name in reports for note in _check_finished(name, reports[name], shown)]:
        raise WorkshopError("survey-cut", reason="\n".join(map(str, cut)))
    red = reports["start"].failed
    found: dict[str, list[str]] = {}
    for task in exercise.tasks:
        passed = reports[task.id].passed & red
        needed = exercise.with_needs(task)[:-1]
        passed -= {test for one in needed for test in found[one.id]}
        found[task.id] = sorted(passed)
    known = {test for tests in found.values() for test in tests}
    found["together"] = sorted(red - known)
    return found


def _trials(layers: Sequence[Layer], exercise: Exercise) -> list[Trial]:
    step = exercise.step
    declared = tuple(_declared(exercise))
    trials = [
        Trial("end", end_files(layers, step), ()),
        Trial("start", start_files(layers, step, exercise), ()),
    ]
    for task in exercise.tasks:
        solved = [one.id for one in exercise.with_needs(task)]
        files = start_files(layers, step, exercise, solved)
        trials.append(Trial(task.id, files, declared))
    return trials


def run_trials(
    project: Project, layers: Sequence[Layer], layer: Layer, trials: Sequence[Trial]
) -> dict[str, Report]:
    """Run trees side by side, on the same services."""
    needs = dict.fromkeys(name for one in layers[: layer.number] for name in one.services)
    variables = environment(project, needs)

    def run(trial: Trial) -> Report:
        folder = project.build(f"exercise-{layer.number:02}-{trial.name}")
        write_overlay(trial.files, layer, folder)
        return run_tests(folder, variables, trial.tests, rest=False)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        reports = pool.map(run, trials)
        return {trial.name: report for trial, report in zip(trials, reports, strict=True)}


def _declared(exercise: Exercise) -> Iterator[str]:
    for task in exercise.tasks:
        yield from task.tests
    yield from exercise.together


def _check_targets(exercise: Exercise, layer: Layer, shown: str) -> Iterator[Note]:
    """What is blanked must belong to the step itself, so that start N+1 is end N plus N+1."""
    for task in exercise.tasks:
        for target in task.targets:
            if target.path not in layer.files:
                values = {"file": shown, "task": task.id, "target": str(target)}
                yield Note("slip-other-layer", {**values, "layer": layer.name})
            elif not target.name:
                values = {"file": shown, "task": task.id, "target": str(target)}
                yield Note("slip-whole-file", values)


def _check_end(report: Report, shown: str) -> Iterator[Note]:
    for module, failure in report.collect_errors.items():
        yield Note("slip-end-import", {"file": shown, "test": module, "reason": failure.message})
    yield from _check_finished("end", report, shown)
    for test in sorted(report.failed):
        reason = _reason(report.failures[test])
        yield Note("slip-end-fails", {"file": shown, "test": test, "reason": reason})


def _check_finished(tree: str, report: Report, shown: str) -> Iterator[Note]:
    """Tell of a run that was cut off: at a test that did not end, or because the process did."""
    hang, values = report.hang, {"file": shown, "tree": tree}
    if hang is not None:
        where = next((frame for frame in hang.frames if not frame.in_tests), None)
        place = f"{where.path}:{where.line}, {where.function}" if where else "—"
        test = hang.test or "tests/conftest.py"
        seconds = f"{hang.seconds:.0f}"
        yield Note("slip-hang", {**values, "test": test, "place": place, "seconds": seconds})
    elif not report.finished and not report.collect_errors:
        yield Note("slip-crash", {**values, "log": str(report.log)})


def _check_known(exercise: Exercise, end: Report, shown: str) -> Iterator[Note]:
    for declared in _declared(exercise):
        if not any(covers(declared, test) for test in end.collected):
            yield Note("slip-unknown-test", {"file": shown, "test": declared})
    owners: dict[str, str] = {}
    for owner, tests in ((task.id, task.tests) for task in exercise.tasks):
        for test in select(tests, end.collected):
            first = owners.setdefault(test, owner)
            if first != owner:
                values = {"file": shown, "test": test, "first": first, "second": owner}
                yield Note("exercise-twice", values)


def _check_starter(exercise: Exercise, report: Report, end: Report, shown: str) -> Iterator[Note]:
    for module, failure in report.collect_errors.items():
        values = {"file": shown, "test": module or "tests/conftest.py"}
        yield Note("slip-start-import", {**values, "reason": _reason(failure)})
    yield from _check_finished("start", report, shown)
    if report.collect_errors or not report.finished:
        return
    # Of both runs: an id can hold an address, as that of `object()` does.
    declared = set(select(_declared(exercise), [*end.collected, *report.collected]))
    for test in sorted(report.failed - declared):
        values = {"file": shown, "test": test, "reason": _reason(report.failures[test])}
        yield Note("slip-undeclared", values)
    for test in sorted(declared & report.passed):
        yield Note("slip-already-green", {"file": shown, "test": test})
    reasons = {name for task in exercise.tasks for name in task.reasons}
    for test in sorted(declared & report.failed):
        if not _is_right(report.failures[test], reasons):
            values = {"file": shown, "test": test, "reason": _reason(report.failures[test])}
            yield Note("slip-wrong-reason", values)


def _check_task(exercise: Exercise, task: Task, report: Report, shown: str) -> Iterator[Note]:
    if cut := list(_check_finished(task.id, report, shown)):
        yield from cut
        return
    solved = exercise.with_needs(task)
    wanted = set(select((test for one in solved for test in one.tests), report.collected))
    needs = ", ".join(one.id for one in solved[:-1]) or "—"
    for test in sorted(wanted - report.passed):
        values = {"file": shown, "task": task.id, "test": test, "needs": needs}
        yield Note("slip-task-short", {**values, "reason": _reason_of(report, test)})
    for test in sorted(report.passed - wanted):
        yield Note("slip-task-more", {"file": shown, "task": task.id, "test": test})


def _is_right(failure: Failure, more: Iterable[str]) -> bool:
    known = RIGHT_REASONS | set(more)
    return any(
        one.name in known or (one.name == "NotImplementedError" and MARKER in one.message)
        for one in failure.all
    )


def _reason_of(report: Report, test: str) -> str:
    failure = report.failures.get(test)
    return _reason(failure) if failure else "—"


def _reason(failure: Failure) -> str:
    lines = failure.message.strip().splitlines()
    return f"{failure.name}: {lines[0]}" if lines else failure.name
