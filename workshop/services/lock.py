"""One command at a time changes the services of a checkout."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services.place import lock_path

PATIENCE = 120.0


@contextmanager
def exclusive(project: Project) -> Iterator[None]:
    """Hold the lock of a checkout's services.

    Raises:
        WorkshopError: another command has held on to it for two minutes.

    """
    path = lock_path(project)
    try:
        with FileLock(path, timeout=PATIENCE):
            yield
    except Timeout as error:
        raise WorkshopError("services-busy", path=str(path)) from error
