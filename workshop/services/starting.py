"""The cold path: start servers, replace what has crashed, clear what a killed tool left behind."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services.engines import Engine
from workshop.services.errors import NoAnswerError, NotReadyError
from workshop.services.failures import readable_failures
from workshop.services.lock import exclusive
from workshop.services.place import Place
from workshop.services.ports import free_port
from workshop.services.processes import end, lives, servers_of, started
from workshop.services.record import Record, read_record, write_record

PATIENCE = 60.0
SILENCE = 3.0
ATTEMPTS = 5
LOG_TAIL = 15
LOG_TAIL_BYTES = 10_000

# Another program took the port between our look and the start; a killed server's workers need a
# moment to notice that they are orphans.
WORTH_ANOTHER_TRY = ("Address already in use", "could not bind", "shared memory block")


def start_all(project: Project, engines: Iterable[Engine]) -> dict[str, Record]:
    """Start what does not answer, all at once; return the records by name.

    Raises:
        WorkshopError: a server cannot be started; the others are left running.

    """
    with exclusive(project), ThreadPoolExecutor() as pool:
        futures = {
            engine.name: pool.submit(_ensure, engine, Place(project, engine.name))
            for engine in engines
        }
        return {name: future.result() for name, future in futures.items()}


def _ensure(engine: Engine, place: Place) -> Record:
    """Start a server, unless another command has just done so."""
    with readable_failures(place):
        record = read_record(place)
        if record and record.pid and record.describes(place) and _answers(engine, record):
            return record
        return _start(engine, place, record)


def _answers(engine: Engine, record: Record) -> bool:
    """Tell whether the server answers; one that recovers by itself is waited for.

    While PostgreSQL ends the companions of a worker that crashed, it also drops new connections: a
    process that lives is asked again for a moment, before it counts as silent.
    """
    started_asking = time.monotonic()
    while time.monotonic() < started_asking + PATIENCE:
        try:
            engine.check(record)
        except NotReadyError:
            pass
        except NoAnswerError:
            if not lives(record) or time.monotonic() > started_asking + SILENCE:
                return False
        else:
            return True
        time.sleep(0.02)
    return False


def _start(engine: Engine, place: Place, known: Record | None) -> Record:
    end(servers_of(place, engine.programs, known), engine.gentle)
    place.directory.mkdir(parents=True, exist_ok=True)
    engine.inherit(place, known)
    record = Record(
        root=str(place.project.root),
        identity=place.identity(),
        password=known.password if known else secrets.token_hex(24),
        port=known.port if known else 0,
        page=known.page if known else 0,
    )
    said = ""
    for attempt in range(ATTEMPTS):
        record = _try_to_start(engine, place, record)
        if record.pid:
            return record
        said = _tail(place.log)
        if not any(sign in said for sign in WORTH_ANOTHER_TRY):
            break
        record = replace(record, port=0, page=0)
        time.sleep(0.1 * attempt)
    raise WorkshopError(
        "services-not-started",
        service=engine.title,
        log=place.project.relative(place.log),
        said=said,
    )


def _try_to_start(engine: Engine, place: Place, record: Record) -> Record:
    """Start once; the record that comes back has no pid when the server did not come up."""
    page = free_port(record.page) if engine.has_page else 0
    stopped = replace(record, port=free_port(record.port), page=page, pid=0, started=0.0)
    write_record(place, stopped)
    engine.prepare(place, stopped)
    pid = engine.launch(place, stopped)
    running = replace(stopped, pid=pid, started=started(pid))
    write_record(place, running)
    if _becomes_ready(engine, running):
        return running
    end(servers_of(place, engine.programs, running), engine.gentle)
    write_record(place, stopped)
    return stopped


def _becomes_ready(engine: Engine, record: Record) -> bool:
    """Wait until the server answers; no longer than it lives, or a minute."""
    deadline = time.monotonic() + PATIENCE
    pause = 0.002
    while lives(record) and time.monotonic() < deadline:
        try:
            engine.settle(record)
            engine.check(record)
        except NoAnswerError:
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        else:
            return True
    return False


def _tail(log: Path) -> str:
    with log.open("rb") as file:
        file.seek(max(log.stat().st_size - LOG_TAIL_BYTES, 0))
        lines = file.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-LOG_TAIL:])
