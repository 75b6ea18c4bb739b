"""One start of pytest on a tree, with a limit on the time of each test."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from workshop.checking.ahead import Process, modules_of, report_folder, run_pytest
from workshop.checking.report import Report, count_tests, read_report
from workshop.errors import WorkshopError

LIMIT, LIMIT_SETTING = 20.0, "WORKSHOP_TEST_SECONDS"
"""Seconds that one test, or the import of the app, may take; the slowest of ours takes four. In the
variable a slow machine gives them longer."""

PLUGINS = ("pytest_asyncio.plugin",)
"""What the app's tests need. Whatever else is installed brings plugins too, and loading those takes
longer than most of the tests: that of Hypothesis, which only adds options, 0.3 s."""

PLUGIN_NAME = "workshop_reporter"
POLL, TELL = 0.02, 0.25
"""Seconds between two looks at the process, and between two at how far it is."""

Meanwhile = Callable[[int, int], bool]
"""Called again and again while tests run: how many have ended, of how many that are known. Once it
says so, the run is stopped."""


def go_on(_ended: int, _known: int) -> bool:
    """Let the tests run to their end."""
    return False


def run_tests(  # noqa: PLR0913 - all but two have a default
    folder: Path,
    environment: Mapping[str, str],
    first: Sequence[str] = (),
    *,
    rest: bool = True,
    stop_at_failure: bool = False,
    limit: float | None = None,
    meanwhile: Meanwhile = go_on,
) -> Report:
    """Run the tests of a tree.

    Args:
        folder: the tree, see `write_overlay`.
        environment: addresses of the services.
        first: node ids; with these, only the modules that hold them are imported at first.
        rest: whether all other tests follow, once the first have passed.
        stop_at_failure: whether the first test that fails is the last one that is run.
        limit: seconds for each test; by default those of the environment, or `LIMIT`.
        meanwhile: is told how far the run is, and may stop it.

    Returns:
        What came of it; `Report.finished` is false when it was stopped, hung or crashed.

    Raises:
        WorkshopError: the limit in the environment is no number of seconds.

    """
    limit = limit or limit_of_a_test()
    state = report_folder(folder)
    state.mkdir(parents=True, exist_ok=True)
    report = state / f"{os.getpid()}-{time.monotonic_ns()}.jsonl"
    report.with_suffix(".folder").write_text(str(folder.resolve()), encoding="utf-8")
    log = state / "pytest.log"
    started = time.monotonic()
    try:
        arguments = (*_arguments(first), *(("-x",) if stop_at_failure else ()))
        settings = _settings(report, first, rest=rest, limit=limit)
        _wait(run_pytest(folder, arguments, {**environment, **settings}, log), report, meanwhile)
        _remember_modules(report, state)
        found = read_report(report, limit)
    finally:
        for leftover in state.glob(f"{report.stem}.*"):
            leftover.unlink(missing_ok=True)
    found.seconds = time.monotonic() - started
    found.log = log
    return found


def limit_of_a_test() -> float:
    """Say how many seconds a test may take on this machine.

    Raises:
        WorkshopError: the environment has no number of seconds there.

    """
    asked = os.environ.get(LIMIT_SETTING, "").strip() or str(LIMIT)
    try:
        seconds = float(asked)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise WorkshopError("check-limit", exit_code=2, setting=LIMIT_SETTING, asked=asked)
    return seconds


def _arguments(first: Sequence[str]) -> list[str]:
    files = list(dict.fromkeys(test.partition("::")[0] for test in first))
    plugins = [name for name in PLUGINS if importlib.util.find_spec(name.partition(".")[0])]
    loaded = [part for name in ("no:cacheprovider", *plugins, PLUGIN_NAME) for part in ("-p", name)]
    return ["-q", "--no-header", "--tb=native", *loaded, *(files or ["tests"])]


def _settings(report: Path, first: Sequence[str], *, rest: bool, limit: float) -> dict[str, str]:
    return {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "WORKSHOP_REPORT": str(report.resolve()),
        "WORKSHOP_FIRST": json.dumps(list(first)),
        "WORKSHOP_REST": "1" if rest else "0",
        "WORKSHOP_LIMIT": str(limit),
    }


def _remember_modules(report: Path, state: Path) -> None:
    """Keep what this run has imported, for the process that is prepared for the next one."""
    with contextlib.suppress(OSError):  # a run that was cut off leaves none
        report.with_suffix(".modules").replace(modules_of(state))


def _wait(process: Process, report: Path, meanwhile: Meanwhile) -> None:
    """Wait for the end; whatever happens, nothing that the tests have started is left."""
    sofar, look_at = (0, 0), time.monotonic()
    try:
        while process.poll() is None:
            if time.monotonic() > look_at:
                sofar, look_at = count_tests(report), time.monotonic() + TELL
            if meanwhile(*sofar):
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(POLL)
    finally:
        _end_all(process)


def _end_all(process: Process) -> None:
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
