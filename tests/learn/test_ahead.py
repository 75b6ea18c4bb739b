"""The process that waits for the next run of the tests: it is quick, and it never stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped] # ships no types
import pytest

from workshop.checking import ahead
from workshop.checking.overlay import write_overlay
from workshop.checking.report import Report, count_tests
from workshop.checking.running import run_tests

from .course import FakeCourse, environment, write

SEEN = '''"""What is imported already when the tests begin."""

import sys

BEFORE = sorted({"hypothesis"} & sys.modules.keys())

import hypothesis


def test_modules() -> None:
    assert BEFORE == [], str(BEFORE)
'''


def run(course: FakeCourse, folder: Path) -> Report:
    """Run the tests of step 1, its end laid into a folder."""
    write_overlay(course.course.end(1), course.course.layer(1), folder)
    return run_tests(folder, {"ASKED": "now"}, ["tests"], rest=False)


def waiting(folder: Path) -> list[psutil.Process]:
    """Find the processes that wait for a run in this folder."""
    modules = str(ahead.modules_of(ahead.report_folder(folder)))
    return [
        one for one in psutil.process_iter(["cmdline"]) if modules in (one.info["cmdline"] or ())
    ]


def none_left(folder: Path) -> bool:
    """Tell whether all of them are gone, now or after a moment."""
    deadline = time.monotonic() + 20
    while (left := waiting(folder)) and time.monotonic() < deadline:
        psutil.wait_procs(left, timeout=0.1)
    return not left


def test_libraries_are_imported_before_it_is_known_what_runs(course: FakeCourse) -> None:
    """The second run finds what the first one has imported, and nothing is left of either."""
    folder = course.root / "build"
    write(course.root / "steps/01_sums/tests/test_seen.py", SEEN)
    ahead.prepare(folder)
    assert waiting(folder) == [], "nobody knows yet what to import"
    assert run(course, folder).failed == set()
    ahead.prepare(folder)
    assert len(waiting(folder)) == 1
    report = run(course, folder)
    assert report.failed == {"tests/test_seen.py::test_modules"}
    assert "hypothesis" in report.failures["tests/test_seen.py::test_modules"].message
    assert len(report.passed) == 5
    assert none_left(folder)
    ahead.forget(folder)
    ahead.prepare(folder)
    assert waiting(folder) == []


def test_settings_are_those_of_the_run(course: FakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not those that were in force when the process was started."""
    folder = course.root / "build"
    write(
        course.root / "steps/01_sums/tests/test_seen.py",
        "import os\n\n\ndef test_settings() -> None:\n"
        '    assert (os.environ["ASKED"], os.environ.get("LATE")) == ("now", "yes")\n'
        '    assert os.getcwd().endswith("build")\n',
    )
    run(course, folder)
    ahead.prepare(folder)
    monkeypatch.setenv("LATE", "yes")
    assert run(course, folder).failed == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_process_that_was_killed_is_replaced(course: FakeCourse) -> None:
    """A machine that is short of memory may take it while it waits."""
    folder = course.root / "build"
    run(course, folder)
    ahead.prepare(folder)
    (process,) = waiting(folder)
    process.send_signal(signal.SIGKILL)
    psutil.wait_procs([process], timeout=10)
    assert len(run(course, folder).passed) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_waits_for_a_tool_that_is_gone(course: FakeCourse, end: signal.Signals) -> None:
    """However `watch` ends."""
    course.run("start", "1")
    folder = course.project.build("mine")
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "workshop", "watch"],
        env=environment(course.root),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        while "waiting for the next save" not in process.stdout.readline().decode():
            assert process.poll() is None
        deadline = time.monotonic() + 10
        while not waiting(folder) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(waiting(folder)) == 1
        os.kill(process.pid, end)
        process.wait(20)
    assert none_left(folder)


def test_tests_that_have_ended_are_counted(tmp_path: Path) -> None:
    """From a report that is being written, its last line half."""
    report = tmp_path / "report.jsonl"
    assert count_tests(report) == (0, 0)
    write(
        report,
        '{"event": "collected", "tests": ["a", "b"], "phase": 1}\n{"event": "begin", "test": "a"}\n'
        '{"event": "end", "test": "a", "outcome": "passed", "failure": null}\n{"event": "e',
    )
    assert count_tests(report) == (1, 2)


def test_fixtures_of_a_folder_are_there_for_all_its_tests(course: FakeCourse) -> None:
    """For the first ones, and for the others in that folder, which are collected after them."""
    folder = course.root / "build"
    write_overlay(course.course.end(1), course.course.layer(1), folder)
    fixture = "import pytest\n\n\n@pytest.fixture\ndef one() -> int:\n    return 1\n"
    write(folder / "tests/deep/__init__.py", "")
    write(folder / "tests/deep/conftest.py", fixture)
    for name in ("first", "other"):
        test = f"def test_{name}(one: int) -> None:\n    assert one == 1\n"
        write(folder / f"tests/deep/test_{name}.py", test)
    report = run_tests(folder, {}, ["tests/deep/test_first.py::test_first"], rest=True)
    assert report.outcomes.get("tests/deep/test_other.py::test_other") == "passed", report
