"""The cold path: start servers, replace what has crashed, clear what a killed tool left behind."""

from __future__ import annotations

import errno
import os
import secrets
import subprocess
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services.engines import Engine
from workshop.services.errors import NoAnswerError
from workshop.services.ports import free_port
from workshop.services.place import Place, lock_path
from workshop.services.processes import end, running_in, started
from workshop.services.record import Record, read_record, write_record

LOCK_PATIENCE = 120.0
START_PATIENCE = 60.0
ATTEMPTS = 5
LOG_TAIL = 15
PORT_TAKEN = ("Address already in use", "Address in use", "could not bind")


@contextmanager
def exclusive(project: Project) -> Iterator[None]:
    """Let one command at a time change the services of a checkout.

    Raises:
        WorkshopError: another command has held on to them for two minutes.

    """
    path = lock_path(project)
    try:
        with FileLock(path, timeout=LOCK_PATIENCE):
            yield
    except Timeout as error:
        raise WorkshopError("services-busy", path=str(path)) from error


def start_all(project: Project, engines: Iterable[Engine]) -> dict[str, Record]:
    """Start what does not answer, all at once; return the records by name."""
    with exclusive(project), ThreadPoolExecutor() as pool:
        wanted = [(engine, Place(project, engine.name)) for engine in engines]
        futures = {engine.name: pool.submit(_ensure, engine, place) for engine, place in wanted}
    return {name: future.result() for name, future in futures.items()}


def stop_all(project: Project, engines: Iterable[Engine]) -> None:
    """Stop the servers of this checkout, recorded or not."""
    with exclusive(project), ThreadPoolExecutor() as pool:
        wanted = [(engine, Place(project, engine.name)) for engine in engines]
        list(pool.map(lambda pair: _stop(*pair), wanted))


def _stop(engine: Engine, place: Place) -> None:
    end(running_in(place.data, engine.programs), engine.gentle)
    record = read_record(place)
    if record and record.describes(place):
        write_record(place, replace(record, pid=0, started=0.0))


def _ensure(engine: Engine, place: Place) -> Record:
    """Start a server, unless another command has just done so."""
    with readable_failures(place):
        record = read_record(place)
        if record and record.describes(place):
            try:
                engine.check(record)
            except NoAnswerError:
                pass
            else:
                return record
        return _start(engine, place, record)


def _start(engine: Engine, place: Place, known: Record | None) -> Record:
    end(running_in(place.data, engine.programs), engine.gentle)
    place.directory.mkdir(parents=True, exist_ok=True)
    port = known.port if known else 0
    for _ in range(ATTEMPTS):
        port = free_port(port)
        record = Record(
            root=str(place.project.root),
            identity=place.identity(),
            password=known.password if known else secrets.token_hex(24),
            port=port,
        )
        write_record(place, record)
        engine.prepare(place, record)
        already = place.log.stat().st_size if place.log.exists() else 0
        process = engine.launch(place, record)
        record = replace(record, pid=process.pid, started=started(process.pid))
        write_record(place, record)
        if _becomes_ready(engine, record, process):
            return record
        said = _tail(place.log, already)
        if not any(sign in said for sign in PORT_TAKEN):
            break
        port = 0
    raise WorkshopError(
        "services-not-started",
        service=engine.title,
        log=place.project.relative(place.log),
        said=said,
    )


def _becomes_ready(engine: Engine, record: Record, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the server answers, or has ended; by force if it does neither in a minute."""
    deadline = time.monotonic() + START_PATIENCE
    pause = 0.002
    while process.poll() is None:
        try:
            engine.settle(record)
            engine.check(record)
        except NoAnswerError:
            if time.monotonic() > deadline:
                process.kill()
                return False
            time.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        else:
            return True
    return False


def _tail(log: Path, already: int) -> str:
    with log.open("rb") as file:
        file.seek(min(already, max(log.stat().st_size - 10_000, 0)) if already else 0)
        lines = file.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-LOG_TAIL:])


@contextmanager
def readable_failures(place: Place) -> Iterator[None]:
    """Turn what the file system refuses into a message.

    Raises:
        WorkshopError: no space, no rights, or something else lies where a directory should be.

    """
    try:
        yield
    except OSError as error:
        path = str(error.filename or place.directory)
        message = "services-disk-full" if error.errno == errno.ENOSPC else "services-unwritable"
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise WorkshopError(message, exit_code=3, path=path, reason=reason) from error
