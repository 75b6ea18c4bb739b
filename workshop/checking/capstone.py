"""The check of the capstone: stage after stage, up to the first test that fails."""

from __future__ import annotations

from dataclasses import replace

from workshop.checking.check import CheckResult, judge
from workshop.checking.overlay import overlay, readable, write_overlay
from workshop.checking.reading import find_unreadable
from workshop.checking.report import Report
from workshop.checking.running import run_tests
from workshop.exercises.capstone import Capstone
from workshop.services import environment
from workshop.workspace import Workspace
from workshop.workspace.course import Course
from workshop.workspace.files import read_files


def check_capstone(workspace: Workspace, course: Course, capstone: Capstone) -> CheckResult:
    """Run the tests of the stages on the learner's code, until one fails.

    Raises:
        WorkshopError: a service cannot be started.

    """
    last = len(course.layers)
    variables = environment(workspace.project, course.services(last))
    mine = readable(workspace, read_files(workspace, course.paths))
    files = {**course.end(last), **capstone.tests}
    if unreadable := find_unreadable(mine, files):
        return judge(last, capstone.exercise, Report(collect_errors=unreadable), {})
    folder = workspace.project.build("mine")
    write_overlay(overlay(mine, files), course.layer(last), folder)
    tests = [test for stage in capstone.exercise.tasks for test in stage.tests]
    report = run_tests(folder, variables, tests, rest=False, stop_at_failure=True)
    # Here the tests of the stages are all that is asked for.
    return replace(judge(last, capstone.exercise, report, {}), complete=report.finished)
