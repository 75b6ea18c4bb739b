"""PostgreSQL and Redis of a run's own, which can be killed and come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from workshop.project import Project
from workshop.services import environment, stop
from workshop.services.place import Place
from workshop.services.postgres import DATABASE, SUPERUSER
from workshop.services.record import read_record

NEEDS = ("postgres", "redis")
GIVEN = ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "SMTP_HOST", "SMTP_PORT")
"""Addresses of other servers, which a run must not touch."""
MAIL = "app/core/services/mail"
"""An app that has this folder sends letters, and needs somebody who takes them."""


class Servers:
    """All in one directory; they keep what they have written."""

    def __init__(self, directory: Path, app: Path) -> None:
        self._project = Project(directory)
        self._needs = (*NEEDS, "smtp") if (app / MAIL).is_dir() else NEEDS
        self._is_gentle = True

    def start(self) -> dict[str, str]:
        """Start what does not run; return the addresses."""
        hidden = {name: os.environ.pop(name, None) for name in GIVEN}
        try:
            return environment(self._project, self._needs)
        finally:
            os.environ.update({name: value for name, value in hidden.items() if value})

    @property
    def owner_url(self) -> str:
        """Where PostgreSQL is, for its owner, who may change its settings."""
        record = read_record(Place(self._project, "postgres"))
        assert record is not None
        return f"postgresql://{SUPERUSER}:{record.password}@127.0.0.1:{record.port}/{DATABASE}"

    def data_of(self, name: str) -> Path:
        """Return the directory that a server writes to."""
        return Place(self._project, name).data

    def kill(self, name: str) -> None:
        """End one at once; PostgreSQL in turns by SIGQUIT, its immediate shutdown, and SIGKILL."""
        record = read_record(Place(self._project, name))
        if record is None or not record.pid:
            return
        self._is_gentle = not self._is_gentle
        hard = name == "redis" or self._is_gentle
        with suppress(ProcessLookupError):
            os.kill(record.pid, signal.SIGKILL if hard else signal.SIGQUIT)
        self._wait_for_end(record.pid)

    def stop(self) -> None:
        """Stop all."""
        stop(self._project)

    def _wait_for_end(self, pid: int) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)  # a child of ours would stay as a zombie
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)


def prepare(app: Path, settings: Mapping[str, str]) -> None:
    """Make the tables and the first administrator."""
    for command in (("-m", "alembic", "upgrade", "head"), ("-m", "app.init_data")):
        subprocess.run(
            [sys.executable, *command],
            cwd=app,
            env={**os.environ, **settings},
            check=True,
            capture_output=True,
        )
