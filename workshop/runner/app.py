"""From a target to a running app, and back to nothing."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.layers import compose
from workshop.project import Project
from workshop.runner.farewell import announce_stop, say_farewell
from workshop.runner.greeting import announce, say_what_was_made
from workshop.runner.interrupts import Interrupts, StopAskedError, in_background
from workshop.runner.isolation import own_addresses
from workshop.runner.output import Output, prepare_output
from workshop.runner.ports import Port, parse_port, take_port
from workshop.runner.preparation import log_folder, prepare
from workshop.runner.run import PROCFILE, Run
from workshop.runner.services import Given, RunServices
from workshop.runner.settings import asked_settings
from workshop.runner.supervision import supervise
from workshop.runner.target import find_target

SERVICES_PATIENCE = 60.0
"""Seconds to wait at the end for services that are still starting."""


def run_app(project: Project, asked_target: str, *, host: str, asked_port: str | None) -> int:
    """Run an app until there is a reason to stop; return the exit code.

    0: there was nothing to keep running (step 1). 1: a process ended by itself, or our parent is
    gone. 130, 143, 129: Ctrl-C, SIGTERM, SIGHUP. Whatever happens, no process is left, and the
    services are as they were before.

    Raises:
        WorkshopError: it could not be started; the message says why and what mends it.

    """
    prepare_output()
    number = None if asked_port is None else parse_port(asked_port)
    target = find_target(project, asked_target)
    composition = compose(target.layers)
    make_state(project.state / "run")
    with Interrupts() as interrupts:
        output = Output(interrupts)
        interrupts.announce = lambda cause: announce_stop(output, cause)
        run = Run(
            project=project,
            target=target,
            composition=composition,
            asked=asked_settings(project),
            output=output,
            interrupts=interrupts,
        )
        port = take_port(host, number, run.locks) if PROCFILE in composition else None
        try:
            announce(run, port, moved=number is None)
            return _with_services(run, port)
        finally:
            if port is not None:
                port.release()


def _with_services(run: Run, port: Port | None) -> int:
    """Prepare and run; on every way out the services are given back."""
    services = RunServices(run.project, run.target.services)
    given = in_background(lambda: own_addresses(run.target, services.begin(), run.locks))
    try:
        return _prepared(run, port, given)
    except StopAskedError as asked:
        return asked.cause.value
    finally:
        run.interrupts.linger(given, SERVICES_PATIENCE)
        say_farewell(run.output, services.end())


def _prepared(run: Run, port: Port | None, given: Future[Given]) -> int:
    with log_folder(run.project, run.locks) as logs:
        place = prepare(run, given, logs)
        if port is None:
            say_what_was_made(run, place)
            return 0
        return supervise(run, port, place)


def make_state(folder: Path) -> None:
    """Make the folder where runs keep their locks.

    Raises:
        WorkshopError: it cannot be made; then neither logs nor builds can be written.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "writable").touch()
    except OSError as error:
        where = {"path": str(error.filename or folder), "reason": error.strerror or str(error)}
        raise WorkshopError("run-state", exit_code=3, **where) from error
