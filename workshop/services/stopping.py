"""Stop the servers of a checkout."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from workshop.project import Project
from workshop.services.engines import Engine
from workshop.services.failures import readable_failures
from workshop.services.lock import exclusive
from workshop.services.place import Place
from workshop.services.processes import end, servers_of
from workshop.services.record import read_record, write_record


def stop_all(project: Project, engines: Iterable[Engine], *, wipe: bool) -> None:
    """Stop the servers that work in this checkout's directories, recorded or not.

    Raises:
        WorkshopError: the data cannot be deleted.

    """
    with exclusive(project), ThreadPoolExecutor() as pool:
        for future in [pool.submit(_stop, project, engine, wipe) for engine in engines]:
            future.result()


def _stop(project: Project, engine: Engine, wipe: bool) -> None:  # noqa: FBT001 - private, passed on
    place = Place(project, engine.name)
    with readable_failures(place):
        record = read_record(place)
        end(servers_of(place, engine.programs, record), engine.gentle)
        if wipe and place.directory.exists():
            shutil.rmtree(place.directory)
            return
        if record and record.describes(place):
            write_record(place, replace(record, pid=0, started=0.0))
