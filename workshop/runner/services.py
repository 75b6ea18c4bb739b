"""The services of a run: what it started it stops, unless another run still needs it."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import filelock

from workshop.project import Project
from workshop.services import environment, inbox_page
from workshop.services.engines import ENGINES
from workshop.services.place import Place
from workshop.services.record import Record, read_record
from workshop.services.stopping import stop_all

Server = tuple[int, float]
"""Process id and start time: together they name one process for ever."""


@dataclass(frozen=True)
class Given:
    """What the services gave."""

    settings: dict[str, str]
    embedded: tuple[str, ...]
    """The services that are ours; the others have an address from the user."""
    inbox: str = ""
    """The page that shows what the app sends, if the mailbox is ours."""


@dataclass(frozen=True)
class Farewell:
    """What became of the embedded services at the end of a run, by the names people use."""

    stopped: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    shared: bool = False
    """Whether they are left because another run uses them."""


class RunServices:
    """Embedded services that several runs of a checkout may share.

    Every run holds a lock for as long as it lives; the kernel lets go of it even after SIGKILL.
    Servers that runs have started are noted in a file, and the last run stops them: so also those
    that a killed run has left. A server that was started otherwise is not in the file.
    """

    def __init__(self, project: Project, needs: tuple[str, ...]) -> None:
        """Prepare for the services in ``needs``; nothing is started yet."""
        self._project = project
        self._needs = needs
        self._folder = project.state / "run"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._life = self._lock(f"alive-{os.getpid()}.lock")

    def begin(self) -> Given:
        """Make sure that the services answer, and return their addresses as settings.

        Raises:
            WorkshopError: one does not and cannot be started.

        """
        with self._register():
            self._life.acquire()
            before = self._servers()
            try:
                settings = environment(self._project, self._needs)
                embedded = self._embedded(settings)
                inbox = inbox_page(self._project) if "smtp" in embedded else ""
                return Given(settings, embedded, inbox)
            finally:
                now = self._servers()
                fresh = {name: now[name] for name in now if now[name] != before.get(name)}
                self._write_started(self._read_started() | fresh)

    def end(self) -> Farewell:
        """Stop what runs have started, if this is the last of them."""
        if not self._life.is_locked:
            return Farewell()
        with self._register():
            self._life.release()
            started = self._read_started()
            shared = self._others_live()
            if started and not shared:
                stop_all(self._project, [ENGINES[name] for name in started], wipe=False)
                self._write_started({})
        stopped = () if shared else tuple(started)
        left = tuple(name for name in self._servers() if name in self._needs)
        return Farewell(_titles(stopped), _titles(left), shared)

    def _records(self) -> dict[str, Record]:
        found = {name: read_record(Place(self._project, name)) for name in ENGINES}
        return {name: record for name, record in found.items() if record and record.pid}

    def _servers(self) -> dict[str, Server]:
        return {name: (record.pid, record.started) for name, record in self._records().items()}

    def _embedded(self, settings: dict[str, str]) -> tuple[str, ...]:
        records = self._records()
        given = " ".join(settings.values())  # no two servers have the same password
        return tuple(
            name for name in self._needs if name in records and records[name].password in given
        )

    def _read_started(self) -> dict[str, Server]:
        try:
            noted = json.loads(self._started.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        now = self._servers()
        return {name: now[name] for name in now if list(now[name]) == noted.get(name)}

    def _write_started(self, servers: dict[str, Server]) -> None:
        draft = self._started.with_suffix(".new")
        draft.write_text(json.dumps(servers), encoding="utf-8")
        draft.replace(self._started)

    @property
    def _started(self) -> Path:
        return self._folder / "started.json"

    @contextlib.contextmanager
    def _register(self) -> Iterator[None]:
        with self._lock("services.lock"):
            yield

    def _lock(self, name: str) -> filelock.BaseFileLock:
        # Taken in one thread, released in another.
        return filelock.FileLock(self._folder / name, thread_local=False)

    def _others_live(self) -> bool:
        living = False
        for path in self._folder.glob("alive-*.lock"):
            try:
                with filelock.FileLock(path, timeout=0):
                    pass
            except filelock.Timeout:
                living = True
            else:
                path.unlink(missing_ok=True)
        return living


def _titles(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(ENGINES[name].title for name in names)
