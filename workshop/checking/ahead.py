"""Processes that are to run pytest, started before it is known what they run.

Most of a check is the import of libraries, which no learner changes. A process that is started
early does that while the tool reads the steps or, between two checks of `watch`, while the learner
writes.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

UNWANTED = ("PYTEST_", "PYTHONDONTWRITEBYTECODE")
"""How the machine's settings begin that change what tests do, or make each check compile anew."""

BUILD_MACHINE = frozenset({"CI", "BUILD_NUMBER"})
"""By these pytest knows a build machine, and words its failures at greater length there."""

PLUGIN = Path(__file__).parent / "plugin"
RUNNER = PLUGIN / "workshop_runner.py"

Process = subprocess.Popen[bytes]

_waiting: dict[Path, Process] = {}
"""By the folder of their reports."""


def report_folder(folder: Path) -> Path:
    """Say where the reports about a tree go, and its log, and the list of imported modules."""
    return folder.parent / f"{folder.name}.report"


def prepare(folder: Path) -> None:
    """Start a process for the next run in a tree; the run before it has told what to import."""
    reports = report_folder(folder)
    if modules_of(reports).is_file() and reports not in _waiting:
        _waiting[reports] = _start(reports)


def forget(folder: Path) -> None:
    """Forget what the last run has imported, because the next one will be about another step.

    What was imported early cannot be told from what is needed, so the list would never get shorter.
    """
    modules_of(report_folder(folder)).unlink(missing_ok=True)


def run_pytest(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Process:
    """Run pytest in a tree: in the process that waits for it, or in a new one."""
    reports = report_folder(folder)
    process = _waiting.pop(reports, None)
    if process is not None and process.poll() is not None:
        _end(process)
        process = None
    process = process or _start(reports)
    order = {
        "arguments": list(arguments),
        "folder": str(folder.resolve()),
        "environment": {**inherited(), **environment},
        "log": str(log.resolve()),
    }
    assert process.stdin is not None  # noqa: S101 - Popen was asked for a pipe
    with contextlib.suppress(OSError), process.stdin as told:  # one that has ended tells by that
        told.write(json.dumps(order).encode() + b"\n")
    return process


def modules_of(reports: Path) -> Path:
    """Name the file in which a run leaves the modules that it has imported."""
    return reports / "modules.txt"


def inherited() -> dict[str, str]:
    """Take the machine's environment without what would change the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(UNWANTED) and name not in BUILD_MACHINE
    }
    path = os.pathsep.join(filter(None, (str(PLUGIN), os.environ.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path}


def _start(reports: Path) -> Process:
    return subprocess.Popen(
        [sys.executable, str(RUNNER), str(modules_of(reports))],
        env=inherited(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=os.name != "nt",
    )


def _end(process: Process) -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.kill()
    process.wait()


@atexit.register
def _end_the_waiting() -> None:
    for process in _waiting.values():
        _end(process)
