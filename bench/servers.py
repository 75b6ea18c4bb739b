"""One uvicorn process for each server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # it ships no types

OPTIONS = ("--loop", "uvloop", "--http", "httptools")
QUIET = ("--no-access-log", "--log-level", "warning")
WRITES_LINES = ("raw", "orm")
"""With uvicorn's line for each request, as is the default: the finished app has one of its own. Of
the route that does nothing it writes none, so `bare` writes none either."""
PATIENCE = 60.0
"""Seconds in which a server has to start."""
IDLE, LOOKS = 5.0, 60
"""Percent of a processor below which a server has nothing to do, and how often to look."""
NAMES = ("bare", "raw", "orm", "final")


class StartError(Exception):
    """A server did not start."""


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    start_seconds: float
    """From the start of the process to the first answer."""

    def memory(self) -> float:
        """Return its unique set size, in MiB, once it has ended what was asked of it.

        A client that has gone leaves passwords to hash behind, of 64 MiB each.
        """
        process = psutil.Process(self.process.pid)
        for _ in range(LOOKS):
            if process.cpu_percent(interval=0.5) < IDLE:
                break
        return float(process.memory_full_info().uss) / 2**20


@contextmanager
def started(folder: Path, settings: Mapping[str, str], log: Path) -> Iterator[dict[str, Server]]:
    """Start all, one after another so that the time of each start is its own.

    Args:
        folder: the composed app.
        settings: environment variables.
        log: what they say goes there.

    Raises:
        StartError: one did not.

    """
    with ExitStack() as stack, log.open("wb") as output:
        servers = {}
        for name in NAMES:
            server = _start(name, folder, settings, output.fileno())
            stack.callback(_stop, server.process)
            servers[name] = server
        yield servers


def _start(name: str, folder: Path, settings: Mapping[str, str], output: int) -> Server:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = OPTIONS if name in WRITES_LINES else (*OPTIONS, *QUIET)
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", f"bench.apps.{name}:app", "--port", str(port), *options],
        cwd=folder,
        env={**os.environ, **settings, "PYTHONPATH": os.pathsep.join(_places(folder))},
        stdout=output,
        stderr=output,
    )
    while time.monotonic() < begun + PATIENCE:
        if process.poll() is not None:
            break
        with suppress(OSError):
            _ask(port)
            return Server(name, f"http://127.0.0.1:{port}", process, time.monotonic() - begun)
        time.sleep(0.01)
    _stop(process)
    raise StartError(f"{name} did not start: see the log.")


def _places(folder: Path) -> tuple[str, str]:
    return str(folder), str(Path(__file__).parent.parent)


def _ask(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
