"""The processes of the app from their start to the last one's end."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future

from workshop.runner.farewell import say_who_died
from workshop.runner.greeting import greet
from workshop.runner.interrupts import StopAskedError, in_background
from workshop.runner.ports import Port
from workshop.runner.process import GuardedProcess, event_queue
from workshop.runner.procfile import ProcessLine, read_procfile
from workshop.runner.readiness import Link, links_when_alive
from workshop.runner.run import PROCFILE, WEB, Run, Workplace
from workshop.runner.settings import API, API_DEFAULT, with_address, with_pages
from workshop.runner.supervisor import ProcessDiedError, Supervisor


def supervise(run: Run, port: Port, place: Workplace) -> int:
    """Run every line of the Procfile until there is a reason to stop; return the exit code.

    Raises:
        WorkshopError: the Procfile cannot be used.

    """
    environment = with_address(place.environment, port.host, port.number)
    environment = with_pages(environment, port.url)
    lines = read_procfile(place.folder / PROCFILE, environment)
    events = event_queue()
    processes = [
        GuardedProcess(
            line.name,
            line.command,
            place.folder,
            {**environment, **line.environment},
            place.logs / f"{line.name}.log",
            events,
        )
        for line in lines
    ]
    supervisor = Supervisor(processes, events, run.output, run.interrupts, place.blanks)
    port.hand_over()
    try:
        supervisor.start()
        supervisor.watch(
            _ready(lines, port, environment), lambda links: greet(run, port, place, links)
        )
    except StopAskedError as asked:
        return asked.cause.value
    except ProcessDiedError as died:
        say_who_died(run, died)
        return 1
    finally:
        supervisor.stop()


def _ready(
    lines: tuple[ProcessLine, ...], port: Port, environment: Mapping[str, str]
) -> Future[tuple[Link, ...] | None]:
    """Be done when the app answers; at once, with None, when no line serves HTTP."""
    serves = any(line.name == WEB for line in lines)
    api = environment.get(API) or API_DEFAULT
    return in_background(lambda: links_when_alive(port, api) if serves else None)
