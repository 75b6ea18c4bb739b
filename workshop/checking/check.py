"""From a run of the tests to tasks that are done or not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshop.checking.overlay import overlay, readable, write_overlay
from workshop.checking.reading import find_unreadable
from workshop.checking.report import Report
from workshop.checking.running import Meanwhile, go_on, run_tests
from workshop.exercises import Exercise, Task
from workshop.exercises.exercise import covers, select
from workshop.exercises.unwritten import Unwritten, unwritten_tasks
from workshop.services import environment
from workshop.workspace import Workspace
from workshop.workspace.course import Course
from workshop.workspace.files import read_files


@dataclass(frozen=True)
class TaskResult:
    """How a task stands."""

    task: Task
    done: bool
    failed: tuple[str, ...]
    """Its tests that did not pass, in the order of the declaration; also those that did not run."""
    unwritten: Unwritten | None = None
    """What is still blank, if anything is."""


@dataclass(frozen=True)
class CheckResult:
    """What a check found."""

    step: int
    exercise: Exercise | None
    tasks: tuple[TaskResult, ...]
    others: tuple[str, ...]
    """Failed tests that belong to no task: something that worked no longer does."""
    report: Report
    complete: bool
    """Whether all tests of the step were run, not only those of the tasks."""

    @property
    def first_unfinished(self) -> TaskResult | None:
        """The task to work on."""
        return next((result for result in self.tasks if not result.done), None)

    @property
    def done(self) -> bool:
        """Whether the step is done: every task, and nothing else is broken."""
        report = self.report
        sound = report.finished and not report.collect_errors and not report.failed
        return sound and self.complete and all(result.done for result in self.tasks)


def check(
    workspace: Workspace,
    course: Course,
    step: int,
    meanwhile: Meanwhile = go_on,
) -> CheckResult:
    """Run a step's tests on the learner's code: those of the tasks, and if they pass all others.

    Raises:
        WorkshopError: a service cannot be started, the exercise cannot be read.

    """
    project = workspace.project
    variables = environment(project, course.services(step))
    exercise = course.exercise(step)
    mine = readable(workspace, read_files(workspace, course.paths))
    end = course.end(step)
    unwritten = unwritten_tasks(mine, exercise) if exercise else {}
    if unreadable := find_unreadable(mine, end):
        return judge(step, exercise, Report(collect_errors=unreadable), unwritten)
    folder = project.build("mine")
    write_overlay(overlay(mine, end), course.layer(step), folder)
    first = first_tests(exercise, unwritten)
    report = run_tests(folder, variables, first, rest=not unwritten, meanwhile=meanwhile)
    return judge(step, exercise, report, unwritten)


def first_tests(exercise: Exercise | None, unwritten: Collection[str]) -> list[str]:
    """List the tests of the tasks, in the order of the tasks, then those of all together.

    Of the tasks that are not written yet, only the first gets a test, to show what it expects:
    the others would take their time to tell what is known.
    """
    if exercise is None:
        return []
    tests: list[str] = []
    shown = False
    for task in exercise.tasks:
        if task.id not in unwritten:
            tests += task.tests
        elif not shown:
            tests += task.tests[:1]
            shown = True
    return tests if unwritten else [*tests, *exercise.together]


def judge(
    step: int, exercise: Exercise | None, report: Report, unwritten: Mapping[str, Unwritten]
) -> CheckResult:
    """Tell the tasks' tests from the others."""
    tasks = exercise.tasks if exercise else ()
    results = tuple(
        TaskResult(task, done=False, failed=task.tests, unwritten=unwritten[task.id])
        if task.id in unwritten
        else _judge_task(task, report)
        for task in tasks
    )
    declared = [test for task in tasks for test in task.tests]
    others = tuple(
        test for test in report.failures if not any(covers(one, test) for one in declared)
    )
    complete = report.finished and report.whole
    return CheckResult(step, exercise, results, others, report, complete)


def _judge_task(task: Task, report: Report) -> TaskResult:
    found = select(task.tests, report.collected)
    missing = [one for one in task.tests if not any(covers(one, test) for test in report.collected)]
    failed = (*(test for test in found if report.outcomes.get(test) is None), *missing)
    wrong = tuple(test for test in found if report.outcomes.get(test) == "failed")
    return TaskResult(task, not failed and not wrong, (*wrong, *failed))
