"""Running jobs side by side, with their output kept and shown where it matters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from workshop.checks.jobs import Command, Job
from workshop.errors import WorkshopError
from workshop.project import find_project
from workshop.services import environment

Progress = Callable[["Outcome"], None]


@dataclass(frozen=True)
class Outcome:
    """What came of a job."""

    job: Job
    seconds: float
    failed_command: Command | None
    log: Path
    processor_seconds: float = 0.0
    """What its programs have used, and theirs, as far as they were waited for; 0 on Windows."""
    tests: int = 0
    failures: int = 0
    skipped: int = 0
    failed_beside: Path | None = None
    """What a first run printed that failed beside others; this run was alone."""

    @property
    def passed(self) -> bool:
        """Whether every command of the job returned 0."""
        return self.failed_command is None


def locate(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """Find a program beside this interpreter first, then on PATH.

    Raises:
        WorkshopError: it is in neither place.

    """
    name, *rest = arguments
    if Path(name).is_absolute():
        return arguments
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        raise WorkshopError("check-program-missing", exit_code=3, program=name)
    return (found, *rest)


def addresses_of(jobs: Iterable[Job]) -> dict[str, str]:
    """Start what the jobs need, and return the variables that say where it is."""
    needs = dict.fromkeys(service for job in jobs for service in job.services)
    return environment(find_project(), needs) if needs else {}


def environment_of(job: Job, addresses: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a job's commands: addresses of services only where it needs them.

    ``WORKSHOP_ROOT`` names this checkout, so that a job means it from any folder.
    """
    given = addresses if job.services else {}
    return {**compiling(os.environ), **given, "WORKSHOP_ROOT": str(find_project().root)}


def compiling(variables: Mapping[str, str]) -> dict[str, str]:
    """Let Python keep what it compiles, even where the machine's settings forbid it.

    Many images of Docker do, to stay small. Here dozens of processes import the same app: each
    would spend a second of compiling, and the folders are the tool's own.
    """
    return {name: value for name, value in variables.items() if name != "PYTHONDONTWRITEBYTECODE"}


def count_tests(report: Path) -> tuple[int, int, int]:
    """Read tests, failures (errors included) and skips from pytest's JUnit report."""
    if not report.exists():
        return 0, 0, 0
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - pytest wrote it just now
    rows = [{key: int(float(value)) for key, value in _numbers(suite)} for suite in suites]
    total = sum(row["tests"] for row in rows)
    failures = sum(row["failures"] + row["errors"] for row in rows)
    return total, failures, sum(row["skipped"] for row in rows)


def _numbers(suite: ET.Element) -> Iterator[tuple[str, str]]:
    for key in ("tests", "failures", "errors", "skipped"):
        yield key, suite.get(key, "0")


def run_job(job: Job, addresses: Mapping[str, str], logs: Path) -> Outcome:
    """Run a job's commands until one fails; their output goes to ``logs/<job>.log``."""
    log = logs / f"{job.name}.log"
    report = logs / f"{job.name}.xml"
    report.unlink(missing_ok=True)
    variables = environment_of(job, addresses)
    failed, used = None, 0.0
    started = time.monotonic()
    with log.open("wb") as output:
        for command in job.commands:
            reporting = (f"--junitxml={report}",) if command.counts_tests else ()
            arguments = [*locate(command.arguments), *reporting]
            code, seconds = _run(arguments, command.folder, variables, output)
            used += seconds
            if code:
                failed = command
                break
    took = time.monotonic() - started
    return Outcome(job, took, failed, log, used, *count_tests(report))


def _run(
    arguments: Sequence[str], folder: Path, variables: Mapping[str, str], output: IO[bytes]
) -> tuple[int, float]:
    """Run a program to its end; return its exit code and the processor's seconds."""
    process = subprocess.Popen(
        arguments,
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    if not hasattr(os, "wait4"):
        return process.wait(), 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_utime + usage.ru_stime


def run_jobs(
    jobs: Sequence[Job], addresses: Mapping[str, str], logs: Path, progress: Progress
) -> list[Outcome]:
    """Run the jobs side by side, as many as there are processors: more would starve each other.

    Tests with processes and clocks can fail because the machine is busy. Those of a job that failed
    beside others run once more, alone; that it took a second run stays in the outcome.

    Args:
        jobs: in the order in which they begin.
        addresses: of the services, for the jobs that need them.
        logs: the folder for what they print.
        progress: hears of each end, and of that of a second run.

    Returns:
        The outcomes in the order of ``jobs``.

    """
    logs.mkdir(parents=True, exist_ok=True)
    outcomes: dict[str, Outcome] = {}
    with ThreadPoolExecutor(max(2, os.cpu_count() or 1)) as pool:
        running = [pool.submit(run_job, job, addresses, logs) for job in jobs]
        for future in as_completed(running):
            outcome = future.result()
            outcomes[outcome.job.name] = outcome
            progress(outcome)
    for job in jobs if len(jobs) > 1 else ():
        if job.has_tests and not outcomes[job.name].passed:
            outcomes[job.name] = run_alone(outcomes[job.name], addresses, logs)
            progress(outcomes[job.name])
    return [outcomes[job.name] for job in jobs]


def run_alone(first: Outcome, addresses: Mapping[str, str], logs: Path) -> Outcome:
    """Run a job again after it failed beside others; what it printed then is kept."""
    beside = first.log.replace(first.log.with_suffix(".beside.log"))
    second = run_job(first.job, addresses, logs)
    return replace(second, seconds=first.seconds + second.seconds, failed_beside=beside)
