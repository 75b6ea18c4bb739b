"""Who listens on a port."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped] # ships no types

from workshop.runner.shortening import shorten


@dataclass(frozen=True)
class Holder:
    """A process that listens."""

    pid: int
    command: str


def find_holder(port: int) -> Holder | None:
    """Find the process that listens on a TCP port; None where the system does not let us see it."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections(kind="tcp"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and connection.laddr.port == port and connection.pid:
                return Holder(connection.pid, _command(psutil.Process(connection.pid)))
    return None


def _command(process: psutil.Process) -> str:
    """Show the command line, shortened: every Python program is named ``python``."""
    try:
        words = process.cmdline()
    except psutil.Error:
        words = []
    return shorten(" ".join(words) or process.name())
