"""Everything before the processes start."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import filelock

from workshop.layers import write_tree
from workshop.project import Project
from workshop.runner.interrupts import in_background
from workshop.runner.run import Run, Workplace
from workshop.runner.services import Given
from workshop.runner.settings import app_environment
from workshop.runner.tasks import PHASES, run_phase
from workshop.services.engines import ENGINES


def prepare(run: Run, services: Future[Given], logs: Path) -> Workplace:
    """Write the app while its services start, then bring its database up to date.

    Raises:
        WorkshopError: a service, the tree or one of the app's commands failed.
        StopAskedError: there was a reason to stop.

    """
    written = in_background(lambda: write_tree(run.composition, run.target.build))
    names = ", ".join(ENGINES[name].title for name in run.target.services)
    with run.output.stage("run-services", names=names):
        given = run.interrupts.wait_for(services)
    with run.output.stage("run-compose", path=run.project.relative(run.target.build)):
        run.interrupts.wait_for(written)
    environment = app_environment(run.project, run.asked, given.settings)
    place = Workplace(
        folder=run.target.build,
        environment=environment,
        logs=logs,
        embedded=given.embedded,
        inbox=given.inbox,
        blanks=run.target.blanks,
    )
    for phase in PHASES:
        run_phase(phase, place, run.output, run.interrupts)
    return place


@contextmanager
def log_folder(project: Project, locks: Path) -> Iterator[Path]:
    """Give the folder for the processes' output; a second run at the same time gets its own."""
    number = 1
    while True:
        name = "run" if number == 1 else f"run-{number}"
        lock = filelock.FileLock(locks / f"logs-{name}.lock", timeout=0)
        try:
            with lock:
                yield project.state / "logs" / name
                return
        except filelock.Timeout:
            number += 1
